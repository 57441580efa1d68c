import { guestTableDriver } from "./guest-table.js";

/** IOMMU_HWPT_DATA_ARM_SMMUV3. */
export const ARM_SMMUV3 = 2;

/** Arm SMMUv3: the guest brings the context descriptor table of a StreamID, through a vIOMMU. */
export const smmuv3 = guestTableDriver({
  name: "smmuv3",
  data: ARM_SMMUV3,
  word: "smmuv3",
  info: { type: 2, length: 44 },
  viommu: 1,
  invalidation: 1,
});
