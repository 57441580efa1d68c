import type { Call } from "../call.js";
import { ownerName, spaceName } from "../describe.js";
import type { Machine } from "../machine.js";
import type { Result } from "../outcome.js";
import { MAX_PASID } from "../pasid/entries.js";
import type { Device } from "../platform.js";
import type { Refusal } from "../refusal.js";
import { findSpace } from "../space/lookup.js";
import type { Space } from "../state.js";

/**
 * KVM_MAP_PASID (RFC v1 §2.3): the VM's CPUs translate a guest PASID to the global PASID of a space. The
 * user names the space, never a physical number. The first call turns translation on, unless a statement
 * has set it.
 * @returns U032 EOPNOTSUPP, P003 EINVAL, U014/P026 ENOENT, U033 EPERM, P013 EINVAL, P012 ENOENT, P011
 *   EEXIST, or the slot
 */
export function kvmMap(call: Call, owner: number, pasid: number, number: number): Result | Refusal {
  const { machine } = call;
  const refusal = checkTranslation(call, owner) ?? checkPasid(call, owner, pasid);
  if (refusal) return refusal;
  const space = findAuthorized(call, owner, number);
  if ("rule" in space) return space;
  const mediated = boundDevice(machine, owner, "mediated");
  const plain = boundDevice(machine, owner, "plain");
  const name = ownerName(machine.platform, owner);
  if (!mediated && plain) {
    const objection = call.object("P013", "EINVAL", { owner: name, pasid, device: plain.name }, [
      { origin: plain.origin, note: `${plain.name} puts the guest's own number on the wire` },
    ]);
    if (objection) return objection;
  }
  if (!mediated && !plain) call.note("P013", "EINVAL", { owner: name, pasid, device: "" });
  const physical = translationOf(call, owner, space);
  if (typeof physical !== "number") return physical;
  const { vmx, kvmSpaces } = machine.owner(owner);
  const current = vmx.translate(pasid);
  if (current.valid && current.physical !== physical) {
    const currentSpace = spaceName(machine, kvmSpaces.get(pasid) ?? -1);
    const args = { owner: name, pasid, current: current.physical, wanted: physical };
    const objection = call.object("P011", "EEXIST", { ...args, space: space.name, currentSpace }, [
      { origin: current.origin, note: `vPASID ${pasid} was mapped to ${currentSpace} here` },
    ]);
    if (objection) return objection;
  }
  const already = current.valid && current.physical === physical;
  const own = machine.ownOwner(owner);
  if (!already) {
    own.vmx.set(pasid, physical, call.origin);
    own.kvmSpaces.set(pasid, space.number);
  }
  if (!own.translationSet) own.translation = "on";
  return { kind: "kvm-slot", pasid, physical, already };
}

/**
 * KVM_UNMAP_PASID.
 * @returns P003 EINVAL, P014 ENOENT when the slot is empty, or nothing
 */
export function kvmUnmap(call: Call, owner: number, pasid: number): Refusal | undefined {
  const { machine } = call;
  const refusal = checkTranslation(call, owner) ?? checkPasid(call, owner, pasid);
  if (refusal) return refusal;
  if (!machine.owner(owner).vmx.translate(pasid).valid) {
    return call.refuse("P014", "ENOENT", { owner: ownerName(machine.platform, owner), pasid });
  }
  const own = machine.ownOwner(owner);
  own.vmx.clear(pasid);
  own.kvmSpaces.delete(pasid);
  return undefined;
}

/**
 * Turns the per-VM CPU translation on or off (G1, RFC v2 KVM_CAP_PASID_TRANSLATION).
 * @returns U032 EOPNOTSUPP when the host CPU has none
 */
export function kvmTranslation(call: Call, owner: number, on: boolean): Refusal | undefined {
  const refusal = on ? checkTranslation(call, owner) : undefined;
  if (refusal) return refusal;
  const own = call.machine.ownOwner(owner);
  own.translation = on ? "on" : "off";
  own.translationSet = true;
  return undefined;
}

function checkTranslation(call: Call, owner: number): Refusal | undefined {
  const { cpu } = call.machine.platform;
  if (cpu.pasidTranslation) return undefined;
  return call.refuse("U032", "EOPNOTSUPP", { owner: ownerName(call.machine.platform, owner) });
}

function checkPasid(call: Call, owner: number, pasid: number): Refusal | undefined {
  if (pasid <= MAX_PASID) return undefined;
  const device = ownerName(call.machine.platform, owner);
  return call.refuse("P003", "EINVAL", { device, pasid, width: 20, binding: "IA32_PASID" });
}

/** In authorized-set mode what is not the owner's is not in its set; else it is not in its fd. */
function findAuthorized(call: Call, owner: number, number: number): Space | Refusal {
  const { machine } = call;
  const space = machine.spaces.get(number);
  if (machine.platform.kvmMap === "authorized-set" && space && space.owner !== owner) {
    return call.refuse("U033", "EPERM", { owner: ownerName(machine.platform, owner), space: space.name }, [
      { origin: space.origin, note: `${space.name} belongs to ${ownerName(machine.platform, space.owner)}` },
    ]);
  }
  return findSpace(call, owner, number);
}

/**
 * The physical PASID behind a space: the cached global one (`ioasid_get_global_pasid`, alloc = false), or in
 * authorized-set mode ([T-KVM22]) any that an attach of the owner returned for it.
 */
function translationOf(call: Call, owner: number, space: Space): number | Refusal {
  if (space.globalPasid !== undefined) return space.globalPasid;
  const { machine } = call;
  const args = { owner: ownerName(machine.platform, owner), space: space.name };
  const related = [{ origin: space.origin, note: `${space.name} was allocated here` }];
  if (machine.platform.kvmMap === "ioasid") return call.refuse("P012", "ENOENT", args, related);
  let lowest: number | undefined;
  for (const [device] of space.users.entries()) {
    for (const [, attachment] of machine.device(device).attachments.entries()) {
      const { physical } = attachment;
      if (attachment.space !== space.number || physical === undefined) continue;
      if (lowest === undefined || physical < lowest) lowest = physical;
    }
  }
  return lowest ?? call.refuse("U033", "EPERM", args, related);
}

/** The first device of an owner that exposes ENQCMD in the given way. */
function boundDevice(machine: Machine, owner: number, kind: "plain" | "mediated"): Device | undefined {
  for (const [index] of machine.owner(owner)[kind].entries()) return machine.platform.devices[index];
  return undefined;
}
