/** What one interface has and the other has not. */
export interface Counterpart {
  /** What has no counterpart. */
  readonly what: string;
  /** What a VMM does instead, as a sentence. */
  readonly instead: string;
  /** Where that is written. */
  readonly source: string;
}

const KVM = "RFC v1, 27 May 2021, section 2.3; include/uapi/linux/kvm.h of Linux 7.3 has no such call";

/** What a statement of the RFC has no counterpart for in iommufd of Linux 7.3. */
export const IOMMUFD_LACKS = {
  "kvm-map": {
    what: "KVM_MAP_PASID and KVM_UNMAP_PASID",
    instead:
      "Upstream KVM has no PASID translation: a VMM hides ENQCMD from the guest and traps the portal, or gives the device to the guest whole, so that the guest's number is the one on the wire.",
    source: KVM,
  },
  "kvm-translation": {
    what: "KVM_CAP_PASID_TRANSLATION",
    instead: "Upstream KVM never translates IA32_PASID: a VMM keeps ENQCMD out of the guest's CPUID.",
    source: KVM,
  },
  enqcmd: {
    what: "ENQCMD through the CPU's PASID translation",
    instead:
      "A VMM hides ENQCMD from the guest; the guest's driver submits over MMIO, with the PASID of the attach.",
    source: KVM,
  },
  register: {
    what: "IOASID_REGISTER_MEMORY and IOASID_UNREGISTER_MEMORY",
    instead:
      "An IOAS pins what it maps. Where several hold the same pages, a VMM maps once and shares them by IOMMU_IOAS_COPY, which accounts them once.",
    source: "include/uapi/linux/iommufd.h, struct iommu_ioas_copy",
  },
  "software-nesting": {
    what: "software nesting (a child that the kernel merges with its parent)",
    instead:
      "A VMM keeps the shadow itself: an IOAS of its own with the resolved mappings, changed with every change of either level.",
    source: "RFC v1, 27 May 2021, section 1; include/uapi/linux/iommufd.h of Linux 7.3 has no such object",
  },
  flags: {
    what: "the PASID capability flags of a device (VFIO_DEVICE_INFO_CAP_PASID)",
    instead:
      "A VMM reads out_max_pasid_log2 and the PASID bits of out_capabilities from IOMMU_GET_HW_INFO, and makes up the guest's PASID capability by them; delegated, cpu and cpu-virt have no bit.",
    source: "include/uapi/linux/iommufd.h, struct iommu_hw_info (Linux 6.15)",
  },
  ppasid: {
    what: "a pPASID apart from the number of the attach",
    instead:
      "The number of an attach is the number on the wire. A VMM that shows the guest another one keeps the table of both itself.",
    source: "include/uapi/linux/vfio.h, VFIO_DEVICE_ATTACH_PASID (Linux 6.15)",
  },
  "pasid-tracking": {
    what: "an attach of a single PASID while the guest owns the PASID table",
    instead:
      "The nested HWPT of the RID is the whole table: the guest writes the entry, and a VMM passes its invalidation on to the vIOMMU.",
    source: "drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3-iommufd.c",
  },
  allow: {
    what: "`allow` of a rule of the RFC",
    instead: "iommufd has rules of its own, and there is nothing to be allowed.",
    source: "docs/language.md#switches",
  },
  unbind: {
    what: "taking a table from a nested page table that stays attached",
    instead:
      "A nested HWPT is made with its table. A VMM replaces it by an HWPT of the new table, or detaches and destroys it.",
    source: "include/uapi/linux/iommufd.h, IOMMU_HWPT_ALLOC",
  },
  "no-table": {
    what: "a page table that no device uses yet",
    instead:
      "IOMMU_HWPT_ALLOC names the device that a table is for, so a VMM makes it with the first attach, and what the guest wrote before is in it then.",
    source: "include/uapi/linux/iommufd.h, struct iommu_hwpt_alloc",
  },
  "software-access": {
    what: "software access by a guest's own table (category 1 in a nested space)",
    instead:
      "An access reads memory by the IOVAs of an IOAS; the driver of the slice, or the VMM, walks the guest's table itself.",
    source: "drivers/iommu/iommufd/device.c, iommufd_access_attach",
  },
  "vtd-pasid-table": {
    what: "a guest's own PASID table on VT-d",
    instead: "The host writes the PASID table: a VMM attaches each nested HWPT with its PASID.",
    source: "drivers/iommu/intel/nested.c",
  },
} as const satisfies Readonly<Record<string, Counterpart>>;

/** What a statement of RFC v1 has no counterpart for in RFC v2. */
export const RFC_V2_LACKS = {
  register: {
    what: "IOASID_REGISTER_MEMORY and IOASID_UNREGISTER_MEMORY",
    instead: "A root that maps the whole of the memory accounts it once, with the other spaces nested on it.",
    source: "RFC v2, 9 July 2021",
  },
  unbind: {
    what: "IOASID_UNBIND_PGTABLE and IOASID_UNBIND_PASID_TABLE",
    instead:
      "The kind and the table are given at the allocation: a VMM detaches the devices and frees the space.",
    source: "RFC v2, 9 July 2021",
  },
  info: {
    what: "IOASID_GET_INFO of a space",
    instead: "A VMM asks the device before it allocates: IOMMU_DEVICE_GET_INFO.",
    source: "RFC v2, 9 July 2021",
  },
  "pasid-tracking": {
    what: "an attach of a single PASID while the guest owns the PASID table",
    instead: "One IOASID stands for all PASIDs of the device, and the kernel tracks no single space.",
    source: "RFC v2, 9 July 2021",
  },
} as const satisfies Readonly<Record<string, Counterpart>>;

export type IommufdLack = keyof typeof IOMMUFD_LACKS;
