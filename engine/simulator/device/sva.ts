import type { Call } from "../call.js";
import { delegatesTable } from "../capability.js";
import { formatRid, ownerName } from "../describe.js";
import type { Errno } from "../errno.js";
import type { Result } from "../outcome.js";
import { writeEntry } from "../pasid/entries.js";
import { claimGlobal, lowestFreePasid, pasidHolder, pasidLimit } from "../pasid/pool.js";
import type { Device, Iommu } from "../platform.js";
import type { Refusal, Related } from "../refusal.js";

/**
 * A host process binds its own page table to a device (LX `iommu_sva_bind_device`): one global PASID per
 * process, shared by all its devices.
 * @param fixed the number to use, instead of the lowest free one
 * @returns U035 ENODEV, EINVAL or EBUSY, P006 EBUSY, P007 ENOSPC, P008 EOVERFLOW, or the entry made
 */
export function bindProcess(
  call: Call,
  owner: number,
  index: number,
  fixed: number | undefined,
): Result | Refusal {
  const { machine } = call;
  const { platform } = machine;
  const device = platform.devices[index]!;
  const refusal = checkAbilities(call, owner, index, device);
  if (refusal) return refusal;
  const limit = pasidLimit(platform, device);
  const { mmPasid } = machine.owner(owner);
  const wanted = mmPasid ?? fixed;
  if (mmPasid !== undefined && fixed !== undefined && fixed !== mmPasid) {
    return call.refuse("U025", "EBUSY", {
      space: ownerName(platform, owner),
      physical: fixed,
      current: mmPasid,
    });
  }
  if (wanted !== undefined && (wanted === 0 || wanted >= limit)) {
    const args = { device: device.name, space: `the process of ${ownerName(platform, owner)}` };
    return call.refuse("P008", "EOVERFLOW", { ...args, pasid: wanted, width: Math.log2(limit) });
  }
  if (wanted !== undefined) {
    const holder = pasidHolder(machine, device, mmPasid === undefined ? "global" : "rid", wanted);
    const conflict = holder === undefined ? undefined : conflictOf(call, device, wanted, holder);
    if (conflict) return conflict;
  }
  const physical = wanted ?? lowestFreePasid(machine, device, "global");
  if (physical === undefined) {
    return call.refuse("P007", "ENOSPC", { device: device.name, pool: "the global pool", limit });
  }
  const own = machine.ownOwner(owner);
  own.mmPasid = physical;
  own.mmUsers += 1;
  if (mmPasid === undefined) {
    claimGlobal(machine, physical, `the host process of ${ownerName(platform, owner)}`);
  }
  writeEntry(machine, device.wire, physical, {
    space: -1,
    process: owner,
    use: "sva",
    device: index,
    pasid: undefined,
    namespace: "global",
    users: 1,
    origin: call.origin,
  });
  return { kind: "attachment", rid: device.rid, pasid: undefined, physical, namespace: "global" };
}

function checkAbilities(call: Call, owner: number, index: number, device: Device): Refusal | undefined {
  const { machine } = call;
  const { platform } = machine;
  const iommu = platform.iommus[device.iommu]!;
  const no = (errno: Errno, reason: string, ...related: Related[]) => {
    const declared = { origin: device.origin, note: `${device.name} is declared here` };
    const args = { device: device.name, reason };
    return call.refuse("U035", errno, args, related.length > 0 ? related : [declared]);
  };
  if (device.kind === "mdev") return no("EINVAL", "a slice of a device has no host driver of its own");
  const lacks = [device, iommu].filter((part) => lackingOf(part) !== "");
  if (lacks.length > 0) {
    const reason = lacks.map((part) => `${part.name} has ${lackingOf(part)}`).join(", and ");
    const related = lacks.map(({ name, origin }) => ({ origin, note: `${name} is declared here` }));
    return no(pasidLimit(platform, device) === 1 ? "ENODEV" : "EINVAL", reason, ...related);
  }
  if (delegatesTable(platform, device)) {
    const declared = { origin: iommu.origin, note: `${iommu.name} is declared here` };
    return no("EINVAL", `${iommu.name} leaves the PASID table to guests`, declared);
  }
  const holder = machine.device(index).bound[0];
  if (holder) {
    const name = ownerName(platform, holder.owner);
    return no("EBUSY", `it is bound to ${name}`, { origin: holder.origin, note: `${name} bound it here` });
  }
  for (const [, entry] of machine.device(device.wire).entries.entries()) {
    if (entry.use === "sva" && entry.process === owner)
      return no("EBUSY", "the process is bound to it already", {
        origin: entry.origin,
        note: "this bound it",
      });
  }
  return undefined;
}

/** All that a part lacks, since whoever adds one of them would only meet the next. */
function lackingOf({ pasidWidth, ats, pageRequests }: Device | Iommu): string {
  const missing = [
    ...(pasidWidth > 0 ? [] : ["no PASIDs"]),
    ...(ats ? [] : ["no ATS"]),
    ...(pageRequests ? [] : ["no page requests"]),
  ];
  const last = missing.pop();
  return missing.length > 0 ? `${missing.join(", ")} and ${last}` : (last ?? "");
}

function conflictOf(call: Call, device: Device, pasid: number, holder: string): Refusal | undefined {
  const entry = call.machine.device(device.wire).entries.get(pasid);
  const related = entry ? [{ origin: entry.origin, note: `${holder} holds pPASID ${pasid}` }] : [];
  const args = { device: device.name, rid: formatRid(device.rid), pasid, holder };
  return call.object("P006", "EBUSY", args, related);
}
