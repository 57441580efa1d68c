import type { Errno, OperationKind, RuleId } from "../../simulator/index.js";
import { IOMMUFD_CALLS } from "./calls-iommufd.js";

/** A call or event of the language, and the rules by which the simulated kernel refuses it. */
export interface CallAnswers {
  readonly operation: OperationKind;
  /** How the statement begins. */
  readonly statement: string;
  /** What the sources call it: RFC v1, then RFC v2 where that differs, or iommufd; in words where it is no call. */
  readonly names: readonly string[];
  /** The rules that give each errno, by their ids. */
  readonly answers: Readonly<Partial<Record<Errno, readonly RuleId[]>>>;
}

/**
 * Which errno comes from which call by which rule. The simulator decides the refusals; a test runs the
 * examples of all rules, the example files, the fixtures and files made for this, and compares.
 */
export const CALLS: readonly CallAnswers[] = [
  {
    operation: "bind",
    statement: "bind",
    names: ["VFIO_BIND_IOASID_FD", "VFIO_BIND_IOMMU_FD"],
    answers: {
      EBUSY: ["C005", "P020"],
      EINVAL: ["C008"],
      ENOSPC: ["P007"],
      EOPNOTSUPP: ["P009"],
      EPERM: ["U027"],
    },
  },
  {
    operation: "unbind",
    statement: "unbind",
    names: ["VFIO_UNBIND_IOASID_FD"],
    answers: {
      EBUSY: ["U022"],
      EINVAL: ["U023"],
    },
  },
  {
    operation: "attach",
    statement: "attach",
    names: ["VFIO_ATTACH_IOASID"],
    answers: {
      EADDRINUSE: ["U029"],
      EBUSY: ["P002", "P005", "P006", "U025"],
      EINVAL: ["P003", "P004", "P015", "P019", "P021", "U024", "U026", "U028"],
      ENOENT: ["P026", "U014"],
      ENOSPC: ["P007"],
      EOPNOTSUPP: ["P001", "P024"],
      EOVERFLOW: ["P008"],
    },
  },
  {
    operation: "detach",
    statement: "detach",
    names: ["VFIO_DETACH_IOASID"],
    answers: {
      EBUSY: ["P028", "U021"],
      ENOENT: ["P026", "U014", "U020"],
    },
  },
  {
    operation: "ioasid",
    statement: "ioasid",
    names: ["IOASID_ALLOC", "IOASID_CREATE_NESTING", "IOMMU_IOASID_ALLOC"],
    answers: {
      EDEADLK: ["P017"],
      EEXIST: ["U038"],
      EINVAL: ["P022", "P025", "P026"],
      ENODEV: ["P018"],
      ENOENT: ["U014"],
      ENOTTY: ["U015"],
      EOPNOTSUPP: ["U019"],
    },
  },
  {
    operation: "free",
    statement: "free",
    names: ["IOASID_FREE", "IOMMU_IOASID_FREE"],
    answers: {
      EBUSY: ["P016"],
      EDEADLK: ["P017"],
      ENOENT: ["P026", "U014"],
      ENOTTY: ["U015"],
    },
  },
  {
    operation: "map",
    statement: "map",
    names: ["IOASID_MAP_DMA", "IOMMU_MAP_DMA"],
    answers: {
      EDEADLK: ["P017"],
      EEXIST: ["U001"],
      EFAULT: ["U007"],
      EINVAL: ["P023", "U002", "U005", "U006", "U008"],
      ENODEV: ["P018"],
      ENOENT: ["P026", "U014"],
    },
  },
  {
    operation: "unmap",
    statement: "unmap",
    names: ["IOASID_UNMAP_DMA", "IOMMU_UNMAP_DMA"],
    answers: {
      EDEADLK: ["P017"],
      EINVAL: ["P023", "U003"],
      ENODEV: ["P018"],
      ENOENT: ["P026", "U004", "U014"],
    },
  },
  {
    operation: "bind-table",
    statement: "bind-pgtable, bind-pasid-table",
    names: ["IOASID_BIND_PGTABLE", "IOASID_BIND_PASID_TABLE"],
    answers: {
      EBUSY: ["U017"],
      EDEADLK: ["P017"],
      EINVAL: ["P019", "P022"],
      ENODEV: ["P018"],
      ENOENT: ["P026", "U014"],
      ENOTTY: ["U015"],
      EOPNOTSUPP: ["P024"],
    },
  },
  {
    operation: "unbind-table",
    statement: "unbind-pgtable, unbind-pasid-table",
    names: ["IOASID_UNBIND_PGTABLE", "IOASID_UNBIND_PASID_TABLE"],
    answers: {
      EDEADLK: ["P017"],
      EINVAL: ["U018"],
      ENODEV: ["P018"],
      ENOENT: ["P026", "U014"],
      ENOTTY: ["U015"],
    },
  },
  {
    operation: "invalidate",
    statement: "invalidate",
    names: ["IOASID_INVALIDATE_CACHE", "IOMMU_INVALIDATE_CACHE"],
    answers: {
      EDEADLK: ["P017"],
      EINVAL: ["U012", "U018"],
      ENODEV: ["P018"],
      ENOENT: ["P026", "U014"],
    },
  },
  {
    operation: "register",
    statement: "register",
    names: ["IOASID_REGISTER_MEMORY"],
    answers: {
      EEXIST: ["U011"],
      EFAULT: ["U007"],
      ENOTTY: ["U015"],
    },
  },
  {
    operation: "unregister",
    statement: "unregister",
    names: ["IOASID_UNREGISTER_MEMORY"],
    answers: {
      EBUSY: ["U009"],
      ENOENT: ["U010"],
      ENOTTY: ["U015"],
    },
  },
  {
    operation: "info-space",
    statement: "info",
    names: ["IOASID_GET_INFO"],
    answers: {
      EDEADLK: ["P017"],
      ENODEV: ["U013"],
      ENOENT: ["P026", "U014"],
      ENOTTY: ["U015"],
    },
  },
  {
    operation: "kvm-map",
    statement: "kvm map",
    names: ["KVM_MAP_PASID"],
    answers: {
      EEXIST: ["P011"],
      EINVAL: ["P003", "P013"],
      ENOENT: ["P012", "P026", "U014"],
      EOPNOTSUPP: ["U032"],
      EPERM: ["U033"],
    },
  },
  {
    operation: "kvm-unmap",
    statement: "kvm unmap",
    names: ["KVM_UNMAP_PASID"],
    answers: {
      EINVAL: ["P003"],
      ENOENT: ["P014"],
      EOPNOTSUPP: ["U032"],
    },
  },
  {
    operation: "kvm-translation",
    statement: "kvm translation",
    names: ["KVM_CAP_PASID_TRANSLATION"],
    answers: {
      EOPNOTSUPP: ["U032"],
    },
  },
  {
    operation: "sva",
    statement: "sva",
    names: ["iommu_sva_bind_device"],
    answers: {
      EBUSY: ["P006", "U025", "U035"],
      EINVAL: ["U035"],
      ENODEV: ["U035"],
      ENOSPC: ["P007"],
      EOVERFLOW: ["P008"],
    },
  },
  {
    operation: "respond",
    statement: "respond",
    names: ["Page response"],
    answers: {
      EINVAL: ["U030", "U031"],
      ENOENT: ["P026", "U014"],
    },
  },
  {
    operation: "pte",
    statement: "pte",
    names: ["Write of the guest's page table"],
    answers: {
      EFAULT: ["U007"],
      EINVAL: ["U005", "U006", "U016", "U018"],
      ENOENT: ["P026", "U014"],
    },
  },
  {
    operation: "entry",
    statement: "entry",
    names: ["Write of the guest's PASID table"],
    answers: {
      EINVAL: ["P003", "U016", "U018"],
      ENOENT: ["P026", "U014"],
    },
  },
  {
    operation: "set-pasid",
    statement: "set-pasid",
    names: ["Write of IA32_PASID"],
    answers: {
      EINVAL: ["U036"],
    },
  },
  {
    operation: "enqcmd",
    statement: "enqcmd",
    names: ["ENQCMD"],
    answers: {
      EOPNOTSUPP: ["P029"],
    },
  },
  {
    operation: "enqcmds",
    statement: "enqcmds",
    names: ["ENQCMDS"],
    answers: {
      EOPNOTSUPP: ["P029"],
    },
  },
  {
    operation: "migrate",
    statement: "migrate",
    names: ["Migration"],
    answers: {
      EBUSY: ["P002", "U034"],
      ENOSPC: ["P007"],
      EOPNOTSUPP: ["U034"],
    },
  },
  ...IOMMUFD_CALLS,
];

/** The calls that a rule refuses, in the order of the table. @param id of any rule */
export function callsRefusedBy(
  id: string,
): { readonly call: CallAnswers; readonly errnos: readonly Errno[] }[] {
  return CALLS.flatMap((call) => {
    const errnos = (Object.keys(call.answers) as Errno[]).filter((errno) =>
      call.answers[errno]?.some((rule) => rule === id),
    );
    return errnos.length === 0 ? [] : [{ call, errnos }];
  });
}
