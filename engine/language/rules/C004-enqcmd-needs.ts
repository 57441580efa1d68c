import { choice, type Fix } from "../fixes/fix.js";
import { giveCpu, hardware, setProperty } from "../fixes/properties.js";
import type { RulePage } from "./rule.js";
import type { Shape, ShapeCase, ShapeRule } from "./shape.js";
import { dedent } from "./words.js";

/** What a category-5 device lacks: ENQCMD in its parent, a kind of queue, or a CPU that translates. */
export type EnqcmdNeeds = { device: string; parent: string; lack: "enqcmd" | "queue" | "cpu" };

export const rule: ShapeRule<EnqcmdNeeds> = {
  id: "C004",
  title: "category 5 without its hardware",
  severity: "error",
  message: ({ device, parent, lack }) => {
    if (lack === "enqcmd")
      return `${device} is of category 5, and its parent ${parent} does not accept ENQCMD.`;
    if (lack === "queue")
      return `${device} is of category 5, and nothing says whether its queue is shared or dedicated.`;
    return `${device} is of category 5, and the host CPU cannot execute ENQCMD with PASID translation.`;
  },
  help: ({ device, parent, lack }) => {
    if (lack === "enqcmd") return `Write \`enqcmd\` in the declaration of ${parent}.`;
    if (lack === "queue")
      return `Write \`queue shared\` or \`queue dedicated\` in the declaration of ${device}.`;
    return "Write `cpu { enqcmd  pasid-translation }`.";
  },
  fixes: ({ device, parent, lack }, site): readonly Fix[] => {
    if (lack === "cpu") return giveCpu(site);
    const declared = lack === "enqcmd" ? hardware(site, ["pdev"], parent) : hardware(site, ["mdev"], device);
    if (!declared) return [];
    if (lack === "queue") {
      return ["shared", "dedicated"].map((queue) =>
        choice(`Write \`queue ${queue}\``, setProperty(site, declared, "queue", queue)),
      );
    }
    return [
      choice(`Give ${parent} \`enqcmd\`, if the hardware has it`, setProperty(site, declared, "enqcmd")),
    ];
  },
  explanation: dedent(`
    A category-5 device takes the PASID from the payload of ENQCMD. The function has to accept deferrable
    memory writes, and the CPU has to translate the guest's vPASID to a pPASID on the way, since nothing
    behind it does.
  `),
  categories: [5],
  check,
};

export const page = (): RulePage => ({
  source: "RFC v1 §4, RFC v2 §1.4.2, Intel SIOV",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20 }
      cpu { enqcmd  pasid-translation }
      pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
      mdev wq0 on dsa { category 5 }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20 }
      cpu { enqcmd  pasid-translation }
      pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
      mdev wq0 on dsa { category 5  queue shared }
    `),
  },
});

function* check({ platform }: Shape): Generator<ShapeCase<EnqcmdNeeds>> {
  const { cpu } = platform;
  for (const { name, kind, category, wire, enqcmd, queue, origin } of platform.devices) {
    const parent = platform.devices[wire];
    if (category !== 5 || kind !== "mdev" || !parent) continue;
    const facts = { device: name, parent: parent.name };
    const atParent = [{ origin: parent.origin, message: `${parent.name} is declared here` }];
    if (!enqcmd) yield { facts: { ...facts, lack: "enqcmd" }, origin, related: atParent };
    if (queue === undefined) yield { facts: { ...facts, lack: "queue" }, origin, related: [] };
    if (cpu.enqcmd && cpu.pasidTranslation) continue;
    const atCpu = [{ origin: cpu.origin, message: "this is what the CPU can do" }];
    yield { facts: { ...facts, lack: "cpu" }, origin, related: atCpu };
  }
}
