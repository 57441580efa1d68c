import { boot } from "./boot.js";
import { type Call, isRefusal } from "./call.js";
import { ownerName } from "./describe.js";
import { attachDefault, attachPasid } from "./device/attach.js";
import { bind } from "./device/bind.js";
import { kvmMap } from "./kvm/calls.js";
import type { Machine } from "./machine.js";
import type { MovedPasid, Result } from "./outcome.js";
import type { Origin } from "./platform.js";
import type { Refusal } from "./refusal.js";
import { createSpace } from "./space/create.js";
import { bindTable, writePageTable, writePasidTable } from "./space/guest-table.js";
import { isKernelManaged } from "./space/lookup.js";
import { map } from "./space/map.js";
import type { Space } from "./state.js";

/**
 * Moves a guest to another host of the same declaration (RFC v2 1.4.4): vPASIDs are VM state and carry
 * over, pPASIDs are allocated anew in the order of the attaches, tables are built again, caches are cold.
 * @param destination the other host; a freshly started one when left out. It is not written to.
 * @returns the pPASIDs before and after, U034 when the owner cannot move, or what refused a step at the
 *   destination; then nothing changed
 */
export function migrate(call: Call, owner: number, destination: Machine | undefined): Result | Refusal {
  const source = call.machine;
  const { platform } = source;
  const name = ownerName(platform, owner);
  if (platform.owners[owner]!.kind === "native") {
    const reason = "a host process has no virtual machine to move";
    const { origin } = platform.owners[owner]!;
    return call.refuse("U034", "EOPNOTSUPP", { owner: name, reason }, [
      { origin, note: `${name} is declared here, as a native owner` },
    ]);
  }
  const spaces = spacesOf(source, owner);
  const waiting = spaces.find((space) => space.pending.length > 0);
  if (waiting) {
    const reason = `a page request of ${waiting.name} still waits for a response`;
    const related = waiting.pending.map(({ origin }) => ({
      origin,
      note: "this request waits for a response",
    }));
    return call.refuse("U034", "EBUSY", { owner: name, reason }, related);
  }
  const host = destination?.fork() ?? boot(platform);
  const refusal = rebuild(source, host, owner, spaces, call);
  if (refusal) return refusal;
  const moved = movedPasids(source, host, spaces);
  source.become(host);
  return { kind: "migrated", moved };
}

function movedPasids(source: Machine, host: Machine, spaces: readonly Space[]): MovedPasid[] {
  return attachments(source, spaces).flatMap(({ device, pasid }): MovedPasid[] => {
    if (pasid === undefined) return [];
    const numberOn = (machine: Machine) => machine.device(device).attachments.get(pasid)?.physical;
    return [{ device, pasid, before: numberOn(source), after: numberOn(host) }];
  });
}

/** Spaces of an owner in the order they were made, so parents come before their children. */
function spacesOf(machine: Machine, owner: number): Space[] {
  const found: Space[] = [];
  for (const [, space] of machine.spaces.entries()) if (space.owner === owner) found.push(space);
  const depth = (space: Space): number => {
    const parent = machine.spaces.get(space.parent);
    return parent ? depth(parent) + 1 : 0;
  };
  return found.sort((a, b) => depth(a) - depth(b) || a.id - b.id);
}

function rebuild(
  source: Machine,
  host: Machine,
  owner: number,
  spaces: readonly Space[],
  call: Call,
): Refusal | undefined {
  const at = (origin: Origin) => call.on(host, origin, call.findings);
  for (const { device, origin } of bindings(source, owner)) {
    const version = source.platform.uapi === "v1" ? { single: true, wholeGroup: false } : V2;
    const refusal = bind(at(origin), owner, device, version);
    if (refusal) return refusal;
  }
  for (const space of spaces) {
    createSpace(at(space.origin), {
      ...space,
      kind: space.table && source.platform.uapi === "v1" ? "unbound" : space.kind,
    });
  }
  for (const { device, space, pasid, origin } of attachments(source, spaces)) {
    const target = host.spaces.get(space)!;
    const attached =
      pasid === undefined
        ? attachDefault(at(origin), target, device)
        : attachPasid(at(origin), target, device, pasid, undefined);
    if (isRefusal(attached)) return attached;
  }
  for (const space of spaces) {
    const refusal = refill(space, host, at);
    if (refusal) return refusal;
  }
  // After the mappings: one that was made before the first REGISTER need not lie in what is registered.
  const registered = source.owner(owner).registered;
  if (registered) host.ownOwner(owner).registered = registered.own(host.epoch);
  return moveCpu(source, host, owner, at);
}

