import { MAX_ADDRESS, type Range, ZERO } from "../../../address/index.js";
import type { Call } from "../../call.js";
import type { Iommu } from "../../platform.js";
import type { Refusal } from "../../refusal.js";
import { frameLimit } from "../../table-shape.js";
import {
  DIRTY_TRACKING,
  type DomainRequest,
  type HardwareInfo,
  type Invalidation,
  NEST_PARENT,
} from "../driver.js";
import { hex } from "../map.js";
import type { BoundDevice, Hwpt, PagingDomain } from "../objects.js";

/** Bits of `out_capabilities` of IOMMU_GET_HW_INFO. */
const CAP_DIRTY_TRACKING = 1;
const CAP_PASID_EXEC = 2;
const CAP_PASID_PRIV = 4;
const CAP_ATS_NOT_SUPPORTED = 8;

export function iommuOf({ machine }: Call, device: number): Iommu {
  return machine.platform.iommus[machine.platform.devices[device]!.iommu]!;
}

/** PASIDs that a device and its IOMMU both can carry: 2^width, or 0 without PASIDs. */
export function maxPasids(call: Call, device: number): number {
  const width = Math.min(call.machine.platform.devices[device]!.pasidWidth, iommuOf(call, device).pasidWidth);
  return width === 0 ? 0 : 2 ** width;
}

/**
 * What IOMMU_GET_HW_INFO tells of a PCI device.
 * @param type number of the IOMMU's info type in the kernel's headers
 * @param length bytes of its structure
 */
export function pciHardware(call: Call, device: number, type: number, length: number): HardwareInfo {
  const { ats, exec, priv } = call.machine.platform.devices[device]!;
  const limit = maxPasids(call, device);
  let capabilities = iommuOf(call, device).dirtyTracking ? CAP_DIRTY_TRACKING : 0;
  if (limit > 0 && exec) capabilities |= CAP_PASID_EXEC;
  if (limit > 0 && priv) capabilities |= CAP_PASID_PRIV;
  if (!ats) capabilities |= CAP_ATS_NOT_SUPPORTED;
  return { type, length, capabilities, maxPasidLog2: limit === 0 ? 0 : Math.log2(limit) };
}

/** A second-stage page table of 4 KiB pages, as wide as the IOMMU. */
export function secondStage(iommu: Iommu): PagingDomain {
  const last = { page: frameLimit(iommu) - 1, offset: 4095 };
  const aperture: Range = { start: ZERO, last: iommu.addressWidth >= 64 ? MAX_ADDRESS : last };
  return { pageSize: 4096, aperture };
}

/** U121 EOPNOTSUPP for flags or data of a paging HWPT that the hardware has no means for. */
export function checkPaging(call: Call, request: DomainRequest): Refusal | undefined {
  const { device, flags, data } = request;
  const iommu = iommuOf(call, device.device);
  const refuse = (reason: string) =>
    call.refuse("U121", "EOPNOTSUPP", { hwpt: "the page table", flags: hex(flags), reason }, [
      { origin: iommu.origin, note: `${iommu.name} is declared here` },
    ]);
  if (data.length > 0) return refuse(`the driver of ${iommu.name} takes no data for a kernel-managed table`);
  if ((flags & NEST_PARENT) !== 0 && iommu.nesting !== "hardware") {
    return refuse(`${iommu.name} cannot nest in hardware`);
  }
  if ((flags & DIRTY_TRACKING) !== 0 && !iommu.dirtyTracking) {
    return refuse(`${iommu.name} cannot track dirty pages`);
  }
  return undefined;
}

/** U122 for data of a nested HWPT that is of another driver. */
export function checkDataType(
  call: Call,
  request: DomainRequest,
  type: number,
  word: string,
): Refusal | undefined {
  if (request.data.type === type) return undefined;
  const iommu = iommuOf(call, request.device.device);
  const reason = `the driver of ${iommu.name} takes data of the type ${word}`;
  return call.refuse("U122", "EINVAL", { hwpt: "the nested table", reason }, [
    { origin: iommu.origin, note: `${iommu.name} is declared here` },
  ]);
}

/** U132 EINVAL for a table of another form, or one that is wider than the IOMMU of the device walks. */
export function checkCompatible(
  call: Call,
  hwpt: Hwpt,
  device: BoundDevice,
  pasid: number,
): Refusal | undefined {
  const made = call.machine.platform.iommus[hwpt.iommu]!;
  const iommu = iommuOf(call, device.device);
  const refuse = (reason: string) =>
    call.refuse("U132", "EINVAL", { device: device.name, pasid, hwpt: hwpt.name, reason }, [
      { origin: hwpt.origin, note: `${hwpt.name} was made here` },
      { origin: iommu.origin, note: `${iommu.name} is declared here` },
    ]);
  if (made === iommu) return undefined;
  if (made.form !== iommu.form || made.format !== iommu.format) {
    return refuse(
      `it is a table of ${made.name} in format ${made.format}, and ${iommu.name} walks ${iommu.format}`,
    );
  }
  if (made.addressWidth > iommu.addressWidth) {
    return refuse(`it has ${made.addressWidth} bits, and ${iommu.name} translates ${iommu.addressWidth}`);
  }
  if (hwpt.type === "hwpt-nested" && iommu.nesting !== "hardware") return refuse(`${iommu.name} cannot nest`);
  if (hwpt.type === "hwpt-paging" && hwpt.dirty && !iommu.dirtyTracking) {
    return refuse(`it tracks dirty pages, and ${iommu.name} cannot`);
  }
  return undefined;
}

/** U141 EINVAL for an entry of another driver's type. */
export function checkEntryType(
  call: Call,
  object: string,
  entry: Invalidation,
  type: number,
): Refusal | undefined {
  if (entry.type === type) return undefined;
  const reason = `the driver has no entries of the type ${entry.type}`;
  return call.refuse("U141", "EINVAL", { object, reason });
}
