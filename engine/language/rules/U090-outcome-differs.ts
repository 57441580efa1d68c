import { choice, type Fix } from "../fixes/fix.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent, sentence } from "./words.js";

/**
 * What a statement was to give and what it gave, in the words of the language; `reason` is a sentence
 * about the outcome or "", and `stated` is false where nothing was written and success was expected.
 */
export type OutcomeDiffers = { expected: string; actual: string; reason: string; stated: boolean };

/** What makes a request go through that ended in a fault of a name. */
const ADVICE: Readonly<Record<string, string>> = {
  "no-pasid-entry":
    "Attach the device to a space with the PASID that it sends, or let it send one that is attached;",
  "not-mapped":
    "Map the address in the space that the request went through, or send one that is mapped there;",
  "no-access": "Give the mapping the right that the request needs;",
  "pasid-too-big": "Let the device send a PASID that the table can hold;",
};

function advice(actual: string): string | undefined {
  const [, fault] = /^fault ([\w-]+)/.exec(actual) ?? [];
  return fault === undefined ? undefined : ADVICE[fault];
}

export const rule: Rule<OutcomeDiffers> = {
  id: "U090",
  title: "outcome other than stated",
  severity: "error",
  message: ({ expected, actual, reason, stated }) =>
    `${stated ? `Stated was ${expected}, but the outcome is ${actual}.` : `This was to succeed, but the outcome is ${actual}.`}${reason === "" ? "" : ` ${sentence(reason)}`}`,
  help: ({ actual }) =>
    `${advice(actual) ?? "Correct the configuration,"} or write \`=> ${actual}\` if this is what should happen.`,
  fixes: ({ actual, stated }, site): readonly Fix[] => {
    // Without a statement of its own at the place, it is the outcome's; a longer answer is no outcome.
    if (!/^[\w#.[\] -]+$/.test(actual)) return [];
    const title = `State \`=> ${actual}\`, if this is what should happen`;
    if (stated) return [choice(title, site.instead(`=> ${actual}`))];
    return [choice(title, site.instead(`${site.text(site.span)} => ${actual}`))];
  },
  explanation: dedent(`
    A statement may say with \`=>\` what comes of it; one that does not must succeed. The outcome that the
    machine gives is compared with that, the PASID on the wire included if \`wire\` is written.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (outcomes)",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        bind nic
        ioasid gpa
        attach nic -> gpa
      }
      scenario "read" {
        dma nic read 0x1000
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        bind nic
        ioasid gpa
        attach nic -> gpa
      }
      scenario "read" {
        dma nic read 0x1000                  => fault not-mapped
      }
    `),
  },
});
