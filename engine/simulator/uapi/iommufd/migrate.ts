import { boot } from "../../boot.js";
import { type Call, isRefusal } from "../../call.js";
import { ownerName } from "../../describe.js";
import {
  attachedAt,
  DIRTY_TRACKING,
  type Hwpt,
  type IommufdObject,
  NEST_PARENT,
  PASID,
} from "../../iommufd/index.js";
import type { Machine } from "../../machine.js";
import type { NestedData } from "../../operation.js";
import type { MovedPasid } from "../../outcome.js";
import type { Origin } from "../../platform.js";
import type { Refusal } from "../../refusal.js";
import { writePageTable, writePasidTable } from "../../space/guest-table.js";
import type { Answer } from "../door.js";
import { attachDevice, bind } from "./devices.js";
import { pageTableOf } from "./guest-tables.js";
import { makeHwpt, makeIoas, makeQueue, makeVdevice, makeViommu } from "./objects.js";
import { refillIoas } from "./refill.js";

const DATA: Readonly<Record<"vtd" | "smmuv3" | "amd", NestedData>> = {
  vtd: "vtd-s1",
  smmuv3: "smmuv3",
  amd: "amd",
};

/** What a migration works with: the host that is left, the new one, and calls on the latter. */
interface Move {
  readonly source: Machine;
  readonly host: Machine;
  readonly owner: number;
  at(origin: Origin): Call;
}

/**
 * Moves a guest to another host: the VMM there opens an iommufd of its own and makes every object again, in the
 * order in which it made them here. PASIDs are the numbers on the wire, so they carry over as they are.
 * @returns the PASIDs, U034 when the owner cannot move, or what the new host refuses; then nothing changed
 */
export function migrateContext(call: Call, owner: number, destination: Machine | undefined): Answer {
  const source = call.machine;
  const { platform } = source;
  const refusal = checkMovable(call, owner);
  if (refusal) return refusal;
  const host = destination?.fork() ?? boot(platform);
  const move: Move = { source, host, owner, at: (origin) => call.on(host, origin, call.findings) };
  const objects = [...source.iommufd.objects.entries()]
    .map(([, object]) => object)
    .filter((object) => object.owner === owner && !isMadeByAttach(object))
    .sort((a, b) => a.origin - b.origin || a.number - b.number);
  for (const object of objects) {
    const answer = remake(move, object);
    if (isRefusal(answer)) return answer;
  }
  const moved: MovedPasid[] = [];
  for (const { device, pasid, pt, origin } of attachments(source, owner)) {
    const answer = attachDevice(move.at(origin), {
      kind: "attach",
      origin,
      owner,
      device,
      space: pt,
      ...(pasid === 0 ? {} : { pasid }),
    });
    if (isRefusal(answer)) return answer;
    if (pasid !== 0) moved.push({ device, pasid, before: pasid, after: pasid });
  }
  for (const object of objects) {
    const refused = object.type === "hwpt-nested" ? rewriteTables(move, object) : undefined;
    if (refused) return refused;
  }
  movePasids(move);
  source.become(host);
  return { kind: "migrated", moved };
}

function checkMovable(call: Call, owner: number): Refusal | undefined {
  const { machine } = call;
  const { owners } = machine.platform;
  const name = ownerName(machine.platform, owner);
  if (owners[owner]!.kind === "native") {
    const reason = "a host process has no virtual machine to move";
    return call.refuse("U034", "EOPNOTSUPP", { owner: name, reason });
  }
  for (const [, space] of machine.spaces.entries()) {
    if (space.owner !== owner || space.pending.length === 0) continue;
    const reason = `a page request of ${space.name} still waits for a response`;
    const related = space.pending.map(({ origin }) => ({
      origin,
      note: "this request waits for a response",
    }));
    return call.refuse("U034", "EBUSY", { owner: name, reason }, related);
  }
  return undefined;
}

/** Page tables and accesses that an attach makes come back with it. */
function isMadeByAttach(object: IommufdObject): boolean {
  return object.type === "access" || (object.type === "hwpt-paging" && object.auto);
}

function remake(move: Move, object: IommufdObject): Answer {
  const { number: space, name, owner, origin } = object;
  const call = move.at(origin);
  const base = { origin, owner, space, name };
  switch (object.type) {
    case "device":
      return bind(call, { kind: "bind", origin, owner, device: object.device });
    case "ioas": {
      const made = makeIoas(call, { kind: "ioas", ...base });
      refillIoas(move.host, object);
      return made;
    }
    case "fault-queue":
      return makeQueue(call, { kind: "fault-queue", ...base });
    case "viommu":
      return makeViommu(call, {
        kind: "viommu",
        ...base,
        parent: object.hwpt,
        device: deviceBehind(move, object.iommu),
      });
    case "vdevice":
      return makeVdevice(call, {
        kind: "vdevice",
        ...base,
        parent: object.viommu,
        device: deviceOf(move.source, object.device),
        id: object.virtualId,
      });
    case "hwpt-paging":
    case "hwpt-nested":
      return remakeHwpt(move, object);
    default:
      return undefined;
  }
}

