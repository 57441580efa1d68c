import type { RefusalArguments } from "../../simulator/index.js";
import { moveOrWrite } from "../fixes/common.js";
import type { Fix } from "../fixes/fix.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["P021"]> = {
  id: "P021",
  title: "attach before bind",
  severity: "error",
  message: ({ device, owner }) =>
    `${device} cannot be attached: it is not bound to the IOASID fd of ${owner}.`,
  help: ({ device, owner }) => `Write \`bind ${device}\` in ${owner} before the attach.`,
  fixes: ({ device, owner }, site): readonly Fix[] => {
    const refused = site.statement("attach");
    if (!refused) return [];
    const first = site
      .all("attach")
      .find(({ node, block }) => block === refused.block && node.device?.text === device);
    const attach = first ?? refused;
    const bind = site.later(attach, "bind", (node) => node.device?.text === device);
    const words = attach.block?.kind === "scenario" ? `bind ${device} to ${owner}` : `bind ${device}`;
    return moveOrWrite(site, attach, bind, words);
  },
  explanation: dedent(`
    VFIO_ATTACH_IOASID names a space by its number alone; the fd that the number belongs to is the one the
    device was bound to. Binding is also what takes the device away from its host driver, so that DMA into
    memory of the guest is never in the hands of two drivers.
  `),
  errno: ["EINVAL"],
  categories: [0, 1, 2, 3, 4, 5],
};

export const page = (): RulePage => ({
  source: "RFC v1 §2.2, RFC v2 (VFIO_ATTACH_IOASID after VFIO_BIND)",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        ioasid gpa
        attach nic -> gpa
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        ioasid gpa
        bind nic
        attach nic -> gpa
      }
    `),
  },
});
