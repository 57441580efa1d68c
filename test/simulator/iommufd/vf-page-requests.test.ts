import assert from "node:assert/strict";
import { disagreements, runText } from "../../helpers/marks.js";

const HOST = `uapi iommufd
iommu vtd { pasid-width 20  nesting hardware  ats  page-requests }
pdev pf at 3b:00.0 behind vtd { category 3  pasid-width 16  ats  page-requests }
pdev vf at 3b:00.1 { vf of pf  category 3 }
pdev plain at 5e:00.0 behind vtd { category 3  pasid-width 16 }
pdev plainvf at 5e:00.1 { vf of plain  category 3 }
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  bind pf  bind vf  bind plain  bind plainvf
  ioas io { map 0x0 + 1G -> ram }
  fault-queue faults
  hwpt rid on io for pf nest-parent pasid
  hwpt table on rid for pf pasid fault faults data vtd-s1
  hwpt quiet on rid for pf pasid data vtd-s1
}
`;

/** Steps on that host, each stating what comes of it. */
function comesTo(...steps: string[]): void {
  const told = disagreements(runText(`${HOST}scenario "it" {\n${steps.join("\n")}\n}\n`));
  // What one of them leaves unused on the host that all of them share is not its matter.
  assert.deepEqual(
    told.filter((each) => !/U09[5-8] warning/.test(each)),
    [],
  );
}

/** `iommufd_hwpt_compatible_device`: a VF shares the page request interface of its PF, which nobody coordinates. */
describe("a VF whose PF has page requests", () => {
  it("takes no page table with a fault queue, at its RID, at a PASID, and in a replace", () =>
    comesTo(
      "attach vf -> table => EINVAL",
      "attach vf -> rid",
      "attach vf pasid 5 -> table => EINVAL",
      "replace vf -> table => EINVAL",
      "attach vf pasid 5 -> quiet",
      "replace vf pasid 5 -> table => EINVAL",
      "replace vf pasid 5 -> quiet",
    ));

  it("is refused for that before its PASID is looked at", () =>
    assert.match(
      runText(`${HOST}scenario "it" { attach vf pasid 0x1_0000 -> table }`)
        .diagnostics.map(({ code }) => code)
        .join(),
      /U148/,
    ));

  it("is refused as the first of its group alone, as its PF and a VF without page requests never are", () =>
    comesTo(
      "attach pf -> table",
      "attach plain -> rid",
      "attach plainvf -> table",
      "attach plain pasid 3 -> table",
    ));
});
