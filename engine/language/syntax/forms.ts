import type { StatementWord } from "./words.js";

/** The form of each statement, as messages and the editor show it. */
export const FORMS: Readonly<Record<StatementWord, string>> = {
  uapi: "uapi v1 { pasid-policy precise }",
  import: 'import "platforms/spr.ioasid"',
  iommu: "iommu NAME { pasid-width 20  nesting hardware }",
  cpu: "cpu { enqcmd  pasid-translation }",
  pdev: "pdev NAME at 3b:00.0 [behind IOMMU] { category 3  pasid-width 16 }",
  mdev: "mdev NAME on PDEV { category 5  queue shared }",
  group: "group NAME { DEV DEV }",
  guest: "guest NAME { memory ram at 0x0 + 1G }",
  native: "native NAME { memory buffer at 0x0 + 1G }",
  scenario: 'scenario "TITLE" { dma nic read 0x1000 }',
  memory: "memory NAME at RANGE [backed-by N]",
  process: "process NAME { pasid N }",
  viommu: "viommu { pasid-width N }",
  sva: "sva DEV [as P]",
  ioasid: "ioasid NAME [on PARENT] [page-table|pasid-table [at N] [format F]] [{ … }]",
  free: "free NAME",
  ioas: "ioas NAME [{ map 0x0 + 1G -> TARGET }]",
  hwpt: "hwpt NAME on IOAS|HWPT|VIOMMU for DEV [nest-parent] [dirty-tracking] [pasid] [fault QUEUE] [data vtd-s1|smmuv3|amd [{ at N }]] [{ pte … }]",
  "fault-queue": "fault-queue NAME",
  vdevice: "vdevice NAME in VIOMMU for DEV id N",
  copy: "copy IOAS 0x0 + 1G -> IOAS at N [access]",
  "allow-iovas": "allow-iovas IOAS 0x0 + 1G",
  replace: "replace DEV [pasid N] -> IOAS|HWPT",
  destroy: "destroy NAME",
  "bind-pgtable": "bind-pgtable S [at N] [format F] [{ … }]",
  "unbind-pgtable": "unbind-pgtable S",
  "bind-pasid-table": "bind-pasid-table S [at N] [format F] [{ … }]",
  "unbind-pasid-table": "unbind-pasid-table S",
  map: "map S 0x0 + 1G -> TARGET [access]",
  unmap: "unmap S 0x0 + 1G",
  pte: "pte S 0x1000 + 4K -> TARGET [access]",
  entry: "entry TABLE N -> S",
  invalidate: "invalidate S [RANGE]",
  register: "register REGION",
  unregister: "unregister REGION",
  bind: "bind DEV [to OWNER]",
  unbind: "unbind DEV",
  attach: "attach DEV [pasid N [as P]] -> S",
  detach: "detach DEV [pasid N] from S",
  kvm: "kvm map [OWNER] pasid N -> S",
  info: "info S",
  dma: "dma DEV [pasid N] read|write|exec ADDRESS-or-RANGE [priv]",
  enqcmd: "enqcmd PROCESS to DEV read|write ADDRESS",
  enqcmds: "enqcmds OWNER pasid N to DEV read|write ADDRESS",
  "set-pasid": "set-pasid PROCESS N|none",
  respond: "respond S ADDRESS success|invalid [for DEV [pasid N]]",
  migrate: "migrate OWNER",
  allow: "allow P009",
  assert: "assert isolated A, B",
};

/** The forms that one word alone does not tell apart. */
export const KVM_FORMS = {
  map: "kvm map [OWNER] pasid N -> S",
  unmap: "kvm unmap [OWNER] pasid N",
  translation: "kvm translation [OWNER] on|off",
} as const;

export const ASSERTION_FORMS = {
  isolated: "assert isolated A, B",
  reaches: "assert reaches A -> REGION [access]",
  ppasid: "assert ppasid DEV [pasid N] == P|none",
  kvm: "assert kvm OWNER pasid N == P|none",
  reports: "assert reports DEV none | pasid [delegated] [cpu] [cpu-virt]",
} as const;

/** `viommu` with a name, which makes an object of iommufd. */
export const VIOMMU_FORM = "viommu NAME on HWPT for DEV";

export const BODY_FORMS = {
  map: "map 0x0 + 1G -> TARGET [access]",
  pte: "pte 0x1000 + 4K -> TARGET [access]",
  entry: "entry N -> S",
} as const;

export const OUTCOME_FORM = "=> OUTCOME [wire N|none]";
