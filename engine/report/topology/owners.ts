import {
  type KvmRequirement,
  type KvmRow,
  kvmRequirements,
  kvmTable,
  type Machine,
} from "../../simulator/index.js";
import { countText } from "../names.js";
import type { Draft } from "./draft.js";
import { deviceId, kvmId, ownerId, processId } from "./ids.js";
import type { TopologyMark } from "./types.js";

/** Slots of one guest that are shown. */
const SLOTS = 64;

/** Guests and native owners, the guest processes, and what KVM makes of their PASIDs. */
export function addOwners(draft: Draft, machine: Machine): void {
  const { owners, processes } = machine.platform;
  for (const [owner, { name, kind, origin }] of owners.entries()) {
    const { translation } = machine.owner(owner);
    const detail = kind === "guest" ? `guest · PASID translation ${translation}` : "native owner";
    draft.add({ id: ownerId(owner), kind: "owner", label: name, detail, origin }, ...mixOf(machine, owner));
  }
  for (const [process, { name, owner, origin }] of processes.entries()) {
    const pasid = machine.processPasids.get(process);
    const detail = pasid === undefined ? "IA32_PASID not valid" : `IA32_PASID ${pasid}`;
    draft.add({ id: processId(process), kind: "process", label: name, detail, origin });
    draft.link(ownerId(owner), processId(process));
  }
}

/** A vPASID of a guest: what KVM has made of it, and the attachments that need it. */
interface Slot {
  readonly owner: number;
  readonly pasid: number;
  readonly needs: KvmRequirement[];
  readonly filled: KvmRow | undefined;
}

/** The slots that KVM has filled, and those that it would have to fill. Comes after the devices. */
export function addSlots(draft: Draft, machine: Machine): void {
  for (const [owner, slots] of slotsByOwner(machine)) {
    for (const slot of slots.slice(0, SLOTS)) addSlot(draft, machine, slot);
    addRest(draft, owner, slots.length - SLOTS);
  }
}

function slotsByOwner(machine: Machine): Map<number, Slot[]> {
  const found = new Map<string, Slot>();
  for (const row of kvmTable(machine)) {
    const { owner, pasid } = row;
    found.set(kvmId(owner, pasid), { owner, pasid, needs: [], filled: row });
  }
  for (const need of kvmRequirements(machine)) {
    const { owner, pasid } = need;
    const id = kvmId(owner, pasid);
    const slot = found.get(id) ?? { owner, pasid, needs: [], filled: undefined };
    slot.needs.push(need);
    found.set(id, slot);
  }
  const byOwner = new Map<number, Slot[]>();
  for (const slot of found.values()) byOwner.set(slot.owner, [...(byOwner.get(slot.owner) ?? []), slot]);
  return byOwner;
}

function addSlot(draft: Draft, machine: Machine, { owner, pasid, needs, filled }: Slot): void {
  const { devices, processes } = machine.platform;
  const id = kvmId(owner, pasid);
  const marks = needs.flatMap(({ device, physical, state, current }): TopologyMark[] => {
    const { name } = devices[device]!;
    if (state === "present") return [];
    const text =
      state === "missing"
        ? `KVM maps no vPASID ${pasid}, which ${name} needs as pPASID ${physical}: ENQCMD ends in a VM exit.`
        : `KVM maps vPASID ${pasid} to pPASID ${current}, and ${name} needs pPASID ${physical}.`;
    return [{ kind: state, text }];
  });
  const detail = filled ? `KVM: pPASID ${filled.physical}` : "KVM: no entry";
  const origin = filled?.origin ?? needs[0]?.origin;
  draft.add({ id, kind: "kvm", label: `vPASID ${pasid}`, detail, origin }, ...marks);
  const users = [...machine.processPasids.entries()].filter(
    ([process, register]) => register === pasid && processes[process]!.owner === owner,
  );
  for (const [process] of users) draft.link(processId(process), id);
  // ENQCMDS of the guest's kernel gives the number itself.
  if (users.length === 0) draft.link(ownerId(owner), id);
  for (const { device } of needs) draft.link(id, deviceId(device));
}

function addRest(draft: Draft, owner: number, rest: number): void {
  if (rest <= 0) return;
  const id = `more ${kvmId(owner, 0)}`;
  draft.add({ id, kind: "more", label: `… ${countText(rest)} more slots`, detail: "", origin: undefined });
  draft.link(ownerId(owner), id);
}

/** G2: in one guest one device wants its PASIDs translated by the CPU, and another wants them as they are. */
function mixOf(machine: Machine, owner: number): TopologyMark[] {
  const { plain, mediated } = machine.owner(owner);
  const [direct] = plain.entries();
  const [translated] = mediated.entries();
  if (!direct || !translated) return [];
  const { devices } = machine.platform;
  const [one, other] = [devices[direct[0]]!.name, devices[translated[0]]!.name];
  const text = `ENQCMD to ${one} needs the guest's own PASID, and ENQCMD to ${other} one that the CPU translates; a guest has one CPU setting for both.`;
  return [{ kind: "conflict", text }];
}
