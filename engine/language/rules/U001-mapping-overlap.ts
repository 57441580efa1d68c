import type { RefusalArguments } from "../../simulator/index.js";
import { removeCall } from "../fixes/common.js";
import { choice, type Fix } from "../fixes/fix.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U001"]> = {
  id: "U001",
  title: "overlapping mapping",
  severity: "error",
  message: ({ space, range, existing }) =>
    `${range} cannot be mapped in ${space}: ${existing} is mapped there already, and the two overlap.`,
  help: ({ space, range, existing }) =>
    range === existing
      ? `A mapping belongs to ${space} and serves every device attached to it, so map once and leave this one out; to change the target, unmap ${existing} first.`
      : `Unmap ${existing} first, or map the part of ${range} that is free.`,
  fixes: ({ space, range, existing }, site): readonly Fix[] => {
    const call = site.statement("map");
    const [other] = site.related("map");
    if (!call || !other) return [];
    const words = (text: string) => text.replace(/\s+/g, " ").replace(/ =>.*/, "");
    const isSame = words(site.words(call)) === words(site.words(other));
    if (isSame) return removeCall(site, "which is there already", true);
    const unmap = `unmap ${call.node.space ? site.text({ ...call.node.space, file: call.file }) : space} ${existing}`;
    const fixes = call.inBody
      ? []
      : [choice(`Write \`${unmap}\` before \`${site.name(call)}\``, site.before(call, unmap))];
    return range === existing
      ? [...fixes, ...removeCall(site, "whose range is mapped already", false)]
      : fixes;
  },
  explanation: dedent(`
    Each address of a space has one translation. Both type1 and iommufd refuse a mapping that meets an
    existing one, even where the two agree, so that a later unmap has one mapping to answer for.

    It is the errno that a VMM sees when several devices share a space and each tries to map the guest's
    memory into it: one map per space is enough.
  `),
  errno: ["EEXIST"],
};

export const page = (): RulePage => ({
  source: "VFIO type1 and iommufd (EEXIST on overlap)",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioasid gpa
        attach nic -> gpa
        map gpa 0x0 + 1M -> ram[0x0 + 1M]
        map gpa 0xf_f000 + 4K -> ram[0x10_0000 + 4K]
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioasid gpa
        attach nic -> gpa
        map gpa 0x0 + 1M -> ram[0x0 + 1M]
        map gpa 0x10_0000 + 4K -> ram[0x10_0000 + 4K]
      }
    `),
  },
});
