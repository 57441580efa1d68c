import fc from "fast-check";
import { compile, outcomeText, type RunResult, runToEnd } from "../../../engine/language/index.js";
import { Choices } from "../../helpers/choices.js";

const HARDWARE = `
iommu vtd { pasid-width 20  nesting hardware  ats  page-requests }
iommu old { pasid-width 20  nesting software }
iommu smmu { pasid-width 16  nesting hardware  pasid-table guest  format smmuv3  no-pasid bypass }
cpu { enqcmd  pasid-translation }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16  ats  page-requests }
pdev vf at 3b:00.1 behind vtd { category 4  pasid-width 16 }
pdev card at 3c:00.0 behind old { category 3  pasid-width 16 }
pdev acc at 3d:00.0 behind smmu { category 3  pasid-width 16 }
pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
mdev wq0 on dsa { category 5  queue shared }
mdev wq1 on dsa { category 2 }
mdev soft on dsa { category 1 }
`;

const DEVICES = ["nic", "vf", "card", "acc", "wq0", "wq1", "soft"];
const ACCESS = ["", " r", " rw"];

/** One statement per line, so that an outcome can be added to each. */
function sentences(choices: Choices, version: "v1" | "v2"): string {
  const address = () => choices.of(["0x0", "0x1000", "0x2000", "0x8000"]);
  const pasid = () => choices.of(["", " pasid 1", " pasid 2", " pasid 5"]);
  const child =
    version === "v1" ? "" : choices.of([" page-table", " page-table", " page-table at 0x10_0000"]);
  const spaces = ["gpa", "gva", "merged", "cds", "own"];
  const call = (device: string): string =>
    choices.of([
      () => `attach ${device} -> gpa`,
      () => `attach ${device}${pasid()} -> gva`,
      () => `attach ${device}${pasid()} -> ${choices.of(spaces)}`,
      () => `map gpa 0x0 + 64K -> ram${choices.of(ACCESS)}`,
      () =>
        `map ${choices.of(spaces)} ${address()} + 4K -> ${choices.of(["ram[0x4000]", "0x1000", "0x3000"])}`,
      () =>
        `pte gva ${address()} + 4K -> ${choices.of(["0x1000", "0x5000", "0x9_0000"])}${choices.of(ACCESS)}`,
      () => `pte gva ${address()} + 4K none`,
      () => `entry cds ${choices.of(["1", "5"])} ${choices.of(["-> gva", "none"])}`,
      () => `invalidate ${choices.of(["gva", "cds"])}`,
      () => `unmap ${choices.of(spaces)} ${choices.of(["0x0 + 64K", "0x1000 + 4K"])}`,
      () => (version === "v1" ? `bind-pgtable gva` : `info ${device}`),
      () => (version === "v1" ? `bind-pasid-table cds at 0x20_0000` : `invalidate gva 0x1000 + 4K`),
    ])();
  const event = (device: string): string =>
    choices.of([
      () => `dma ${device}${pasid()} ${choices.of(["read", "write"])} ${address()}`,
      () => `dma ${device}${pasid()} read ${address()}`,
      () => `dma ${device}${pasid()} read 0x1000 + 8K`,
      () => `call`,
      () => `detach ${device}${pasid()} from ${choices.of(spaces)}`,
      () => `respond gva ${address()} success for ${device}${pasid()}`,
      () => `enqcmd app to wq0 write ${address()}`,
      () => `kvm map vm0 pasid ${choices.of(["1", "5"])} -> gva`,
      () => `free ${choices.of(spaces)}`,
      () => `unbind ${device}`,
      () => `bind ${device} to vm0`,
      () => `set-pasid app ${choices.of(["1", "none"])}`,
      () => `migrate vm0`,
    ])();
  const some = () => choices.of(DEVICES);
  const step = () => {
    const text = event(some());
    return text === "call" ? call(some()) : text;
  };
  const used = DEVICES.filter(() => choices.below(3) > 0);
  const lines = [
    `uapi ${version}`,
    HARDWARE,
    "guest vm0 {",
    "memory ram at 0x4000_0000 + 1G",
    "process app { pasid 5 }",
    ...used.map((device) => `bind ${device}`),
    "ioasid gpa",
    ...used.map((device) => `attach ${device} -> gpa`),
    "map gpa 0x0 + 64K -> ram",
    `ioasid gva on gpa${child}`,
    "ioasid merged on gpa",
    `ioasid cds on gpa${version === "v1" ? "" : " pasid-table at 0x20_0000"}`,
    "ioasid own",
    ...choices.several(8, () => call(some())),
    "}",
    ...choices.several(3, () => ['scenario "it" {', ...choices.several(9, step), "}"].join("\n")),
  ];
  return `${lines.join("\n")}\n`;
}

/** A text run to its end; it imports nothing. */
export function runOf(text: string): RunResult {
  return runToEnd(compile("it.ioasid", { read: () => text, resolve: (_from, target) => target }));
}

/** The same text, with what comes of each statement behind it. */
export function stated(text: string): string {
  const { program, start, scenarios } = runOf(text);
  const results = [...start, ...scenarios.flatMap(({ steps }) => steps)];
  const outcomes = results.flatMap(({ step, outcome }) =>
    outcome && outcome.kind !== "ok"
      ? [{ end: step.span.end, said: outcomeText(program.platform, outcome) }]
      : [],
  );
  outcomes.sort((a, b) => b.end - a.end);
  let whole = text;
  for (const { end, said } of outcomes) {
    // What several requests came to has no one outcome.
    if (!said.includes(",")) whole = `${whole.slice(0, end)} => ${said}${whole.slice(end)}`;
  }
  return whole;
}

/** Files of the RFC with calls in any order, accepted and refused, that state what comes of each. */
export function files(version: "v1" | "v2"): fc.Arbitrary<string> {
  const tape = fc.array(fc.nat({ max: 9999 }), { minLength: 40, maxLength: 160 });
  return tape.map((choices) => stated(sentences(new Choices(choices), version)));
}
