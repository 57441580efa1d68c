import type { RefusalArguments } from "../../simulator/index.js";
import { attachedAt } from "../fixes/attached.js";
import { detachFirst } from "../fixes/common.js";
import type { Fix } from "../fixes/fix.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["P016"]> = {
  id: "P016",
  title: "free of a space in use",
  severity: "error",
  message: ({ space, devices, children }) =>
    children === ""
      ? `${space} cannot be freed: it still has ${devices} attached.`
      : devices === ""
        ? `${space} cannot be freed: it is still the parent of ${children}.`
        : `${space} cannot be freed: it still has ${devices} attached, and it is the parent of ${children}.`,
  help: ({ space }) => `Detach all devices from ${space} and free its children first.`,
  fixes: ({ space, children }, site): readonly Fix[] => {
    const free = site.statement("free");
    if (!free || children !== "") return [];
    return detachFirst(
      site,
      free,
      attachedAt(site, free, (node) => node.space?.text === space),
    );
  },
  explanation: dedent(`
    A space that is freed under a device would leave the IOMMU with a pointer to a table that is gone, and
    a child with a parent that no longer limits it. So every user goes first: detach the devices, free
    the children, then the space.
  `),
  errno: ["EBUSY"],
};

export const page = (): RulePage => ({
  source: "IOMMU_DESTROY (EBUSY while referenced)",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        bind nic
        ioasid gpa
        attach nic -> gpa
        free gpa
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        bind nic
        ioasid gpa
        attach nic -> gpa
        detach nic from gpa
        free gpa
      }
    `),
  },
});
