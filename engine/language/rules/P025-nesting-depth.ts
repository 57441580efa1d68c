import type { RefusalArguments } from "../../simulator/index.js";
import { choice, type Fix } from "../fixes/fix.js";
import { besides } from "../fixes/moves.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["P025"]> = {
  id: "P025",
  title: "third level of nesting",
  severity: "error",
  message: ({ space, parent }) =>
    `${space} cannot be nested on ${parent}: ${parent} is a child itself, and the IOMMU walks two stages, not three.`,
  help: ({ space, parent }) => `Nest ${space} on the parent of ${parent}.`,
  fixes: ({ parent }, site): readonly Fix[] => {
    const name = site.statement("ioasid")?.node.parent;
    const above = site.all("ioasid").find(({ node }) => node.name?.text === parent)?.node.parent;
    if (!name || !above) return [];
    const words = besides(name, above.text);
    return [choice(`Nest it on ${above.text}`, site.replace(site.span.file, name, words))];
  },
  explanation: dedent(`
    RFC v1 leaves the depth of nesting open in concept, but hardware has two stages: the guest's table and
    the host's. A guest that wants to nest once more keeps a shadow table of its own.
  `),
  errno: ["EINVAL"],
};

export const page = (): RulePage => ({
  source: "iommufd selftest (nested on nested is EINVAL)",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        bind nic
        ioasid gpa
        attach nic -> gpa
        ioasid giova on gpa page-table
        attach nic -> giova
        ioasid deeper on giova page-table
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        bind nic
        ioasid gpa
        attach nic -> gpa
        ioasid giova on gpa page-table
        attach nic -> giova
        ioasid deeper on gpa page-table
      }
    `),
  },
});
