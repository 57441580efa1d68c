import type { Call } from "../call.js";
import { addUser, dropUser, useGuestTable } from "../device/relations.js";
import type { Machine } from "../machine.js";
import { clearEntry, writeEntry } from "../pasid/entries.js";
import type { PageRequest } from "../state.js";
import type { BoundDevice } from "./objects.js";

/**
 * Makes the IOMMU route a PASID of a device (0 for requests without one) to an HWPT: the entry of the RID's
 * PASID table, or the guest's own PASID table where the HWPT is one.
 * @param first the device is the first of its group: the whole group follows it
 */
export function install(call: Call, bound: BoundDevice, pasid: number, hwpt: number, first: boolean): void {
  const { machine, origin } = call;
  const { device } = bound;
  addUser(machine, hwpt, device);
  const state = machine.ownDevice(device);
  if (pasid === 0) state.defaults = [{ space: hwpt, origin }];
  else state.attachments.set(pasid, { pasid, physical: pasid, space: hwpt, namespace: "rid", origin });
  if (!first) return;
  for (const member of membersOf(machine, device)) route(call, member, pasid, hwpt);
}

/**
 * Undoes what `install` did.
 * @param last no device of the group is attached at the PASID any more
 */
export function uninstall(call: Call, bound: BoundDevice, pasid: number, hwpt: number, last: boolean): void {
  const { machine } = call;
  const { device } = bound;
  dropUser(machine, hwpt, device);
  const state = machine.ownDevice(device);
  if (pasid === 0) state.defaults = [];
  else state.attachments.delete(pasid);
  dropPending(machine, device, pasid);
  if (!last) return;
  for (const member of membersOf(machine, device)) {
    const { wire } = machine.platform.devices[member]!;
    if (pasid === 0) useGuestTable(machine, wire, undefined);
    clearEntry(machine, wire, pasid);
  }
}

/** What waits for a page is answered with a failure when its attachment ends. */
function dropPending(machine: Machine, device: number, pasid: number): void {
  for (const [number, space] of machine.spaces.entries()) {
    const isMine = (request: PageRequest) => request.device === device && (request.pasid ?? 0) === pasid;
    if (!space.pending.some(isMine)) continue;
    const own = machine.ownSpace(number);
    own.pending = own.pending.filter((request) => !isMine(request));
  }
}

function membersOf(machine: Machine, device: number): readonly number[] {
  return machine.platform.groups[machine.platform.devices[device]!.group]!.members;
}

function route(call: Call, device: number, pasid: number, hwpt: number): void {
  const { machine, origin } = call;
  const { wire } = machine.platform.devices[device]!;
  if (machine.spaces.get(hwpt)!.kind === "pasid-table") {
    useGuestTable(machine, wire, hwpt);
    return;
  }
  writeEntry(machine, wire, pasid, {
    space: hwpt,
    process: -1,
    use: pasid === 0 ? "default" : "attached",
    device,
    pasid: pasid === 0 ? undefined : pasid,
    namespace: "rid",
    users: 1,
    origin,
  });
}
