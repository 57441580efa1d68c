import type { CallAnswers } from "./calls.js";

/** The calls of iommufd, with those that the RFC has too under another name. */
export const IOMMUFD_CALLS: readonly CallAnswers[] = [
  {
    operation: "ioas",
    statement: "ioas",
    names: ["IOMMU_IOAS_ALLOC"],
    answers: {
      ENOTTY: ["U015"],
    },
  },
  {
    operation: "hwpt",
    statement: "hwpt",
    names: ["IOMMU_HWPT_ALLOC"],
    answers: {
      EADDRINUSE: ["U118", "U119"],
      EFAULT: ["U110"],
      EINVAL: ["U122", "U123"],
      ENOENT: ["U102", "U144"],
      ENOTTY: ["U015"],
      EOPNOTSUPP: ["U121"],
    },
  },
  {
    operation: "fault-queue",
    statement: "fault-queue",
    names: ["IOMMU_FAULT_QUEUE_ALLOC"],
    answers: {
      ENOTTY: ["U015"],
    },
  },
  {
    operation: "viommu",
    statement: "viommu",
    names: ["IOMMU_VIOMMU_ALLOC"],
    answers: {
      EINVAL: ["U138"],
      ENOENT: ["U102", "U144"],
      ENOTTY: ["U015"],
      EOPNOTSUPP: ["U137"],
    },
  },
  {
    operation: "vdevice",
    statement: "vdevice",
    names: ["IOMMU_VDEVICE_ALLOC"],
    answers: {
      EEXIST: ["U139"],
      EINVAL: ["U140"],
      ENOENT: ["U102", "U144"],
      ENOTTY: ["U015"],
    },
  },
  {
    operation: "copy",
    statement: "copy",
    names: ["IOMMU_IOAS_COPY"],
    answers: {
      EEXIST: ["U109"],
      EFAULT: ["U110"],
      EINVAL: ["U107", "U108"],
      ENOENT: ["U102", "U113"],
      ENOTTY: ["U015"],
      EOVERFLOW: ["U106"],
      EPERM: ["U114"],
    },
  },
  {
    operation: "allow-iovas",
    statement: "allow-iovas",
    names: ["IOMMU_IOAS_ALLOW_IOVAS"],
    answers: {
      EADDRINUSE: ["U117"],
      EINVAL: ["U116"],
      ENOENT: ["U102"],
      ENOTTY: ["U015"],
    },
  },
  {
    operation: "replace",
    statement: "replace",
    names: ["VFIO_DEVICE_ATTACH_IOMMUFD_PT"],
    answers: {
      EADDRINUSE: ["U118", "U119"],
      EFAULT: ["U110"],
      EINVAL: ["U103", "U126", "U127", "U129", "U132", "U133", "U148"],
      ENOENT: ["U102", "U135", "U144"],
      ENOSPC: ["U149"],
      ENOTTY: ["U015"],
      EOPNOTSUPP: ["U146"],
    },
  },
  {
    operation: "destroy",
    statement: "destroy",
    names: ["IOMMU_DESTROY"],
    answers: {
      EBUSY: ["U104"],
      ENOENT: ["U102"],
      ENOTTY: ["U015"],
    },
  },
  {
    operation: "map",
    statement: "map",
    names: ["IOMMU_IOAS_MAP"],
    answers: {
      EEXIST: ["U109"],
      EFAULT: ["U110"],
      EINVAL: ["U107", "U108"],
      ENOENT: ["U102"],
      EOVERFLOW: ["U106"],
    },
  },
  {
    operation: "unmap",
    statement: "unmap",
    names: ["IOMMU_IOAS_UNMAP"],
    answers: {
      ENOENT: ["U102", "U111", "U112"],
    },
  },
  {
    operation: "attach",
    statement: "attach",
    names: ["VFIO_DEVICE_ATTACH_IOMMUFD_PT"],
    answers: {
      EADDRINUSE: ["U118", "U119"],
      EBUSY: ["U125", "U131"],
      EFAULT: ["U110"],
      EINVAL: ["U103", "U124", "U126", "U127", "U128", "U129", "U130", "U132", "U148", "U150"],
      ENOENT: ["U102", "U135", "U144"],
      ENOSPC: ["U149"],
      EOPNOTSUPP: ["U146"],
    },
  },
  {
    operation: "bind",
    statement: "bind",
    names: ["VFIO_DEVICE_BIND_IOMMUFD"],
    answers: {
      EINVAL: ["U147"],
    },
  },
  {
    operation: "invalidate",
    statement: "invalidate",
    names: ["IOMMU_HWPT_INVALIDATE"],
    answers: {
      EINVAL: ["U141"],
      ENOENT: ["U102"],
    },
  },
  {
    operation: "info-space",
    statement: "info",
    names: ["IOMMU_IOAS_IOVA_RANGES"],
    answers: {
      ENOENT: ["U102"],
    },
  },
  {
    operation: "kvm-map",
    statement: "kvm map",
    names: ["KVM_MAP_PASID behind iommufd"],
    answers: {
      ENOTTY: ["U145"],
    },
  },
  {
    operation: "kvm-unmap",
    statement: "kvm unmap",
    names: ["KVM_UNMAP_PASID behind iommufd"],
    answers: {
      ENOTTY: ["U145"],
    },
  },
  {
    operation: "kvm-translation",
    statement: "kvm translation",
    names: ["KVM_CAP_PASID_TRANSLATION behind iommufd"],
    answers: {
      ENOTTY: ["U145"],
    },
  },
  {
    operation: "respond",
    statement: "respond",
    names: ["Page response, through a fault queue"],
    answers: {
      ENOENT: ["U102"],
    },
  },
];
