import type { RefusalArguments } from "../../simulator/index.js";
import { choice, type Fix, safeFix } from "../fixes/fix.js";
import { besides, moveBefore } from "../fixes/moves.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["P017"]> = {
  id: "P017",
  title: "incomplete IOMMU group",
  severity: "error",
  message: ({ space, attached, missing }) =>
    `${space} takes no command while only part of an IOMMU group is attached to it: ${attached} is, and ${missing} of the same group is not.`,
  help: ({ space, missing }) => `Attach ${missing} to ${space} as well, or detach what is attached.`,
  fixes: ({ space, missing }, site): readonly Fix[] => {
    const call = site.statement("map", "unmap", "info", "invalidate", "bind-table", "ioasid", "pte");
    if (!call || missing.includes(", ")) return [];
    const name = "space" in call.node ? call.node.space : undefined;
    const moved = site.later(
      call,
      "attach",
      (node) => node.device?.text === missing && node.space?.text === space,
    );
    if (moved)
      return [
        safeFix(
          `Move \`${site.words(moved)}\` to before \`${site.name(call)}\``,
          ...moveBefore(site, moved, call),
        ),
      ];
    const words = `attach ${missing} -> ${besides(name ?? { qualifier: undefined }, space)}`;
    return [choice(`Write \`${words}\` before \`${site.name(call)}\``, site.before(call, words))];
  },
  explanation: dedent(`
    Devices of one IOMMU group can reach each other's translations, so they must share one address space.
    The RFC v1 has no call for groups: the kernel sees that some members are attached and some are not,
    and until the rest has come every command on the space is refused.

    In v2 the first bind of a member takes the whole group away from the host, and this state cannot
    occur.
  `),
  errno: ["EDEADLK"],
};

export const page = (): RulePage => ({
  source: "RFC v1 §3 (partial_devices); EDEADLK was Gunthorpe's suggestion [T-JG-0528a]",
  example: {
    raises: dedent(`
      uapi v1
      iommu vtd { pasid-width 20 }
      pdev a at 3b:00.0 behind vtd { category 0 }
      pdev b at 3b:00.1 behind vtd { category 0 }
      group g { a b }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind a  bind b
        ioasid gpa
        attach a -> gpa
        map gpa 0x0 + 1G -> ram
      }
    `),
    avoids: dedent(`
      uapi v1
      iommu vtd { pasid-width 20 }
      pdev a at 3b:00.0 behind vtd { category 0 }
      pdev b at 3b:00.1 behind vtd { category 0 }
      group g { a b }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind a  bind b
        ioasid gpa
        attach a -> gpa
        attach b -> gpa
        map gpa 0x0 + 1G -> ram
      }
    `),
  },
});
