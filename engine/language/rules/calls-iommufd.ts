import type { CallAnswers } from "./calls.js";

/** The calls that only iommufd has; those that it shares with the RFC are in the table of all calls. */
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
      EINVAL: ["U103", "U126", "U127", "U129", "U132", "U133"],
      ENOENT: ["U102", "U135", "U144"],
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
];
