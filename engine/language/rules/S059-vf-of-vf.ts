import { physicalFunctionOf } from "../fixes/declarations.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

/** A virtual function whose physical function is none. */
export type VfOfVf = { device: string; physical: string; self: boolean };

export const rule: Rule<VfOfVf> = {
  id: "S059",
  title: "VF without a PF",
  severity: "error",
  message: ({ device, physical, self }) =>
    self
      ? `${device} cannot be a VF of itself.`
      : `${device} cannot be a VF of ${physical}, which is a VF itself.`,
  help: () => "Name the physical function that provides the VF.",
  fixes: ({ physical, self }, site) => (self ? [] : physicalFunctionOf(site, physical)),
  explanation: dedent(`
    A physical function provides virtual functions, and they share its PASID capability. A virtual function
    provides none.
  `),
};

export const page = (): RulePage => ({
  source: "PCIe SR-IOV; pci_enable_pasid (VFs share the setting of the PF)",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20 }
      pdev pf at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      pdev vf0 at 3b:00.1 behind vtd { category 3  vf of pf }
      pdev vf1 at 3b:00.2 behind vtd { category 3  pasid-width 16  vf of vf0 }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20 }
      pdev pf at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      pdev vf0 at 3b:00.1 behind vtd { category 3  vf of pf }
      pdev vf1 at 3b:00.2 behind vtd { category 3  vf of pf }
    `),
  },
});
