import { choice } from "../fixes/fix.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

/** A device that cannot be in a group. `other` is the group that has it; `mdev` says that it is none of the fabric. */
export type GroupMember = { device: string; group: string; other: string | undefined; mdev: boolean };

export const rule: Rule<GroupMember> = {
  id: "S051",
  title: "impossible group member",
  severity: "error",
  message: ({ device, group, other, mdev }) =>
    mdev
      ? `${device} cannot be in the group ${group}: an mdev is isolated by its PASID, and is alone in its own group.`
      : `${device} cannot be in the group ${group}: it is in ${other ?? group} already.`,
  help: ({ device, group }) => `Take ${device} out of ${group}.`,
  fixes: ({ device, group }, site) => [
    choice(`Take ${device} out of ${group}`, site.removePart(site.span.file, site.span)),
  ],
  explanation: dedent(`
    An IOMMU group is what the fabric cannot tell apart: functions behind a bridge without ACS. It is a
    property of where a function sits, so each is in exactly one.
  `),
};

export const page = (): RulePage => ({
  source: "RFC v1 §1, [T-JG-0528a]",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      group left { nic }
      group right { nic }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      group left { nic }
    `),
  },
});
