import { formatRange, toHex } from "../address/index.js";
import { placeText } from "../language/index.js";
import { pasidTableReport, vmxTableReport } from "../report/index.js";
import { accessLetters, type Machine, type PasidEntry, qualifiedSpaceName } from "../simulator/index.js";

/**
 * The state of a machine in words, one fact per line, in an order that depends on nothing but the state: what
 * "diff" compares. Unlike `stateLines` of the simulator it says what a person would say.
 */
export function* stateWords(machine: Machine): IterableIterator<string> {
  yield* deviceWords(machine);
  for (const { rid, device, entries } of pasidTableReport(machine)) {
    for (const { ppasid, space, use } of entries) {
      yield `PASID table of ${rid} ${device}: ${ppasid} -> ${space} (${use})`;
    }
  }
  for (const { guest, slots } of vmxTableReport(machine)) {
    for (const { vpasid, ppasid, space } of slots)
      yield `KVM of ${guest}: vPASID ${vpasid} -> pPASID ${ppasid} (${space})`;
  }
  yield* spaceWords(machine);
  yield* cacheWords(machine);
  yield* ownerWords(machine);
}

function* deviceWords(machine: Machine): IterableIterator<string> {
  const { devices, owners } = machine.platform;
  for (const [index, state] of machine.devices.entries()) {
    const { name } = devices[index]!;
    for (const { owner } of state.bound) yield `${name} is bound to ${owners[owner]!.name}`;
    for (const { space } of state.defaults) yield `${name} is attached to ${spaceName(machine, space)}`;
    for (const [pasid, { space, physical }] of state.attachments.entries()) {
      const number = physical === undefined ? "" : `, pPASID ${physical}`;
      yield `${name} pasid ${pasid} is attached to ${spaceName(machine, space)}${number}`;
    }
  }
}

function* spaceWords(machine: Machine): IterableIterator<string> {
  for (const [number, space] of machine.spaces.entries()) {
    const name = spaceName(machine, number);
    yield `${name} is there, ${space.kind}`;
    for (const mapping of space.ranges.entries()) {
      yield `${name} maps ${formatRange(mapping)} -> ${toHex(mapping.target)} ${accessText(mapping.access)}`;
    }
    for (const [pasid, entry] of space.entries.entries()) {
      yield `${name} entry ${pasid} -> ${spaceName(machine, entry.space)}`;
    }
    for (const { device, fault } of space.pending) {
      yield `${name} waits for a response to ${machine.platform.devices[device]!.name} at ${toHex(fault.address)}`;
    }
  }
}

function* cacheWords(machine: Machine): IterableIterator<string> {
  for (const [wire, { streams }] of machine.devices.entries()) {
    const { name } = machine.platform.devices[wire]!;
    for (const [slot, { iotlb }] of streams.entries()) {
      const lines: string[] = [];
      iotlb.forEach((page, _frames, target) => {
        const place = placeText(machine.platform, undefined, { page: target, offset: 0 });
        lines.push(`IOTLB of ${name} PASID ${slot}: ${toHex({ page, offset: 0 })} -> ${place}`);
      });
      yield* lines;
    }
  }
}

function* ownerWords(machine: Machine): IterableIterator<string> {
  const { owners, processes } = machine.platform;
  for (const [index, { translation }] of machine.owners.entries()) {
    if (translation === "on") yield `CPU translation of ${owners[index]!.name} is on`;
  }
  for (const [process, pasid] of machine.processPasids.entries()) {
    const { name, owner } = processes[process]!;
    yield `IA32_PASID of ${owners[owner]!.name}.${name} is ${pasid}`;
  }
}

/** `vm0.gpa`; the number of a space that is gone. */
export function spaceName(machine: Machine, number: number): string {
  return machine.spaces.has(number) ? qualifiedSpaceName(machine, number) : `space ${number}`;
}

/** An entry of a PASID table: where it leads, who asked for it, and whose number it is. */
export function entryText(machine: Machine, entry: PasidEntry): string {
  const { space, process, use, device, pasid, namespace } = entry;
  const { devices, owners } = machine.platform;
  const target = space < 0 ? `the process of ${owners[process]!.name}` : spaceName(machine, space);
  const { name } = devices[device]!;
  const made = pasid === undefined ? name : `${name} vPASID ${pasid}`;
  return `${target} · ${made} · ${use} · ${namespace}`;
}

/** `rw`, `rx`, …, as the language writes permissions. */
export function accessText(access: number): string {
  return accessLetters(access) || "none";
}
