import { guestTableDriver } from "./guest-table.js";

/** IOMMU_HWPT_DATA_AMD_GUEST. */
export const AMD_GUEST = 3;

/** AMD: the guest brings the GCR3 table of a device table entry. */
export const amd = guestTableDriver({
  name: "amd",
  data: AMD_GUEST,
  word: "amd",
  info: { type: 4, length: 16 },
  viommu: undefined,
  invalidation: 2,
});
