import type { syntax } from "../../language/index.js";
import type { WordHelp } from "./help.js";

type Owner = syntax.DeclarationWithProperties;
type WordOf<O extends Owner> = (typeof syntax.PROPERTIES_OF)[O][number];

/** How a property is written, its word in front; flags are the word alone. */
const FORMS: Readonly<Partial<Record<syntax.PropertyWord, string>>> = {
  "pasid-width": "pasid-width N",
  "address-width": "address-width N",
  nesting: "nesting hardware|software|none",
  "pasid-table": "pasid-table kernel|guest",
  "page-sizes": "page-sizes 4K, 2M, 1G",
  reserved: "reserved RANGE",
  format: "format NAME",
  "no-pasid": "no-pasid terminate|bypass|entry-0",
  category: "category N",
  queue: "queue shared|dedicated",
  hide: "hide pasid|enqcmd",
  vf: "vf of PDEV",
  pasid: "pasid N",
  "pasid-policy": "pasid-policy precise|simple",
  "kvm-map": "kvm-map ioasid|authorized-set",
};

const ATS = "It can ask for translations ahead of a request (Address Translation Service).";
const PAGE_REQUESTS =
  "It can ask for a page that is not there and wait for the answer (Page Request Interface). Needs `ats`.";

const PROPERTIES: { readonly [O in Owner]: Readonly<Record<WordOf<O>, string>> } = {
  uapi: {
    "pasid-policy":
      "Where the pPASIDs of mdevs come from: `precise` takes them from the parent's own pool unless one of its mdevs can take ENQCMD, `simple` always from the global pool.",
    "kvm-map":
      "How KVM learns a pPASID: `ioasid` asks for it by the space, `authorized-set` takes only numbers that an attach gave to this task.",
  },
  iommu: {
    "pasid-width": "Bits of a PASID, 0 to 20; 0 is an IOMMU without PASIDs. 20 when left out.",
    "address-width":
      "Bits of an input address, 48 when left out; an address beyond it faults without a walk.",
    nesting:
      "How a child and its parent are translated: by the IOMMU, which walks both, by the kernel, which merges them into a shadow, or not at all. `hardware` when left out.",
    "pasid-table":
      "Who writes the PASID table: the host kernel (VT-d) or the guest in its own memory (SMMUv3, AMD). `kernel` when left out.",
    ats: "The unit answers translation requests (Address Translation Service).",
    "page-requests": "The unit takes page requests of devices and hands them to the owner of the space.",
    "page-sizes": "Sizes of a leaf; 4K must be one of them.",
    reserved: "Addresses that are never translated, such as the MSI window. May be written several times.",
    "no-snoop-control": "The unit can enforce snooping.",
    "dirty-tracking": "The unit can track which pages were written.",
    format:
      "Format of page tables, and whose fault codes are reported: `vtd`, `smmuv3` or `amd`. A bound table must have the same.",
    "no-pasid":
      "Where the guest owns the PASID table: what becomes of requests without a PASID (STE.S1DSS). `bypass` when left out.",
  },
  cpu: {
    enqcmd: "The CPU has ENQCMD and ENQCMDS, which carry a PASID to a device.",
    "pasid-translation":
      "The CPU can translate the PASID of ENQCMD for a guest (VMX PASID translation), which category 5 needs.",
  },
  pdev: {
    category:
      "How an owner may use the function: 0 cannot issue a PASID, 3 puts the guest's number on the wire as it is, 4 translates it in the device or its driver.",
    "pasid-width": "Bits of a PASID that the function can send.",
    ats: ATS,
    "page-requests": PAGE_REQUESTS,
    enqcmd: "It accepts DMWr, the write that ENQCMD makes, so that ENQCMD can reach it or a slice of it.",
    exec: "It may issue execute requests.",
    priv: "It may issue privileged-mode requests.",
    vf: "It is a virtual function of that physical one and has its PASID settings.",
    hide: "The VMM does not show this capability to the guest.",
  },
  mdev: {
    category:
      "How an owner may use the slice: 1 is software alone, 2 has one PASID that the host fixed, 4 has its vPASIDs translated by its driver, 5 by the CPU (ENQCMD) and the driver (MMIO).",
    queue: "Category 5: a shared queue takes ENQCMD, a dedicated one work over MMIO.",
    hide: "The VMM does not show this capability to the guest.",
  },
  process: { pasid: "The vPASID in IA32_PASID while the process runs." },
  viommu: { "pasid-width": "Bits of a vPASID that the guest is told of; it bounds every attach." },
};

const CHOICES: {
  readonly [P in keyof typeof syntax.CHOICES]: Readonly<Record<(typeof syntax.CHOICES)[P][number], string>>;
} = {
  nesting: {
    hardware: "The IOMMU walks the child's table and then the parent's.",
    software: "The kernel merges a child and its parent into one shadow table; both are mapped with `map`.",
    none: "There are no children.",
  },
  "pasid-table": {
    kernel: "The host kernel writes the PASID table; every vPASID is attached.",
    guest: "The guest writes the PASID table in its own memory; it is attached as one space.",
  },
  "no-pasid": {
    terminate: "Requests without a PASID end in a fault.",
    bypass: "Requests without a PASID pass the second stage alone.",
    "entry-0": "Requests without a PASID use entry 0 of the guest's table.",
  },
  queue: {
    shared: "Takes ENQCMD: the PASID comes with each descriptor.",
    dedicated: "Takes work over MMIO: the PASID is in a register of the queue, and the driver mediates it.",
  },
  hide: {
    pasid: "The guest sees no PASID capability, so there is no vPASID either.",
    enqcmd: "The guest sees no ENQCMD; vPASIDs over MMIO stay possible.",
  },
  "pasid-policy": {
    precise:
      "An mdev's numbers come from its parent's own pool, unless an mdev of that parent can take ENQCMD.",
    simple: "The numbers of all mdevs come from the global pool.",
  },
  "kvm-map": {
    ioasid: "KVM_MAP_PASID names a space, and KVM asks for its global number.",
    "authorized-set": "KVM refuses a pPASID that no attach of this task returned, with EPERM.",
  },
};

/** What a property says in the braces of a declaration; `undefined` where it has no meaning. */
export function propertyHelp(owner: Owner, word: syntax.PropertyWord): WordHelp | undefined {
  const texts: Readonly<Partial<Record<syntax.PropertyWord, string>>> = PROPERTIES[owner];
  const text = texts[word];
  return text === undefined ? undefined : { form: FORMS[word] ?? word, text };
}

/** What one of the words that a property takes means; `undefined` where it takes no such word. */
export function choiceHelp(property: syntax.PropertyWord, choice: string): WordHelp | undefined {
  const choices: Readonly<Partial<Record<syntax.PropertyWord, Readonly<Record<string, string>>>>> = CHOICES;
  const text = choices[property]?.[choice];
  return text === undefined ? undefined : { text };
}
