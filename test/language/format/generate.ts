import fc from "fast-check";
import { Choices } from "../../helpers/choices.js";

const NUMBERS = ["0", "7", "0x1000", "0x20_0000", "4K", "2M", "0x4000_0000", "1_000"];
const ACCESS = ["", "r", "w", "rw", "rx", "rwx"];
const DEVICES = ["nic", "vf", "wq0", "wq1"];
const SPACES = ["gpa", "gva", "other", "vm0.gpa", "vm1.far"];
const OWNERS = ["vm0", "vm1"];
const OUTCOMES = [
  "ok",
  "EBUSY",
  "ram",
  "vm0.ram[0x1000]",
  "ram[0x0 + 4K]",
  "ram[0x0..0xfff]",
  "0x1_0000_1000",
  "fault",
  "fault no-pasid-entry",
  "fault 0x59 wire 7",
  "page-request wire none",
  "vm-exit 72",
  "#gp",
  "refused",
];
const STREWN = ["", " ", " ", " ", "\n", "\t", "  \n", "\n\n", "\n \n\n", "\r\n"];
const COMMENTS = [
  " // a note\n",
  "/* here */",
  "\n// above\n",
  "\n\n  /* two\n     lines */\n",
  "//\n",
  " // ioasid-ignore P010 -- so\n",
  "\n/* ioasid-ignore U090 */",
];

