import { CALLS, type CallAnswers, syntax } from "../../language/index.js";
import type { WordHelp } from "./help.js";

/** What a statement does, in a sentence or two; its form is the parser's. */
const STATEMENTS: Readonly<Record<syntax.StatementWord, string>> = {
  uapi: "Which calls the owners have: those of RFC v1, of RFC v2, or of iommufd in Linux 7.3. At most once, first in the file; `v2` when it is left out.",
  import:
    "The declarations of another file in this place, each file once; its scenarios are left out. The path is relative to this file.",
  iommu: "An IOMMU of the host: its widths, how it nests, and who writes its PASID tables.",
  cpu: "What the host CPU can do: execute ENQCMD, and translate its PASID for a guest. Without the statement it can do neither.",
  pdev: "A PCI function. Its category says how an owner may use it; without one it is host hardware, for instance the parent of mdevs.",
  mdev: "A mediated slice of a function. Its requests carry the parent's RID; what tells it from its siblings is the PASID.",
  group:
    "An IOMMU group: devices that the fabric cannot tell apart. A function in no group is alone in its own; an mdev always is.",
  guest:
    "A VMM with one fd for I/O address spaces and one KVM fd. Its block runs once and gives the start state.",
  native:
    "A user-space driver without a virtual machine: the same as a guest without KVM, processes and a virtual IOMMU.",
  scenario:
    "Steps on a copy of the start state, with the outcomes that they must have. Scenarios never see each other.",
  memory:
    "Pinned memory at these virtual addresses of its owner. The host-physical address is that of `backed-by`, or the next free one in file order.",
  process: "A guest process: IA32_PASID holds its vPASID while it runs, or is not valid without `pasid`.",
  viommu:
    "The virtual IOMMU of the guest: the PASID width that it announces bounds the guest's vPASIDs. With a name, in iommufd: a slice of the physical IOMMU, on which nested tables and vDEVICEs stand.",
  sva: "The host process itself uses a PASID of the device, which then translates by the page table of the process. `as P` fixes the number.",
  ioasid:
    "Allocates an I/O address space. A root is managed by the kernel with `map` and `unmap`; with `on` it is a child, whose output addresses the parent translates again.",
  ioas: "Makes an IOAS: a map from IOVAs to memory, which any number of page tables are filled from.",
  hwpt: "Makes a page table for the IOMMU of a device. On an IOAS the kernel fills it; on an HWPT with `nest-parent`, or on a vIOMMU, the guest does, and `data` says in which form.",
  "fault-queue": "Makes a queue that page requests go to, for page tables that name it with `fault`.",
  vdevice: "Tells a vIOMMU by which id the guest knows a device.",
  copy: "Maps what a range of an IOAS maps at another place too; the pages are shared.",
  "allow-iovas":
    "Promises that no later attach reserves any of these IOVAs. Each call replaces the promise of the one before.",
  replace:
    "Moves a device, at its RID or at a PASID, to another page table in one step. A refused one leaves the old table in place.",
  destroy: "Destroys an object that nobody uses any more.",
  free: "Frees an I/O address space. It must have no attached device and no child.",
  "bind-pgtable":
    "Gives a child the page table of the guest, which the IOMMU walks before the parent's. `at` is the table's own address in the parent.",
  "unbind-pgtable": "Takes the guest's page table away from a child again.",
  "bind-pasid-table":
    "Gives a device's PASID space to the guest: its own PASID table decides which number leads where. `at` is the table's address in the parent.",
  "unbind-pasid-table": "Takes the guest's PASID table away again.",
  map: "Maps a range of a kernel-managed space to memory of its owner, or, in a child, to addresses of the parent. Access is `rw` when left out.",
  unmap: "Removes the mappings of a range, whole ones only, and flushes what the IOTLB has of them.",
  pte: "The guest writes its own page table; with `none` it clears entries. Nothing is flushed by it: that takes an `invalidate`.",
  entry:
    "The guest writes its own PASID table; with `none` it clears an entry. Nothing is flushed by it: that takes an `invalidate`.",
  invalidate:
    "Drops what the IOMMU has cached of a guest's table: translations of a page table, entries of a PASID table; all of them, or those of a range.",
  register:
    "Pins memory and accounts for it once. After the first one, every mapping must lie in registered memory.",
  unregister: "Ends a registration; no mapping may lie in it any more.",
  bind: "Binds a device to the fd of an owner, which an attach needs. In a scenario `to` names the owner.",
  unbind: "Takes a device from the fd of its owner; it must not be attached any more.",
  attach:
    "Attaches a device to an I/O address space: without a vPASID its default space, with one a further space. `as P` stands for a driver that fixes the pPASID.",
  detach: "Ends an attach. A KVM mapping of the vPASID has to go first.",
  kvm: "Calls of KVM about the PASID translation of a guest's CPUs, which ENQCMD to a category-5 device needs.",
  info: "What the user is told: of a device its PASID capability, of a space (v1, after the first attach) its formats, sizes and reserved ranges.",
  dma: "The device issues a request. The vPASID is the number that the guest programmed; the category decides what is on the wire.",
  enqcmd:
    "A guest process executes ENQCMD with its IA32_PASID, and the device does the request. The CPU translates the vPASID when it has been told to.",
  enqcmds:
    "The guest's kernel executes ENQCMDS, whose vPASID is in the descriptor, and the device does the request.",
  "set-pasid": "The guest writes IA32_PASID of a process; `none` clears its valid bit.",
  respond:
    "The answer to page requests that wait at an address: with `success` each of them runs again, with `invalid` each ends with its fault. v2 wants the device named with `for`.",
  migrate:
    "The guest moves to a fresh host of the same declaration: vPASIDs stay, pPASIDs are allocated anew, tables are rebuilt.",
  allow:
    "From here on, in the file, the owner or the scenario, the rule only informs and the machine carries on, so that the damage can be watched.",
  assert: "Says what must hold here; it changes nothing.",
};

