import { kvmEntry, type Machine } from "../../simulator/index.js";
import { type FreePasidsAsked, freePasids, freePhysical } from "./free-pasids.js";
import { indexOf } from "./indices.js";
import type { Ranked } from "./item.js";
import { Rank } from "./item.js";
import { pasidItem } from "./numbers.js";
import type { Spot } from "./spot.js";

/** More numbers than this nobody reads. */
const MOST = 50;

/** The vPASIDs that may stand behind `pasid`, or in the place of one. */
export function pasidItems(spot: Spot): Ranked[] {
  const machine = spot.machine();
  const { statement } = spot;
  if (!machine || !statement) return [];
  return itemsFor(spot, machine).slice(0, MOST);
}

function itemsFor(spot: Spot, machine: Machine): Ranked[] {
  const { statement } = spot;
  switch (statement?.kind) {
    case "attach":
      return freePasids(spot, machine, attachAsked(spot, machine));
    case "detach":
      return attached(
        machine,
        spot.device(statement.device),
        spot.space(spot.wholeAs("detach")?.space)?.number,
      );
    case "dma": {
      const device = spot.device(statement.device);
      return [...attached(machine, device), ...ofGuestTable(machine, device)];
    }
    case "respond":
      return pending(spot, machine);
    case "kvm-map":
      return toMap(spot, machine);
    case "kvm-unmap":
      return mapped(machine, spot.caller(statement.owner));
    case "enqcmds": {
      const owner = spot.caller(statement.owner);
      return [...mapped(machine, owner), ...attachedOnQueues(machine, owner)];
    }
    case "set-pasid":
      return attachedOnQueues(machine, indexOf(spot.find(statement.process, "process")?.owner));
    case "entry":
      return entries(spot);
    case "assert":
      return asserted(spot, machine);
    default:
      return [];
  }
}

/** What `as P` may be: a physical PASID that the driver can have. */
export function physicalItems(spot: Spot): Ranked[] {
  const machine = spot.machine();
  return machine ? freePhysical(spot, machine) : [];
}

/** What the valid IA32_PASID of a process may be: vPASIDs of its guest that lead somewhere. */
export function processPasidItems(spot: Spot): Ranked[] {
  const machine = spot.site.machine([], "structure");
  const owner = spot.blockOwner;
  if (!machine || owner === undefined) return [];
  const process = indexOf(spot.find(spot.as("process")?.name, "process"));
  const taken = spot.platform.processes.filter((each, index) => each.owner === owner && index !== process);
  return attachedOf(machine, owner)
    .map(({ pasid, text }) => {
      const other = taken.find((each) => each.pasid === pasid);
      return other
        ? pasidItem(pasid, `process ${other.name} has it`, Rank.unlikely)
        : pasidItem(pasid, `attached: ${text}`);
    })
    .slice(0, MOST);
}

function attachAsked(spot: Spot, machine: Machine): FreePasidsAsked | undefined {
  const device = spot.device(spot.as("attach")?.device);
  if (device === undefined) return undefined;
  const space = spot.space(spot.wholeAs("attach")?.space);
  const owner = space?.owner ?? spot.blockOwner ?? machine.device(device).bound[0]?.owner;
  return owner === undefined ? undefined : { device, owner, space: space?.number };
}

function spaceNamed(machine: Machine, space: number): string {
  return machine.spaces.get(space)?.name ?? "a freed IOASID";
}

/** What a device is attached with. @param space only what leads there is a sure hit, when it is known */
function attached(machine: Machine, device: number | undefined, space?: number): Ranked[] {
  if (device === undefined) return [];
  return [...machine.device(device).attachments.entries()].map(([pasid, attachment]) => {
    const fits = space === undefined || attachment.space === space;
    const number = attachment.physical === undefined ? "" : `, pPASID ${attachment.physical}`;
    const detail = `attached to ${spaceNamed(machine, attachment.space)}${number}`;
    return pasidItem(pasid, detail, fits ? Rank.fits : Rank.unlikely);
  });
}

function ofGuestTable(machine: Machine, device: number | undefined): Ranked[] {
  if (device === undefined) return [];
  const { guestTable } = machine.device(machine.platform.devices[device]!.wire);
  const table = guestTable === undefined ? undefined : machine.spaces.get(guestTable);
  return [...(table?.entries.entries() ?? [])].map(([pasid, { space }]) =>
    pasidItem(pasid, `entry of ${table!.name}: ${spaceNamed(machine, space)}`),
  );
}

function pending(spot: Spot, machine: Machine): Ranked[] {
  const respond = spot.as("respond");
  const device = spot.device(respond?.device);
  const waiting = spot.space(respond?.space)?.pending.filter((each) => each.device === device) ?? [];
  const found = waiting.flatMap(({ pasid }) =>
    pasid === undefined ? [] : [pasidItem(pasid, "a page request of it waits", Rank.best)],
  );
  return [...found, ...attached(machine, device)];
}