const V2 = { single: false, wholeGroup: true };

function refill(space: Space, host: Machine, at: (origin: Origin) => Call): Refusal | undefined {
  const target = host.spaces.get(space.number)!;
  if (space.table && target.kind === "unbound") bindTable(at(space.origin), target, space.table);
  for (const mapping of space.ranges.entries()) {
    const to = { kind: "address", address: mapping.target } as const;
    const current = host.spaces.get(space.number)!;
    const refusal = isKernelManaged(current)
      ? map(at(mapping.origin), current, mapping, to, mapping.access)
      : writePageTable(at(mapping.origin), current, mapping, to, mapping.access);
    if (refusal) return refusal;
  }
  for (const [pasid, entry] of space.entries.entries()) {
    const refusal = writePasidTable(
      at(entry.origin),
      host.spaces.get(space.number)!,
      pasid,
      host.spaces.get(entry.space),
    );
    if (refusal) return refusal;
  }
  return undefined;
}

/** KVM's tables are built from the new numbers; slots of spaces that are gone do not move. */
function moveCpu(
  source: Machine,
  host: Machine,
  owner: number,
  at: (origin: Origin) => Call,
): Refusal | undefined {
  const { vmx, kvmSpaces, translation, translationSet } = source.owner(owner);
  for (const slot of vmx.entries()) {
    const space = kvmSpaces.get(slot.pasid);
    if (space === undefined || !host.spaces.has(space)) continue;
    const mapped = kvmMap(at(slot.origin), owner, slot.pasid, space);
    if (isRefusal(mapped)) return mapped;
  }
  const own = host.ownOwner(owner);
  own.translation = translation;
  own.translationSet = translationSet;
  const pasids = host.ownProcessPasids();
  for (const [index, process] of source.platform.processes.entries()) {
    if (process.owner !== owner) continue;
    const pasid = source.processPasids.get(index);
    if (pasid === undefined) pasids.delete(index);
    else pasids.set(index, pasid);
  }
  return undefined;
}

function bindings(machine: Machine, owner: number): { device: number; origin: Origin }[] {
  return [...machine.owner(owner).devices.entries()]
    .map(([device]) => ({
      device,
      origin: machine.device(device).bound.find((entry) => entry.owner === owner)!.origin,
    }))
    .sort((a, b) => a.origin - b.origin);
}

interface MovedAttachment {
  readonly device: number;
  readonly space: number;
  readonly pasid: number | undefined;
  readonly origin: Origin;
}

/** Attachments of an owner, in the order the statements made them: it decides the new pPASIDs. */
function attachments(machine: Machine, spaces: readonly Space[]): MovedAttachment[] {
  const found: MovedAttachment[] = [];
  const numbers = new Set(spaces.map((space) => space.number));
  const mine = (space: number) => numbers.has(space);
  // Not the devices of the fd: an allowed P021 attaches one that is not bound.
  const devices = new Set(spaces.flatMap((space) => [...space.users.entries()].map(([device]) => device)));
  for (const device of devices) {
    const state = machine.device(device);
    for (const entry of state.defaults) {
      if (mine(entry.space)) found.push({ ...entry, device, pasid: undefined });
    }
    for (const [pasid, { space, origin }] of state.attachments.entries()) {
      if (mine(space)) found.push({ device, space, pasid, origin });
    }
  }
  return found.sort((a, b) => a.origin - b.origin);
}
