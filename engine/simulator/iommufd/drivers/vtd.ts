import { flushSpace } from "../../dma/iotlb.js";
import type { IommufdDriver } from "../driver.js";
import {
  checkCompatible,
  checkDataType,
  checkEntryType,
  checkPaging,
  iommuOf,
  maxPasids,
  pciHardware,
  secondStage,
} from "./common.js";

/** IOMMU_HWPT_DATA_VTD_S1 and IOMMU_HWPT_INVALIDATE_DATA_VTD_S1. */
export const VTD_S1 = 1;

/** `struct iommu_hw_info_vtd`. */
const INFO = { type: 1, length: 24 };

/** Intel VT-d: the kernel writes the PASID table, a guest brings first-stage page tables. */
export const vtd: IommufdDriver = {
  name: "vtd",
  userPasidTable: false,
  invalidation: VTD_S1,
  hardware: (call, device) => pciHardware(call, device, INFO.type, INFO.length),
  tracksDirty: (call, device) => iommuOf(call, device).dirtyTracking,
  maxPasids,
  allocPaging(call, request) {
    return checkPaging(call, request) ?? secondStage(iommuOf(call, request.device.device));
  },
  allocNested(call, request) {
    const refusal = checkDataType(call, request, VTD_S1, "vtd-s1");
    if (refusal) return refusal;
    const { at } = request.data;
    return { table: { kind: "page-table", ...(at ? { at } : {}) }, cells: [] };
  },
  checkAttach: checkCompatible,
  hasViommu: () => false,
  invalidateHwpt(call, hwpt, entry) {
    const refusal = checkEntryType(call, hwpt.name, entry, VTD_S1);
    if (!refusal) flushSpace(call.machine, hwpt.number, entry.range);
    return refusal;
  },
  invalidateViommu: (call, viommu, entry) => checkEntryType(call, viommu.name, entry, -1),
};