/** A vPASID that a device of the owner is attached with. */
interface Attached {
  readonly device: number;
  readonly pasid: number;
  readonly physical: number | undefined;
  readonly text: string;
}

function attachedOf(machine: Machine, owner: number): Attached[] {
  const found: Attached[] = [];
  for (const [device, state] of machine.devices.entries()) {
    for (const [pasid, { space, physical }] of state.attachments.entries()) {
      if (machine.spaces.get(space)?.owner !== owner) continue;
      const text = `${machine.platform.devices[device]!.name} to ${spaceNamed(machine, space)}`;
      found.push({ device, pasid, physical, text });
    }
  }
  return found;
}

/** `kvm map`: what is attached on category 5 and has no slot yet, then what has one. */
function toMap(spot: Spot, machine: Machine): Ranked[] {
  const call = spot.wholeAs("kvm-map");
  const owner = spot.caller(call?.owner ?? call?.space);
  if (owner === undefined) return [];
  const space = spot.space(call?.space);
  return attachedOf(machine, owner).flatMap(({ device, pasid, physical, text }) => {
    if (machine.platform.devices[device]!.category !== 5) return [];
    const current = kvmEntry(machine, owner, pasid);
    if (current !== undefined) {
      return [pasidItem(pasid, `mapped already, to pPASID ${current}`, Rank.unlikely)];
    }
    const leads = !space || machine.device(device).attachments.get(pasid)?.space === space.number;
    const detail = `${text}, pPASID ${physical}, not mapped yet`;
    return [pasidItem(pasid, detail, leads ? Rank.fits : Rank.possible)];
  });
}

function mapped(machine: Machine, owner: number | undefined): Ranked[] {
  if (owner === undefined) return [];
  const { vmx, kvmSpaces } = machine.owner(owner);
  return [...vmx.entries()].map(({ pasid, physical }) => {
    const space = kvmSpaces.get(pasid);
    const towards = space === undefined ? "" : ` for ${spaceNamed(machine, space)}`;
    return pasidItem(pasid, `mapped to pPASID ${physical}${towards}`);
  });
}

function attachedOnQueues(machine: Machine, owner: number | undefined): Ranked[] {
  if (owner === undefined) return [];
  return attachedOf(machine, owner).map(({ device, pasid, text }) => {
    const isQueue = machine.platform.devices[device]!.category === 5;
    return pasidItem(pasid, `attached: ${text}`, isQueue ? Rank.fits : Rank.possible);
  });
}

/** `entry TABLE N`: what the table has, to change or clear, and the lowest number that it has not. */
function entries(spot: Spot): Ranked[] {
  const table = spot.space(tableName(spot));
  const machine = spot.machine("all");
  if (!table || !machine) return [];
  const now = machine.spaces.get(table.number)?.entries ?? table.entries;
  const has = [...now.entries()].map(([pasid, { space }]) =>
    pasidItem(pasid, `leads to ${spaceNamed(machine, space)}`),
  );
  const free = now.lowestFree(1, 2 ** 20);
  const clears = spot.wholeAs("entry")?.space?.kind === "word";
  const next =
    free === undefined ? [] : [pasidItem(free, "no entry yet", clears ? Rank.unlikely : Rank.best)];
  return [...next, ...has];
}

function tableName(spot: Spot) {
  const around = spot.path.at(-2);
  const made =
    around?.kind === "ioasid" ? around.name : around?.kind === "bind-table" ? around.space : undefined;
  return spot.as("entry")?.table ?? made;
}

function asserted(spot: Spot, machine: Machine): Ranked[] {
  const assertion = spot.as("assert")?.assertion;
  switch (assertion?.kind) {
    case "kvm": {
      const owner = spot.caller(assertion.owner);
      return [...mapped(machine, owner), ...attachedOnQueues(machine, owner)];
    }
    case "ppasid":
      return attached(machine, spot.device(assertion.device));
    case "isolated":
    case "reaches": {
      const endpoint = assertion.kind === "reaches" ? assertion.from : (assertion.b ?? assertion.a);
      const device = spot.device(endpoint?.name);
      return [...attached(machine, device), ...ofGuestTable(machine, device)];
    }
    default:
      return [];
  }
}

/** The PASID that the word `pasid` would be followed by makes sense for a device that takes one. */
export function takesPasid(spot: Spot): boolean {
  const { statement, platform } = spot;
  if (!statement || !("device" in statement)) return true;
  const device = platform.devices[spot.device(statement.device) ?? -1];
  return !device || (device.category !== undefined && device.category >= 3);
}
