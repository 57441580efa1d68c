import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { syntax } from "../../engine/language/index.js";
import { completionsAt } from "../../engine/services/index.js";
import { marked } from "../helpers/cursor.js";
import { FILE, viewOf } from "../services/view.js";
import { expanded } from "./expand.js";

interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

const SNIPPETS = JSON.parse(readFileSync("snippets/ioasid.json", "utf8")) as Readonly<
  Record<string, Snippet>
>;

const FUNCTION = "pdev device at 3b:00.0 { category 3  pasid-width 16  ats  page-requests }\n";
const QUEUE = `iommu vtd { pasid-width 20  ats  page-requests }
cpu { enqcmd  pasid-translation }
pdev dsa at 6a:01.0 { pasid-width 20  ats  page-requests  enqcmd }
mdev wq0 on dsa { category 5  queue shared }
`;
const GUEST = `guest vm0 {
  memory ram at 0x4000_0000 + 1G
  bind device  bind wq0
  ioasid gpa { map 0x0 + 1G -> ram }
  attach device -> gpa  attach wq0 -> gpa
`;
const PROCESS = `  process db { pasid 7 }
  ioasid gva on gpa page-table { pte 0x7f00_0000_0000 + 2M -> 0x20_0000 }
  attach wq0 pasid 7 -> gva  attach device pasid 7 -> gva
  kvm map pasid 7 -> gva
}
`;
const SECOND =
  "pdev other at 3b:00.1 { category 0 }\nguest vm1 { memory ram at 0x4000_0000 + 1G  bind other }\n";

const inGuest = (text: string): string => `${QUEUE}${FUNCTION}${GUEST}${text}\n}\n`;
const inScenario = (text: string, others = ""): string =>
  `${QUEUE}${FUNCTION}${others}${GUEST}${PROCESS}scenario "s" {\n${text}\n}\n`;

/** Where each snippet belongs: the file around it. */
const PLACES: Readonly<Record<string, (text: string) => string>> = {
  Configuration: (text) => text,
  "VT-d IOMMU": (text) => text,
  SMMUv3: (text) => text,
  "VF under vfio-pci": (text) => text,
  "Native owner": (text) => `${FUNCTION}${text}`,
  "Nested space with a guest's page table": inGuest,
  "DMA that faults": (text) => inScenario(text),
  "Proof of isolation": (text) => inScenario(text, SECOND),
  "Page request and response": (text) => inScenario(text),
};

/** What completion needs at the `$0` of a text. */
function at(source: string): Parameters<typeof completionsAt>[0] {
  const { text, at: cursor } = marked(source);
  return { view: viewOf(text), file: FILE, text, offset: cursor() };
}

describe("the snippets", () => {
  it("are all in the table of places", () => {
    assert.deepEqual(Object.keys(SNIPPETS).sort(), Object.keys(PLACES).sort());
  });

  it("begin with different words, and each says where it belongs and what it is", () => {
    const prefixes = Object.values(SNIPPETS).map(({ prefix }) => prefix);
    assert.deepEqual([...new Set(prefixes)], prefixes);
    for (const { description } of Object.values(SNIPPETS)) assert.match(description, /^(A|An|In) [a-zA-Z]/);
  });

  it("offer nothing that the completion of the language server offers under the same word", () => {
    const words: readonly string[] = [...syntax.STATEMENT_WORDS, ...Object.keys(syntax.BODY_FORMS)];
    for (const { prefix } of Object.values(SNIPPETS)) {
      assert.ok(!words.includes(prefix), prefix);
      for (const text of ["$0", inGuest("$0"), inScenario("$0")]) {
        const labels = completionsAt(at(text)).items.map(({ label }) => label);
        assert.ok(!labels.includes(prefix), prefix);
      }
    }
  });

  for (const [name, { body }] of Object.entries(SNIPPETS)) {
    it(`"${name}" is a valid piece in its place, and its outcomes are true`, () => {
      const text = PLACES[name]?.(expanded(body)) ?? "";
      const { diagnostics = [] } = viewOf(text).result ?? {};
      const bad = diagnostics.filter(({ severity }) => severity === "error");
      assert.deepEqual(
        bad.map(({ code, message }) => `${code} ${message}`),
        [],
        text,
      );
    });
  }
});
