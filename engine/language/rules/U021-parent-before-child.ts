import type { RefusalArguments } from "../../simulator/index.js";
import { attachedAt } from "../fixes/attached.js";
import { detachFirst, moveOrWrite } from "../fixes/common.js";
import type { Fix } from "../fixes/fix.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U021"]> = {
  id: "U021",
  title: "detach from a parent in use",
  severity: "error",
  message: ({ device, space, child }) =>
    `${device} cannot be detached from ${space}: it is still attached to the child ${child}.`,
  help: ({ device, child }) => `Detach ${device} from ${child} first.`,
  fixes: ({ device, child }, site): readonly Fix[] => {
    const call = site.statement("detach");
    if (!call) return [];
    const detach = site.later(
      call,
      "detach",
      (node) => node.device?.text === device && node.space?.text === child,
    );
    if (detach) return moveOrWrite(site, call, detach, undefined);
    const isChild = (node: { device: { text: string } | undefined; space: { text: string } | undefined }) =>
      node.device?.text === device && node.space?.text === child;
    return detachFirst(site, call, attachedAt(site, call, isChild));
  },
  explanation: dedent(`
    The attach to the parent is what gives a device the right to use its children. It goes last, as it
    came first.
  `),
  errno: ["EBUSY"],
  categories: [0, 1, 2, 3, 4, 5],
};

export const page = (): RulePage => ({
  source: "RFC v1 §2.1 (a child needs the attach to its parent); EBUSY is a choice",
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
        detach nic from gpa
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
        detach nic from giova
        detach nic from gpa
      }
    `),
  },
});
