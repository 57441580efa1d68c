import type { syntax } from "../../language/index.js";
import type { WordHelp } from "./help.js";

type WordsOf<T extends readonly string[]> = Readonly<Record<T[number], string>>;

const VERSIONS: WordsOf<typeof syntax.UAPI_VERSIONS> = {
  v1: "The calls of RFC v1 (27 May 2021): a space accepts commands after its first attach, and page tables are bound.",
  v2: "The calls of RFC v2 (9 July 2021): table kinds are given at allocation, and the first bind takes the whole group.",
  iommufd: "The objects of Linux iommufd.",
};

const TABLES: WordsOf<typeof syntax.TABLE_KINDS> = {
  "page-table": "A child whose page table the guest writes (`pte`); the IOMMU walks it before the parent's.",
  "pasid-table": "The guest's own PASID table (`entry`): one space for all vPASIDs of a device.",
};

const ACCESS: WordsOf<typeof syntax.ACCESS_WORDS> = {
  r: "The mapping may be read.",
  w: "The mapping may be written.",
  rw: "The mapping may be read and written.",
  rx: "The mapping may be read and executed.",
  rwx: "The mapping may be read, written and executed.",
};

const REQUESTS: WordsOf<typeof syntax.DMA_WORDS> = {
  read: "The request reads memory.",
  write: "The request writes memory.",
  exec: "The request fetches instructions; the function needs `exec`.",
};

const RESPONSES: WordsOf<typeof syntax.RESPONSES> = {
  success: "The fault is mended: each waiting request runs again.",
  invalid: "It cannot be mended: each waiting request ends with its fault.",
};

const FLAGS: WordsOf<typeof syntax.REPORT_FLAGS> = {
  delegated: "PASID_DELEGATED: the guest owns the whole PASID table.",
  cpu: "PASID_CPU: work can be submitted with ENQCMD, which carries a PASID of the CPU.",
  "cpu-virt": "PASID_CPU_VIRT: the CPU has to translate that PASID, so KVM must be told of it.",
};

const JOINING: WordsOf<typeof syntax.JOINING_WORDS> = {
  at: "Where it lies: the PCI address of a function, the virtual addresses of a memory, the address of a table in the parent.",
  behind: "The IOMMU that translates the function's requests; it may be left out when there is one only.",
  on: "The parent, of a space or of a slice. After `kvm translation`: the CPUs of the guest translate the PASID of ENQCMD.",
  of: "The physical function that a virtual one belongs to.",
  to: "The owner that a device is bound to, or the device that an instruction submits to.",
  from: "The space that a device is detached from.",
  as: "The physical PASID that the driver fixes, instead of one that is allocated.",
  for: "The device, and the vPASID, whose page requests are answered.",
  "backed-by": "The host-physical address of the first byte, instead of the next free one.",
  wire: "The PASID that the bus saw, or `none`.",
  in: "The vIOMMU that a vDEVICE belongs to.",
  id: "The id by which the guest knows the device, such as its stream id.",
  data: "The structure of the IOMMU driver that describes a nested table.",
};

const VALUES: WordsOf<typeof syntax.VALUE_WORDS> = {
  none: "None: no PASID, no entry, no capability.",
  any: "Every vPASID of the device, and its default space.",
};

const PASID =
  "A process address space id, 0 to 0xfffff. What a guest writes is a vPASID; what is on the wire is the pPASID.";

const HWPT: WordsOf<typeof syntax.HWPT_FLAGS> & WordsOf<typeof syntax.DATA_KINDS> = {
  "nest-parent": "IOMMU_HWPT_ALLOC_NEST_PARENT: nested tables can stand on it.",
  "dirty-tracking": "IOMMU_HWPT_ALLOC_DIRTY_TRACKING: the IOMMU notes which pages are written.",
  "vtd-s1": "First-stage page tables of VT-d, which the IOMMU walks before the parent's.",
  smmuv3: "A stream table entry of SMMUv3: the guest owns the context descriptors of the device.",
  amd: "A device table entry of AMD: the guest owns the GCR3 table of the device.",
};

const ALL: Readonly<Record<string, string>> = {
  ...JOINING,
  ...VALUES,
  ...HWPT,
  ...VERSIONS,
  ...TABLES,
  ...ACCESS,
  ...REQUESTS,
  ...RESPONSES,
  ...FLAGS,
  pasid: PASID,
  off: "The CPUs of the guest translate nothing: the guest's own number goes to the wire.",
  priv: "The request is made in privileged mode; the function needs `priv`.",
};

/** What one of the smaller words says in its place: `behind`, `page-table`, `rw`, `cpu-virt`. */
export function valueHelp(word: string): WordHelp | undefined {
  const text = Object.hasOwn(ALL, word) ? ALL[word] : undefined;
  return text === undefined ? undefined : { text };
}
