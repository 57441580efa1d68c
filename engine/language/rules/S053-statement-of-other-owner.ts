import { otherOwner } from "../fixes/owners.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

/** A statement that this kind of owner cannot make. `kind` is what the owner is. */
export type StatementOfOtherOwner = { statement: string; owner: string; kind: string };

export const rule: Rule<StatementOfOtherOwner> = {
  id: "S053",
  title: "statement of another kind of owner",
  severity: "error",
  message: ({ statement, owner, kind }) =>
    kind === "native"
      ? `\`${statement}\` is for guests, and ${owner} is a native owner: it has no KVM and no guest processes.`
      : `\`${statement}\` is for native owners, and ${owner} is a guest: a VMM shares its own address space with no device.`,
  help: ({ kind }) =>
    kind === "native"
      ? "Declare the owner as a `guest`, or remove the statement."
      : "Declare the owner as `native`, or map the memory with an IOASID.",
  fixes: ({ statement, owner, kind }, site) => otherOwner(site, statement, owner, kind),
  explanation: dedent(`
    A \`guest\` is a VMM with an IOASID fd and a KVM fd. A \`native\` owner is a user-space driver: one fd, its own
    process address space, and no virtual CPU that could execute ENQCMD.
  `),
};

export const page = (): RulePage => ({
  source: "RFC v1 §2.3, docs/language.md (declarations)",
  example: {
    raises: dedent(`
      native dpdk { process p { pasid 7 } }
    `),
    avoids: dedent(`
      guest vm0 { process p { pasid 7 } }
    `),
  },
});
