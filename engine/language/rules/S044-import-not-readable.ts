import type { Rule, RulePage } from "./rule.js";
import { dedent, sentence } from "./words.js";

/** A file that cannot be had. `reason` is the sentence of whoever tried. */
export type ImportNotReadable = { path: string; reason: string };

export const rule: Rule<ImportNotReadable> = {
  id: "S044",
  title: "file that cannot be read",
  severity: "error",
  message: ({ reason }) => `Nothing is imported here. ${sentence(reason)}`,
  help: () => "Write the path of a file in the same workspace folder, relative to the file that imports it.",
  explanation: dedent(`
    An import takes the declarations and owner blocks of another file. The path is relative to the importing
    file, and stays in its workspace folder: opening a file must not read anything else of the machine.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (declarations)",
  example: {
    raises: dedent(`
      import "missing.ioasid"
    `),
    avoids: dedent(`
      // everything in one file
      iommu vtd { pasid-width 20 }
    `),
  },
});
