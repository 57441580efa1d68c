import type { Machine } from "../machine.js";
import type { Device, Iommu } from "../platform.js";
import type { DeviceState, PasidEntry } from "../state.js";

/** Largest PASID of a TLP, of IA32_PASID and of the VMX tables: 20 bits. */
export const MAX_PASID = 0xfffff;

/** PASIDs per VT-d PASID table: bits 5:0 index it, bits 19:6 the directory (domain.md 4.3). */
const TABLE_BITS = 6;

/** VT-d directory and table index of a PASID. */
export function vtdIndex(pasid: number): { readonly directory: number; readonly table: number } {
  return { directory: pasid >> TABLE_BITS, table: pasid & 0x3f };
}

/**
 * PASIDs that the IOMMU looks up for a RID; 0 where PASIDs are not enabled. On VT-d, PDTS is a field of 3 bits
 * and the directory has 2^(PDTS + 7) entries of 64 PASIDs each, so that the smallest reaches 2^13 whatever
 * the device's width.
 */
export function tableReach(device: Device, iommu: Iommu): number {
  const width = Math.min(device.pasidWidth, iommu.pasidWidth);
  if (width === 0) return 0;
  return 2 ** (iommu.form === "vtd" ? Math.max(width, 13) : width);
}

/** Where requests without PASID are cached on an IOMMU that keeps them apart from PASID 0. */
const PLAIN_STREAM = MAX_PASID + 1;

/**
 * Number under which the IOMMU caches translations of a request: VT-d tags requests without PASID with
 * RID_PASID, which Linux sets to 0; where the guest owns the table they may bypass its first stage, so they
 * are never answered with what PASID 0 cached.
 */
export function streamOf(iommu: Iommu, pasid: number | undefined): number {
  return pasid ?? (iommu.pasidTable === "guest" ? PLAIN_STREAM : 0);
}

/** Writes an entry of a RID's PASID table and drops what the IOMMU has cached for that number. */
export function writeEntry(machine: Machine, wire: number, physical: number, entry: PasidEntry): void {
  const device = machine.ownDevice(wire);
  device.entries.set(physical, entry);
  device.directory.set(vtdIndex(physical).directory, true);
  dropStream(device, physical);
}

/** Clears an entry, as detach does, and flushes the PASID cache and the IOTLB of that number. */
export function clearEntry(machine: Machine, wire: number, physical: number): void {
  const device = machine.ownDevice(wire);
  device.entries.delete(physical);
  dropStream(device, physical);
}

function dropStream(device: DeviceState, physical: number): void {
  device.streams.delete(physical);
  if (physical === 0) device.streams.delete(PLAIN_STREAM);
}
