import { toHex } from "../address/index.js";
import { iommufdLines } from "./iommufd/lines.js";
import type { Machine } from "./machine.js";
import type { DeviceState, OwnerState, Space } from "./state.js";

/**
 * The architectural state of a machine as text, one fact per line, in an order that depends on nothing but
 * the state: what two runs, two forks or two hosts are compared by.
 */
export function* stateLines(machine: Machine): IterableIterator<string> {
  for (const [index, device] of machine.devices.entries()) yield* deviceLines(index, device);
  for (const [index, owner] of machine.owners.entries()) yield* ownerLines(index, owner);
  for (const [, space] of machine.spaces.entries()) yield* spaceLines(space);
  for (const [number, { holder, claims }] of machine.globalPasids.entries()) {
    yield `global ${number} ${holder} x${claims}`;
  }
  for (const [process, pasid] of machine.processPasids.entries()) yield `ia32-pasid ${process} ${pasid}`;
  yield* iommufdLines(machine.iommufd);
}

function* deviceLines(index: number, device: DeviceState): IterableIterator<string> {
  for (const { owner, origin } of device.bound) yield `device ${index} bound ${owner} @${origin}`;
  if (device.defPasid !== undefined) yield `device ${index} defPASID ${device.defPasid}`;
  for (const { space, origin } of device.defaults) yield `device ${index} default ${space} @${origin}`;
  for (const [pasid, { space, physical, namespace, origin }] of device.attachments.entries()) {
    yield `device ${index} pasid ${pasid} as ${physical} ${namespace} space ${space} @${origin}`;
  }
  for (const [slot, entry] of device.entries.entries()) {
    const { use, space, process, users, origin } = entry;
    const made = `for ${entry.device} ${entry.pasid} ${entry.namespace}`;
    yield `device ${index} entry ${slot} ${use} ${space} ${process} ${made} x${users} @${origin}`;
  }
  for (const [directory] of device.directory.entries()) yield `device ${index} directory ${directory}`;
  if (device.guestTable !== undefined) yield `device ${index} guest table ${device.guestTable}`;
  for (const [slot, stream] of device.streams.entries()) {
    yield `device ${index} stream ${slot} space ${stream.space} ${stream.cached ? "cached" : "dropped"}`;
    const lines: string[] = [];
    stream.iotlb.forEach((page, frames, target, access) => {
      lines.push(`device ${index} iotlb ${slot} ${page} + ${frames} -> ${target} ${access}`);
    });
    yield* lines;
  }
}

function* ownerLines(index: number, owner: OwnerState): IterableIterator<string> {
  for (const [device] of owner.devices.entries()) yield `owner ${index} device ${device}`;
  for (const [handle, space] of owner.handles.entries()) yield `owner ${index} ioasid ${handle} = ${space}`;
  if (owner.registered) {
    yield `owner ${index} registers`;
    for (const range of owner.registered.entries()) {
      yield `owner ${index} registered ${toHex(range.start)}..${toHex(range.last)}`;
    }
  }
  yield `owner ${index} translation ${owner.translation} ${owner.translationSet}`;
  for (const slot of owner.vmx.entries()) {
    yield `owner ${index} vmx ${slot.pasid} -> ${slot.physical} space ${owner.kvmSpaces.get(slot.pasid)}`;
  }
  if (owner.mmPasid !== undefined) yield `owner ${index} mm ${owner.mmPasid} x${owner.mmUsers}`;
}

function* spaceLines(space: Space): IterableIterator<string> {
  const name = `space ${space.number}`;
  const table = space.table ? `${space.table.kind} ${space.table.at ? toHex(space.table.at) : ""}` : "";
  yield `${name} ${space.kind} id ${space.id} owner ${space.owner} on ${space.parent} ${table} @${space.origin}`;
  for (const mapping of space.ranges.entries()) {
    const range = `${toHex(mapping.start)}..${toHex(mapping.last)}`;
    yield `${name} map ${range} -> ${toHex(mapping.target)} ${mapping.access} @${mapping.origin}`;
  }
  const leaves: string[] = [];
  space.pages.forEach((page, frames, target, access) => {
    leaves.push(`${name} leaf ${page} + ${frames} -> ${target} ${access}`);
  });
  yield* leaves;
  for (const [pasid, entry] of space.entries.entries())
    yield `${name} entry ${pasid} -> ${entry.space} @${entry.origin}`;
  for (const [child] of space.children.entries()) yield `${name} child ${child}`;
  for (const [device, count] of space.users.entries()) yield `${name} user ${device} x${count}`;
  if (space.globalPasid !== undefined) yield `${name} global ${space.globalPasid} x${space.globalUsers}`;
  for (const request of space.pending) {
    const { device, pasid, physical, range, access, fault } = request;
    const asked = `${toHex(range.start)}..${toHex(range.last)} ${access}`;
    yield `${name} pending ${device} ${pasid} as ${physical} ${asked} ${fault.name} ${toHex(fault.address)}`;
  }
}

/** Two 32-bit FNV-1a digests of the state, 16 hexadecimal digits. */
export function stateHash(machine: Machine): string {
  let low = 0x811c9dc5;
  let high = 0x01000193;
  for (const line of stateLines(machine)) {
    for (let index = 0; index < line.length; index++) {
      const unit = line.charCodeAt(index);
      low = Math.imul(low ^ unit, 0x01000193);
      high = Math.imul(high ^ unit, 0x85ebca6b);
    }
    low = Math.imul(low ^ 10, 0x01000193);
    high = Math.imul(high ^ 10, 0x85ebca6b);
  }
  const hex = (value: number) => (value >>> 0).toString(16).padStart(8, "0");
  return hex(high) + hex(low);
}
