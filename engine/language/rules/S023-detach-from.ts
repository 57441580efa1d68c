import { safeFix } from "../fixes/fix.js";
import type { SyntaxFacts } from "../syntax/issues.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<SyntaxFacts["S023"]> = {
  id: "S023",
  title: "detach of iommufd names a space",
  severity: "error",
  message: () => "A detach of iommufd takes whatever is attached, so it names no object behind `from`.",
  help: () => "Write `detach DEV`, or `detach DEV pasid N`.",
  fixes: (_, site) => [safeFix("Name the device alone", site.instead(""))],
  explanation: dedent(`
    VFIO_DETACH_IOASID of the RFC has the IOASID as its argument. VFIO_DEVICE_DETACH_IOMMUFD_PT has the
    PASID, or nothing for the RID.
  `),
};

export const page = (): RulePage => ({
  source: "VFIO_DEVICE_DETACH_IOMMUFD_PT (argsz, flags, pasid)",
  example: {
    raises: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x0 + 1G
        bind nic
        ioas gpa { map 0x0 + 1G -> ram }
        attach nic -> gpa
        detach nic from gpa
      }
    `),
    avoids: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x0 + 1G
        bind nic
        ioas gpa { map 0x0 + 1G -> ram }
        attach nic -> gpa
        detach nic
      }
    `),
  },
});
