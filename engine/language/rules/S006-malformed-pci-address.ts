import type { SyntaxFacts } from "../syntax/issues.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<SyntaxFacts["S006"]> = {
  id: "S006",
  title: "malformed PCI address",
  severity: "error",
  message: ({ found, reason }) => {
    if (reason === "device") return `In the PCI address \`${found}\` the device number is above 1f.`;
    if (reason === "function") return `In the PCI address \`${found}\` the function number is above 7.`;
    return `\`${found}\` is not a PCI address.`;
  },
  help: () =>
    "Write bus, device and function as `3b:00.0`, with the domain in front where there are several: `0000:3b:00.0`.",
  explanation: dedent(`
    A PCI address is \`[domain:]bus:device.function\`: 4 to 8 hexadecimal digits of the domain, two of the bus, two of the
    device (0 to 1f) and one of the function (0 to 7), as \`lspci\` prints it.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (lexical rules)",
  example: {
    raises: dedent(`
      iommu vtd { }
      pdev nic at 3b:20.0 behind vtd { }
    `),
    avoids: dedent(`
      iommu vtd { }
      pdev nic at 3b:00.0 behind vtd { }
    `),
  },
});
