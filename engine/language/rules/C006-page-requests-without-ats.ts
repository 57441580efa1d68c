import { choice, type Fix } from "../fixes/fix.js";
import { dropProperty, hardware, propertyIn, setProperty } from "../fixes/properties.js";
import type { RulePage } from "./rule.js";
import type { Shape, ShapeCase, ShapeRule } from "./shape.js";
import { dedent } from "./words.js";

/** A function or an IOMMU with PRI and without ATS. */
export type PageRequestsWithoutAts = { holder: string };

export const rule: ShapeRule<PageRequestsWithoutAts> = {
  id: "C006",
  title: "page requests without ATS",
  severity: "error",
  message: ({ holder }) =>
    `${holder} has \`page-requests\` without \`ats\`, and a page request is a message of ATS.`,
  help: ({ holder }) => `Write \`ats\` too, or remove \`page-requests\` from ${holder}.`,
  fixes: ({ holder }, site): readonly Fix[] => {
    const declared = hardware(site, ["iommu", "pdev"], holder);
    const property = declared && propertyIn(declared, "page-requests");
    if (!declared || !property) return [];
    return [
      choice("Write `ats` too", setProperty(site, declared, "ats")),
      choice("Remove `page-requests`", dropProperty(site, declared, property)),
    ];
  },
  explanation: dedent(`
    The page request interface is an extension of address translation services: a device asks for a page
    after a translation request found none.
  `),
  check,
};

export const page = (): RulePage => ({
  source: "PCIe ATS and PRI; iommu_sva_bind_device (PASID, ATS and PRI enabled)",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20  ats  page-requests }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16  page-requests }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20  ats  page-requests }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16  ats  page-requests }
    `),
  },
});

function* check({ platform, virtualFunctions }: Shape): Generator<ShapeCase<PageRequestsWithoutAts>> {
  const inherits = new Set(virtualFunctions.map(({ device }) => device));
  for (const { name, ats, pageRequests, origin } of platform.iommus) {
    if (pageRequests && !ats) yield { facts: { holder: name }, origin, related: [] };
  }
  for (const [index, { name, kind, ats, pageRequests, origin }] of platform.devices.entries()) {
    if (kind === "mdev" || inherits.has(index) || ats || !pageRequests) continue;
    yield { facts: { holder: name }, origin, related: [] };
  }
}
