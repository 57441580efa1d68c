import { stateFound } from "../fixes/assertions.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent, sentence } from "./words.js";

/** What was asserted, what it says, and what holds instead, each as a phrase. */
export type AssertionFailed = { assertion: string; expected: string; actual: string };

export const rule: Rule<AssertionFailed> = {
  id: "U091",
  title: "failed assertion",
  severity: "error",
  message: ({ assertion, expected, actual }) =>
    sentence(`"${assertion}" does not hold. Stated: ${expected}. Found: ${actual}`),
  help: () => "Correct the configuration, or the assertion if what was found is right.",
  fixes: ({ actual }, site) => stateFound(site, actual),
  explanation: dedent(`
    An assertion states something about all of the machine that no single statement shows: which pPASID a
    vPASID became, what a device reports, what it can reach, and that two devices or owners can reach
    nothing in common. The proofs cover all addresses, so one counterexample is shown with the statements
    that lead to it.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (assertions)",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        bind nic
        ioasid gpa
        attach nic -> gpa
        ioasid gva on gpa page-table
        attach nic pasid 7 -> gva
      }
      scenario "number on the wire" {
        assert ppasid nic pasid 7 == 8
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        bind nic
        ioasid gpa
        attach nic -> gpa
        ioasid gva on gpa page-table
        attach nic pasid 7 -> gva
      }
      scenario "number on the wire" {
        assert ppasid nic pasid 7 == 7
      }
    `),
  },
});
