import { leaveSpaceOut } from "../fixes/declarations.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

/** A space of the start state that no device and no child stands on. */
export type SpaceUnreached = { space: string; owner: string };

export const rule: Rule<SpaceUnreached> = {
  id: "U096",
  title: "space that nothing reaches",
  severity: "warning",
  message: ({ space, owner }) =>
    `No device is ever attached to ${space} of ${owner}, and no other space is nested on it, so nothing can reach what it maps.`,
  help: ({ space }) => `Attach a device to ${space}, or leave it out.`,
  fixes: ({ space }, site) => leaveSpaceOut(site, space),
  explanation: dedent(`
    An IOASID is a table; only an attach puts it into the way of a device's requests. One without any
    attach, without children and without an entry of a guest's PASID table translates nothing, however
    complete its mappings are. Mostly an attach names another space than was meant.

    It is not said of a space that a scenario works with, nor where the file binds no device at all.
  `),
};

export const page = (): RulePage => ({
  source: "RFC v1 §1: routing information comes with the attach, not with the IOASID",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioasid gpa { map 0x0 + 1G -> ram }
        ioasid giova { map 0x0 + 1M -> ram[0x0 + 1M] }
        attach nic -> gpa
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioasid gpa { map 0x0 + 1G -> ram }
        ioasid giova on gpa page-table
        attach nic -> gpa
        attach nic -> giova
      }
    `),
  },
});