/** The tokens of a valid file, parted by single blanks; names are declared, but calls may be refused. */
function sentences(choices: Choices): string {
  const range = () =>
    `0x${choices.below(9)}000 ${choices.of(["+ 4K", "+ 0x2_0000", "..0x1f_ffff", ".. 0x9fff"])}`;
  const pasid = () => choices.maybe(`pasid ${choices.below(9)}`);
  const target = () =>
    choices.of(["ram", "ram[0x1000]", "ram[0x0 + 4K]", "0x2000", "vm1.far-ram [ 4K .. 0x1fff ]"]);
  const comma = () => choices.of(["", "", ","]);
  const listed = (items: readonly string[]) => items.map((item) => `${item} ${comma()}`).join(" ");
  const body = () =>
    `{ ${choices.several(4, () => `pte ${range()} -> ${target()} ${choices.of(ACCESS)}`).join(" ")} }`;
  const block = (words: readonly string[]) => `{ ${listed(choices.several(4, (i) => words[i]!))} }`;
  const step = (): string => {
    const device = choices.of(DEVICES);
    const space = choices.of(SPACES);
    const owner = choices.of(OWNERS);
    return choices.of([
      () =>
        `ioasid fresh${choices.below(99)} on ${space} page-table at 0x8000 ${choices.maybe("format vtd")} ${body()}`,
      () => `map ${space} ${range()} -> ${target()} ${choices.of(ACCESS)}`,
      () => `unmap ${space} ${range()}`,
      () => `pte ${space} ${range()} ${choices.of(["none", "-> 0x7000 rw"])}`,
      () => `entry ${space} 5 ${choices.of(["none", "-> gva"])}`,
      () => `invalidate ${space} ${choices.maybe(range())}`,
      () => `register ${choices.of(["ram", "ram[0x0 + 4K]"])}`,
      () => `bind ${device} to ${owner}`,
      () => `attach ${device} pasid ${choices.below(9)} ${choices.maybe("as 9")} -> ${space}`,
      () => `detach ${device} ${pasid()} from ${space}`,
      () => `kvm ${choices.of(["map", "map"])} ${owner} pasid 7 -> ${space}`,
      () => `kvm translation ${owner} ${choices.of(["on", "off"])}`,
      () => `bind-pgtable ${space} ${choices.maybe("at 0x9000")} ${choices.maybe(body())}`,
      () => `info ${choices.of([device, space])}`,
      () =>
        `dma ${device} ${pasid()} ${choices.of(["read", "write", "exec"])} ${choices.of([range(), "0x1000"])} ${choices.maybe("priv")}`,
      () => `enqcmd app to ${device} read ${choices.of(NUMBERS)}`,
      () => `enqcmds ${owner} pasid 7 to ${device} write 0x1000`,
      () => `set-pasid app ${choices.of(["none", "9"])}`,
      () =>
        `respond ${space} 0x1000 ${choices.of(["success", "invalid"])} ${choices.maybe(`for ${device} pasid 7`)}`,
      () => `free ${space}`,
      () => `migrate ${owner}`,
      () => `allow P0${choices.of(["09", "11", "28"])}`,
    ])();
  };
  const stated = () => `${step()} ${choices.maybe(`=> ${choices.of(OUTCOMES)}`)}`;
  const assertion = () =>
    `assert ${choices.of([
      "isolated vm0, vm1",
      "isolated nic pasid any vf",
      "reaches nic -> ram[0x0 + 4K] rw",
      "ppasid nic pasid 7 == none",
      "kvm vm0 pasid 7 == 2",
      "reports wq0 pasid delegated, cpu cpu-virt",
    ])}`;
  const iommu = [
    "pasid-width 20",
    "nesting hardware",
    "ats",
    "page-requests",
    "page-sizes 4K, 2M 1G",
    "reserved 0xfee0_0000 + 1M",
  ];
  const parts = [
    choices.of(["", "uapi v1", "uapi v2 { pasid-policy precise kvm-map ioasid }"]),
    `iommu vtd { ${listed(choices.several(6, (i) => iommu[i]!))} }`,
    choices.maybe("cpu { enqcmd pasid-translation }"),
    `pdev dsa at 6a:01.0 behind vtd ${block(["pasid-width 20", "enqcmd", "ats", "page-requests"])}`,
    `pdev nic at 0000:3b:00.1 behind vtd { category 3 pasid-width 16 ${choices.maybe("ats page-requests")} }`,
    `pdev vf at 3b:00.2 { category 3 pasid-width 16 hide pasid ${choices.maybe("hide enqcmd")} }`,
    "mdev wq0 on dsa { category 5 queue shared } mdev wq1 on dsa { category 4 }",
    choices.maybe("group slot { nic, vf }"),
    `guest vm0 { memory ram at 0x4000_0000 + 1G ${choices.maybe("backed-by 0x8_0000_0000")} process app { pasid 7 }`,
    "ioasid gpa { map 0x0 + 1M -> ram } ioasid gva on gpa page-table ioasid other",
    `${choices.maybe("viommu { pasid-width 16 }")} bind nic bind wq0 attach nic -> gpa`,
    `${choices.several(6, stated).join(" ")} }`,
    `guest vm1 { memory far-ram at 0x0 + 1G ioasid far ${choices.several(3, stated).join(" ")} }`,
    ...choices.several(
      3,
      (i) =>
        `scenario "case ${i}" { ${choices.several(6, () => choices.of([stated, assertion])()).join(" ")} }`,
    ),
  ];
  return parts.join(" ");
}

/** The same tokens with other blanks and, where `comments` says so, comments between them. */
function strewn(text: string, choices: Choices, comments: boolean): string {
  const tokens = text.match(/"[^"]*"|->|=>|==|\.\.|[{}[\],+]|(?:[^\s{}[\],+".=-]|\.(?!\.)|-(?!>))+/g) ?? [];
  let out = "";
  let before = "{";
  for (const token of tokens) {
    const comment = comments && choices.below(12) === 1;
    const gap = comment ? choices.of(COMMENTS) : choices.of(STREWN);
    out += gap === "" && !isMark(token) && !isMark(before) ? " " : gap;
    out += token;
    before = token;
  }
  return out;
}

function isMark(token: string): boolean {
  return /^(?:->|=>|==|\.\.|[{}[\],+])$/.test(token);
}

const tapes = fc.array(fc.nat(9999), { maxLength: 400 });

/** A valid text, and its tokens strewn over lines in two other ways, the second with comments among them. */
export const validTexts = fc.tuple(tapes, tapes, tapes).map(([first, second, third]) => {
  const text = sentences(new Choices(first));
  return {
    text,
    strewn: strewn(text, new Choices(second), false),
    commented: strewn(text, new Choices(third), true),
  };
});
