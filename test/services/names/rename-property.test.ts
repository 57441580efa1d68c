import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { pageOf, RULES } from "../../../engine/language/index.js";
import { nameEverywhere } from "../../../engine/services/index.js";
import { type Files, programsOf } from "../programs.js";
import { meaning, namesIn, renamed, replaced } from "./renaming.js";

/** Workspaces to rename in: the examples of every rule, right and wrong, those of the language, and one of several files. */
const WORKSPACES: readonly Files[] = [
  ...[...RULES.values()].flatMap((rule) => {
    const { raises, avoids } = pageOf(rule).example;
    return [{ "a.ioasid": raises }, { "a.ioasid": avoids }];
  }),
  ...readdirSync("examples")
    .filter((name) => name.endsWith(".ioasid"))
    .map((name) => ({ "a.ioasid": readFileSync(`examples/${name}`, "utf8") })),
  {
    "host.ioasid": `iommu vtd { pasid-width 20  nesting hardware }
pdev nic at 3b:00.0 behind vtd { category 0 }
guest vm0 { memory ram at 0x4000_0000 + 1G  ioasid gpa  bind nic }
scenario "alone" { attach nic -> gpa  dma nic read 0x0 => fault }`,
    "a.ioasid": `import "host.ioasid"
guest vm1 { memory ram at 0x4000_0000 + 1G  ioasid gpa { map 0x0 + 4K -> ram } }
scenario "both" { attach nic -> vm0.gpa  ioasid gva on vm0.gpa page-table  free gva  info vm1.gpa }`,
    "b.ioasid": `import "host.ioasid"
pdev ram at 3b:01.0 behind vtd { category 0 }
scenario "one" { attach nic -> gpa  map gpa 0x0 + 4K -> ram  dma nic read 0x0 => ram }`,
  },
];

/** Names that may mean something in their place. */
const WORDS = [
  "at",
  "behind",
  "none",
  "rw",
  "fault",
  "refused",
  "read",
  "on",
  "to",
  "queue",
  "EBUSY",
  "fresh",
];

const renaming = fc.record({
  workspace: fc.nat(WORKSPACES.length - 1),
  file: fc.nat(),
  place: fc.nat(),
  word: fc.nat(),
  known: fc.boolean(),
});

describe("renaming, whatever is renamed to whatever", () => {
  it("leaves every program what it was up to the name, and is refused only where one would change", () => {
    fc.assert(
      fc.property(renaming, ({ workspace, file, place, word, known }) => {
        const files = WORKSPACES[workspace]!;
        const names = Object.keys(files);
        const asked = names[file % names.length]!;
        const places = namesIn(files, asked);
        if (places.length === 0) return;
        const { start, name } = places[place % places.length]!;
        const candidates = known ? places.map((each) => each.name) : WORDS;
        const other = candidates[word % candidates.length]!;
        const result = renamed(files, asked, start, other);
        const found = nameEverywhere(programsOf(files, asked), asked, start);
        assert.ok(result && found);
        const after = replaced(files, found, other);
        const changed = names.filter(
          (root) => meaning(files, root, name, other) !== meaning(after, root, name, other),
        );
        if ("files" in result)
          assert.deepEqual(changed, [], `${name} to ${other} in ${JSON.stringify(files)}`);
        else if (name !== other)
          assert.notDeepEqual(changed, [], `${result.refusal} ${JSON.stringify(files)}`);
      }),
      { numRuns: 400, seed: 4 },
    );
  });
});
