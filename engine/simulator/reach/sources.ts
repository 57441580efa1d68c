import { defaultSlot } from "../device/relations.js";
import type { Machine } from "../machine.js";
import type { Endpoint } from "../view.js";

/** One way in: a number on the wire of a RID, or the software path of a category-1 device. */
export interface Source {
  readonly device: number;
  readonly wire: number;
  /** Slot of the RID's PASID table; `undefined` for the software path. */
  readonly slot: number | undefined;
  /** No PASID is on the wire; slot 0 then has the meaning that the IOMMU gives it. */
  readonly plain: boolean;
  /** vPASID that the guest would use, as far as there is one. */
  readonly pasid: number | undefined;
}

/** Every way in that an endpoint has, whatever the CPU or the portal lets through at the moment. */
export function sourcesOf(machine: Machine, endpoint: Endpoint): Source[] {
  switch (endpoint.kind) {
    case "device":
      return defaultSource(machine, endpoint.device);
    case "pasid":
      return pasidSources(machine, endpoint.device, endpoint.pasid);
    case "any":
      return anySources(machine, endpoint.device);
    case "owner":
      return [...machine.owner(endpoint.owner).devices.entries()].flatMap(([device]) => [
        ...defaultSource(machine, device),
        ...anySources(machine, device),
      ]);
  }
}

function defaultSource(machine: Machine, device: number): Source[] {
  const { wire, category } = machine.platform.devices[device]!;
  if (category === 1) return [{ device, wire, slot: undefined, plain: true, pasid: undefined }];
  const slot = defaultSlot(machine, device);
  return slot === undefined ? [] : [{ device, wire, slot, plain: slot === 0, pasid: undefined }];
}

/** A vPASID may become the driver's number, the CPU's number, or stay itself. */
function pasidSources(machine: Machine, device: number, pasid: number): Source[] {
  const { wire, category } = machine.platform.devices[device]!;
  if (category === 0 || category === 1 || category === 2) return [];
  const slots = new Set<number>();
  const state = machine.device(device);
  if (category === 3 || category === undefined) slots.add(pasid);
  else {
    const physical = state.attachments.get(pasid)?.physical;
    if (physical !== undefined) slots.add(physical);
  }
  for (const slot of cpuSlots(machine, device)) {
    if (slot.pasid === pasid) slots.add(slot.physical);
  }
  return [...slots].map((slot) => ({ device, wire, slot, plain: false, pasid }));
}

function anySources(machine: Machine, device: number): Source[] {
  const { wire, category } = machine.platform.devices[device]!;
  if (category === 0 || category === 1 || category === 2) return [];
  const state = machine.device(device);
  const found = new Map<number, number>();
  if (category === 3 || category === undefined) {
    for (const [slot] of state.entries.entries()) found.set(slot, slot);
    for (const [slot] of state.streams.entries()) found.set(slot, slot);
    const table = state.guestTable === undefined ? undefined : machine.spaces.get(state.guestTable);
    for (const [slot] of table?.entries.entries() ?? []) found.set(slot, slot);
    if (!table) found.delete(0);
  }
  for (const [pasid, { physical }] of state.attachments.entries()) {
    if (physical !== undefined) found.set(physical, pasid);
  }
  for (const { pasid, physical } of cpuSlots(machine, device)) {
    if (!found.has(physical)) found.set(physical, pasid);
  }
  return [...found].map(([slot, pasid]) => ({ device, wire, slot, plain: false, pasid }));
}

/** What ENQCMD could put on this device's wire by the tables of the VMs it is given to. */
function cpuSlots(machine: Machine, device: number): { pasid: number; physical: number }[] {
  const { category, enqcmd, queue } = machine.platform.devices[device]!;
  const takesEnqcmd = (category === 3 && enqcmd) || (category === 5 && queue !== "dedicated");
  if (!takesEnqcmd) return [];
  return machine.device(device).bound.flatMap(({ owner }) => [...machine.owner(owner).vmx.entries()]);
}
