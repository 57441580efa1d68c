import type { RefusalArguments } from "../../simulator/index.js";
import { choice, type Fix } from "../fixes/fix.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent, pasidText } from "./words.js";

export const rule: Rule<RefusalArguments["P029"]> = {
  id: "P029",
  title: "ENQCMD to a category-4 device",
  severity: "error",
  message: ({ device }) =>
    `${device} is of category 4 and takes no ENQCMD: its driver or the device itself translates the vPASID of an MMIO write, and neither sees the one that the CPU puts in an ENQCMD.`,
  help: ({ device }) =>
    `Let the guest submit to ${device} by MMIO (\`dma ${device} pasid N …\`); ENQCMD needs a device of category 5.`,
  fixes: ({ device }, site): readonly Fix[] => {
    const call = site.statement("enqcmd");
    const name = call?.node.process?.text;
    const process = site.platform.processes.find((each) => each.name === name);
    if (!call || process?.pasid === undefined || !call.node.access || !call.node.address) return [];
    const { start } = call.node;
    const { end } = call.node.address;
    const words = `dma ${device} pasid ${pasidText(process.pasid)} ${call.node.access.text} ${call.node.address.text}`;
    return [choice("Submit by MMIO instead", site.replace(call.file, { start, end }, words))];
  },
  explanation: dedent(`
    The categories 4 and 5 both take any vPASID and put another number on the wire. They differ in who
    translates. In category 4 it is the driver that traps the register write, or a table in the device;
    in category 5 it is the CPU, as part of ENQCMD.

    ENQCMD to a category-4 device would carry a number past the translator, which is why such a device
    does not offer a portal for it.
  `),
  errno: ["EOPNOTSUPP"],
  categories: [4],
};

export const page = (): RulePage => ({
  source: "[T-JG-0528a] (category 4 translates in the device or its driver)",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      cpu { enqcmd }
      pdev dsa at 6a:01.0 behind vtd { pasid-width 20 }
      mdev q0 on dsa { category 4 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        process db { pasid 7 }
        bind q0
        ioasid gpa
        attach q0 -> gpa
        map gpa 0x0 + 1G -> ram
        ioasid gva on gpa page-table
        attach q0 pasid 7 -> gva
        pte gva 0x1000 + 4K -> 0x2000
      }
      scenario "submit" {
        enqcmd db to q0 write 0x1000
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      cpu { enqcmd }
      pdev dsa at 6a:01.0 behind vtd { pasid-width 20 }
      mdev q0 on dsa { category 4 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        process db { pasid 7 }
        bind q0
        ioasid gpa
        attach q0 -> gpa
        map gpa 0x0 + 1G -> ram
        ioasid gva on gpa page-table
        attach q0 pasid 7 -> gva
        pte gva 0x1000 + 4K -> 0x2000
      }
      scenario "submit" {
        dma q0 pasid 7 write 0x1000
      }
    `),
  },
});