const KVM: Readonly<Record<keyof typeof syntax.KVM_FORMS, string>> = {
  map: "Tells KVM to translate a vPASID to the global pPASID of a space. The first one turns the translation on, unless a statement has set it.",
  unmap: "Removes the slot of a vPASID from the guest's PASID translation table.",
  translation:
    "Turns the PASID translation of all CPUs of the guest on or off. Off, the guest's own number goes to the wire, and the portal of a category-5 device stays closed.",
};

const ASSERTIONS: Readonly<Record<keyof typeof syntax.ASSERTION_FORMS, string>> = {
  isolated:
    "Holds when no host-physical byte is in reach of both sides, over all addresses. A side is a device, `DEV pasid N`, `DEV pasid any`, or an owner for all its devices.",
  reaches: "Holds when every byte of the region is in reach.",
  ppasid: "Holds when that is the pPASID of the vPASID; without `pasid`, when it is the defPASID.",
  kvm: "Holds when that is the entry of the guest's PASID translation table.",
  reports: "Holds when the device reports exactly these capability flags.",
};

/** What a statement that begins with `word` does. */
export function statementHelp(word: syntax.StatementWord): WordHelp {
  return { form: syntax.FORMS[word], text: STATEMENTS[word] };
}

/** What `kvm map`, `kvm unmap` or `kvm translation` does. */
export function kvmHelp(word: keyof typeof syntax.KVM_FORMS): WordHelp {
  return { form: syntax.KVM_FORMS[word], text: KVM[word] };
}

/** When an assertion holds. */
export function assertionHelp(word: keyof typeof syntax.ASSERTION_FORMS): WordHelp {
  return { form: syntax.ASSERTION_FORMS[word], text: ASSERTIONS[word] };
}

/** What a line of a table's body does: it has no name of a space, since the statement around it has one. */
export function bodyHelp(word: keyof typeof syntax.BODY_FORMS): WordHelp {
  return { form: syntax.BODY_FORMS[word], text: STATEMENTS[word] };
}

/**
 * The call or event behind a statement, with the errnos that it can give.
 * @param statement as the table of calls has it: `attach`, `kvm map`, `bind-pgtable`
 * @returns none for declarations, and for what cannot be refused
 */
export function callsOf(statement: string): readonly CallAnswers[] {
  return CALLS.filter((call) => call.statement.split(", ").includes(statement));
}