function remakeHwpt(move: Move, hwpt: Hwpt): Answer {
  const { source } = move;
  const { number: space, name, owner, origin, fault } = hwpt;
  const flags = hwpt.pasid ? PASID : 0;
  const base = {
    kind: "hwpt",
    origin,
    owner,
    space,
    name,
    ...(fault === undefined ? {} : { queue: fault }),
  } as const;
  const device = deviceBehind(move, hwpt.iommu);
  if (hwpt.type === "hwpt-paging") {
    const more = (hwpt.nestParent ? NEST_PARENT : 0) | (hwpt.dirty ? DIRTY_TRACKING : 0);
    return makeHwpt(move.at(origin), { ...base, device, parent: hwpt.ioas, flags: flags | more });
  }
  const at = source.spaces.get(space)!.table?.at;
  const data = DATA[source.platform.iommus[hwpt.iommu]!.form];
  const parent = hwpt.viommu ?? hwpt.parent;
  return makeHwpt(move.at(origin), { ...base, device, parent, flags, data, ...(at && { at }) });
}

/** A device of the owner behind an IOMMU, for which a table can be made again. */
function deviceBehind({ source, owner }: Move, iommu: number): number {
  const { devices } = source.platform;
  for (const [device] of source.owner(owner).devices.entries()) {
    if (devices[device]!.iommu === iommu) return device;
  }
  return devices.findIndex((device) => device.iommu === iommu);
}

function deviceOf(machine: Machine, bound: number): number {
  const object = machine.iommufd.objects.get(bound);
  return object?.type === "device" ? object.device : -1;
}

interface Attached {
  readonly device: number;
  readonly pasid: number;
  readonly pt: number;
  readonly origin: Origin;
}

/** What the devices of an owner are attached to, in the order of the statements. */
function attachments(source: Machine, owner: number): Attached[] {
  const found: Attached[] = [];
  for (const [group, pasids] of source.iommufd.groups.entries()) {
    for (const [pasid] of pasids.entries()) {
      const { hwpt: number, devices, origin } = attachedAt(source, group, pasid)!;
      const hwpt = source.iommufd.objects.get(number) as Hwpt;
      if (hwpt.owner !== owner) continue;
      const pt = hwpt.type === "hwpt-paging" && hwpt.auto ? hwpt.ioas : number;
      for (const device of devices) found.push({ device: deviceOf(source, device), pasid, pt, origin });
    }
  }
  for (const [bound, access] of source.iommufd.accesses.entries()) {
    const object = source.iommufd.objects.get(access);
    if (object?.type !== "access" || object.owner !== owner) continue;
    const device = deviceOf(source, bound);
    found.push({ device, pasid: 0, pt: object.ioas, origin: object.origin });
  }
  return found.sort((a, b) => a.origin - b.origin || a.pasid - b.pasid);
}

/** The guest's memory moves with it, so its own tables hold what they held. */
function rewriteTables({ source, host, at }: Move, hwpt: Hwpt): Refusal | undefined {
  const old = source.spaces.get(hwpt.number)!;
  const table = old.kind === "pasid-table" ? source.spaces.get(old.entries.get(0)?.space ?? -1) : old;
  for (const { start, last, target, access, origin } of table?.ranges.entries() ?? []) {
    const call = at(origin);
    const space = pageTableOf(call, host.spaces.get(hwpt.number)!);
    const refusal = writePageTable(
      call,
      space,
      { start, last },
      { kind: "address", address: target },
      access,
    );
    if (refusal) return refusal;
  }
  for (const [pasid, { space, origin }] of old.entries.entries()) {
    if (pasid === 0) continue;
    const owner = holderOf(source, space);
    const target = owner === undefined ? undefined : pageTableOf(at(origin), host.spaces.get(owner)!);
    writePasidTable(at(origin), host.spaces.get(hwpt.number)!, pasid, target);
  }
  return undefined;
}

/** The HWPT whose page table a space is: its own, or that of its entry 0. */
function holderOf(source: Machine, space: number): number | undefined {
  if (source.iommufd.objects.has(space)) return space;
  for (const [number, other] of source.spaces.entries())
    if (other.entries.get(0)?.space === space) return number;
  return undefined;
}

function movePasids({ source, host, owner }: Move): void {
  const pasids = host.ownProcessPasids();
  for (const [index, process] of source.platform.processes.entries()) {
    if (process.owner !== owner) continue;
    const pasid = source.processPasids.get(index);
    if (pasid === undefined) pasids.delete(index);
    else pasids.set(index, pasid);
  }
}
