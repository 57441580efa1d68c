import { toHex } from "../address/index.js";
import { attachmentRows, type iommufd, type Machine, type Origin } from "../simulator/index.js";
import { deviceName, plural } from "./names.js";

/** Something about an object, and the statement that it comes from. */
export interface ObjectFact {
  readonly text: string;
  readonly origin: Origin;
}

type Found = iommufd.IommufdObject;
/** What a statement makes: a bound device and an access have names of their own elsewhere. */
type Made = Exclude<Found, { type: "device" | "access" | "driver-object" }>;

/** An object of an iommufd context as a person reads it. */
export interface ObjectReport {
  readonly type: Made["type"];
  /** `IOAS`, `paging HWPT`, `nest parent`, `nested HWPT`, `fault queue`, `vIOMMU`, `vDEVICE`. */
  readonly kind: string;
  /** How it was made, and what it is for: `made by an attach`, `dirty tracking`, `for PASIDs`. */
  readonly marks: readonly string[];
  /** What it stands on; `undefined` for an IOAS and a fault queue. */
  readonly on: ObjectFact | undefined;
  /** What stands on it: page tables of an IOAS, nested tables and vIOMMUs of a parent, vDEVICEs, … */
  readonly holds: readonly ObjectFact[];
  /** Who is attached to it, and to an IOAS through its page tables: `nic`, `nic pasid 7`, `vgpu in software`. */
  readonly attached: readonly ObjectFact[];
}

/** @returns `undefined` for a number that is no object of a statement */
export function objectReport(machine: Machine, number: number): ObjectReport | undefined {
  const object = madeObject(machine, number);
  if (!object) return undefined;
  const { type } = object;
  const [kind, ...marks] = wordsOf(machine, object);
  return {
    type,
    kind,
    marks,
    on: standsOn(machine, object),
    holds: type === "ioas" ? tablesOf(machine, object) : standingOn(machine, number),
    attached: attachedTo(machine, object),
  };
}

/**
 * `nest parent, for PASIDs`, `paging HWPT, made by an attach`: what an object is, without a look at any other.
 * @returns `undefined` for a number that is no object of a statement
 */
export function objectKind(machine: Machine, number: number): string | undefined {
  const object = madeObject(machine, number);
  return object && wordsOf(machine, object).join(", ");
}

function madeObject(machine: Machine, number: number): Made | undefined {
  const object = machine.iommufd.objects.get(number);
  const isMade =
    object && object.type !== "device" && object.type !== "access" && object.type !== "driver-object";
  return isMade ? object : undefined;
}

/** What it is, then how it was made. */
function wordsOf(machine: Machine, object: Made): [kind: string, ...marks: string[]] {
  switch (object.type) {
    case "ioas": {
      const { alignment, hugePages } = object;
      const step = alignment > 1 ? [`IOVAs in steps of ${alignment} bytes`] : [];
      return ["IOAS", ...step, ...(hugePages ? [] : ["no huge pages"])];
    }
    case "hwpt-paging": {
      const made = object.auto ? ["made by an attach"] : [];
      const dirty = object.dirty ? ["dirty tracking"] : [];
      return [
        object.nestParent ? "nest parent" : "paging HWPT",
        ...made,
        ...dirty,
        ...hwptMarks(machine, object),
      ];
    }
    case "hwpt-nested":
      return ["nested HWPT", ...hwptMarks(machine, object)];
    case "fault-queue": {
      const requests = pendingOf(machine, object.number).length;
      return ["fault queue", ...(requests === 0 ? [] : [`${plural(requests, "page request")} waiting`])];
    }
    case "viommu":
      return ["vIOMMU", `slice of ${machine.platform.iommus[object.iommu]!.name}`];
    case "vdevice":
      return ["vDEVICE", vdeviceText(machine, object)];
  }
}

function hwptMarks(machine: Machine, { pasid, fault }: iommufd.Hwpt): string[] {
  return [
    ...(pasid ? ["for PASIDs"] : []),
    ...(fault === undefined ? [] : [`page requests to ${nameOf(machine, fault)}`]),
  ];
}

function nameOf(machine: Machine, number: number): string {
  return machine.iommufd.objects.get(number)!.name;
}

function vdeviceText(machine: Machine, { device, virtualId }: iommufd.Vdevice): string {
  return `${nameOf(machine, device)} as id ${toHex(virtualId)}`;
}

function standsOn(machine: Machine, object: Made): ObjectFact | undefined {
  const fact = (how: string, number: number): ObjectFact => {
    const { name, origin } = machine.iommufd.objects.get(number)!;
    return { text: `${how} ${name}`, origin };
  };
  switch (object.type) {
    case "hwpt-paging":
      return fact("page table of", object.ioas);
    case "hwpt-nested":
      return fact("nested on", object.viommu ?? object.parent);
    case "viommu":
      return fact("on", object.hwpt);
    case "vdevice":
      return fact("in", object.viommu);
    default:
      return undefined;
  }
}

/** The page tables of an IOAS; one that has no name is told by a device that is on it. */
function tablesOf(machine: Machine, { hwpts }: iommufd.Ioas): ObjectFact[] {
  return hwpts.map((number) => {
    const { name, auto, origin } = machine.iommufd.objects.get(number) as iommufd.HwptPaging;
    if (!auto) return { text: name, origin };
    const { device } = attachmentRows(machine).find(({ space }) => space === number)!;
    return { text: `auto HWPT for ${deviceName(machine.platform, device)}`, origin };
  });
}

function standingOn(machine: Machine, number: number): ObjectFact[] {
  const found: ObjectFact[] = [];
  for (const [, object] of machine.iommufd.objects.entries()) {
    if (!reliesOn(object, number)) continue;
    const { name, origin } = object;
    const text = object.type === "vdevice" ? `${name}, ${vdeviceText(machine, object)}` : name;
    found.push({ text, origin });
  }
  return found;
}

function reliesOn(object: Found, number: number): boolean {
  switch (object.type) {
    case "hwpt-nested":
      return (object.viommu ?? object.parent) === number || object.fault === number;
    case "hwpt-paging":
      return object.fault === number;
    case "viommu":
      return object.hwpt === number;
    case "vdevice":
      return object.viommu === number;
    default:
      return false;
  }
}

/** A request that waits in a fault queue, and the space whose table it met. */
type Waiting = NonNullable<ReturnType<Machine["spaces"]["get"]>>["pending"][number];

/** The requests that wait in a fault queue, by the table that they met. */
export function pendingOf(machine: Machine, queue: number): Waiting[] {
  return [...machine.spaces.entries()].flatMap(([, { pending }]) =>
    pending.filter((request) => request.queue === queue),
  );
}

/** Devices at a page table, and at those of an IOAS; slices in software are at the IOAS itself. */
function attachedTo(machine: Machine, object: Made): ObjectFact[] {
  const tables = object.type === "ioas" ? [object.number, ...object.hwpts] : [object.number];
  return attachmentRows(machine).flatMap(({ space, device, pasid, origin, namespace }) => {
    if (!tables.includes(space)) return [];
    const name = deviceName(machine.platform, device);
    if (namespace === "software") return [{ text: `${name} in software`, origin }];
    return [{ text: pasid === undefined ? name : `${name} pasid ${pasid}`, origin }];
  });
}
