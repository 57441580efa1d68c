/** Hosts that have something for every call to stumble over, one for each version of the calls. */
interface Setting {
  /** The whole file, with lines in the block of `vm0`, and with a scenario. */
  file(inGuest: string, inScenario: string): string;
}

const V2: Setting = {
  file: (inGuest, inScenario) => `
    iommu vtd { pasid-width 20  ats  page-requests  nesting hardware  reserved 0xfee0_0000 + 1M }
    iommu smmu { pasid-width 20  pasid-table guest }
    cpu { enqcmd  pasid-translation }
    pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
    pdev arm at 01:00.0 behind smmu { category 3  pasid-width 16 }
    pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd  ats  page-requests }
    mdev wq0 on dsa { category 5  queue shared }
    guest vm1 {
      memory ram1 at 0x4000_0000 + 1G
      ioasid foreign
      ioasid fgva on foreign page-table
    }
    guest vm0 {
      memory ram at 0x4000_0000 + 1G
      process app { pasid 7 }
      ioasid gpa { map 0x0 + 1G -> ram }
      bind nic  bind wq0  bind arm
      attach nic -> gpa  attach wq0 -> gpa
      ioasid gva on gpa page-table
      ioasid cds on gpa pasid-table
      ioasid old on gpa page-table
      ioasid oldroot
      ${inGuest}
    }
    scenario "a call is refused" {
      ${inScenario}
    }
  `,
};

const V1: Setting = {
  file: (inGuest, inScenario) => `
    uapi v1
    iommu vtd { pasid-width 20  nesting hardware }
    pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
    pdev mate at 3b:00.1 behind vtd { category 3  pasid-width 16 }
    group slot { nic mate }
    pdev lone at 4b:00.1 behind vtd { category 3  pasid-width 16 }
    guest vm1 {
      memory ram1 at 0x4000_0000 + 1G
      ioasid foreign
    }
    guest vm0 {
      memory ram at 0x4000_0000 + 1G
      bind nic  bind mate  bind lone
      ioasid gpa
      attach lone -> gpa
      map gpa 0x0 + 1G -> ram
      ioasid gva on gpa
      attach lone pasid 5 -> gva
      ioasid part
      attach nic -> part
      ioasid fresh
      ioasid old
      ${inGuest}
    }
    scenario "a call is refused" {
      ${inScenario}
    }
  `,
};

const inScenario = (setting: Setting, lines: readonly string[]) =>
  lines.map((line) => setting.file("", line));
const inGuest = (setting: Setting, lines: readonly string[]) => lines.map((line) => setting.file(line, ""));

/** One number for two slices: the second one cannot be bound. */
const WIDTH_OF_ONE_BIT = `
  iommu vtd { pasid-width 20 }
  pdev dsa at 6a:01.0 behind vtd { pasid-width 1 }
  mdev first on dsa { category 2 }
  mdev second on dsa { category 2 }
  guest vm0 { bind first  bind second }
`;

const NO_TRANSLATION = `
  guest vm0 { }
  scenario "a host CPU that translates nothing" { kvm unmap vm0 pasid 7 }
`;

const PENDING = `
  iommu vtd { ats  page-requests }
  pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16  ats  page-requests }
  guest vm0 {
    memory ram at 0x4000_0000 + 1G
    ioasid gpa { map 0x0 + 1G -> ram }
    ioasid gva on gpa page-table
    bind nic
    attach nic -> gpa
    attach nic pasid 7 -> gva
  }
  scenario "a request waits" {
    dma nic pasid 7 read 0x1000 => page-request
    migrate vm0
  }
`;

const CATEGORY_4 = `
  cpu { enqcmd  pasid-translation }
  iommu vtd { }
  pdev dsa at 6a:01.0 behind vtd { pasid-width 20 }
  mdev slice on dsa { category 4 }
  guest vm0 { bind slice }
  scenario "a kernel of the guest submits" { enqcmds vm0 pasid 7 to slice write 0x0 }
`;

/**
 * Files that each get a refusal which neither an example of a rule nor a fixture has: the same rule, met by
 * another call.
 */
export const WITNESSES: readonly string[] = [
  ...inScenario(V2, [
    "free old  detach nic pasid 9 from old",
    "free oldroot  unmap oldroot 0x0 + 4K",
    "free oldroot  ioasid child on oldroot page-table",
    "free old  pte old 0x0 + 4K -> 0x0",
    "free old  invalidate old",
    "free old  entry cds 5 -> old",
    "free old  kvm map vm0 pasid 7 -> old",
    "free old  respond old 0x0 success",
    "entry cds 5 -> vm1.fgva",
    "entry cds 0x10_0000 -> gva",
    "unmap gva 0x0 + 4K",
    "pte gva 0x1_0000_0000_0000 + 4K -> 0x0",
    "pte gva 0x1 + 4K -> 0x0",
    "pte gva 0x0 + 4K -> ram1",
    "kvm map vm0 pasid 0x10_0000 -> gva",
    "kvm unmap vm0 pasid 0x10_0000",
  ]),
  ...inGuest(V2, [
    "free vm1.foreign",
    "unmap vm1.foreign 0x0 + 4K",
    "pte vm1.fgva 0x0 + 4K -> 0x0",
    "invalidate vm1.fgva",
    "detach nic from vm1.foreign",
    "respond vm1.fgva 0x0 success",
  ]),
  ...inScenario(V1, [
    "free part",
    "invalidate part",
    "bind-pgtable part",
    "unbind-pgtable part",
    "invalidate fresh",
    "unbind-pgtable fresh",
    "entry gva 5 -> gva",
    "free old  info old",
    "free old  bind-pgtable old",
    "free old  unbind-pgtable old",
  ]),
  ...inGuest(V1, [
    "info vm1.foreign",
    "bind-pgtable vm1.foreign",
    "unbind-pgtable vm1.foreign",
    "register vm1.ram1",
  ]),
  WIDTH_OF_ONE_BIT,
  NO_TRANSLATION,
  PENDING,
  CATEGORY_4,
  // A host process and devices of its own.
  nativeFile("sva dsa  sva dsa", ""),
  nativeFile("sva dsa as 5  sva dsa2 as 6", ""),
  nativeFile("sva tiny as 5", ""),
  nativeFile("sva tiny", "sva tiny"),
  nativeFile("sva dsa as 5", "sva dsa as 5"),
];

/** Two host processes that bind their page tables to the same functions. */
function nativeFile(first: string, second: string): string {
  return `
    iommu vtd { pasid-width 20  ats  page-requests }
    pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd  ats  page-requests }
    pdev dsa2 at 6c:01.0 behind vtd { pasid-width 20  enqcmd  ats  page-requests }
    pdev tiny at 6b:01.0 behind vtd { pasid-width 1  ats  page-requests }
    native tool {
      memory heap at 0x4000_0000 + 1G
      ${first}
    }
    native tool2 {
      memory heap2 at 0x4000_0000 + 1G
      ${second}
    }
  `;
}
