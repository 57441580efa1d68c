import assert from "node:assert/strict";
import { nameTokens } from "../../../engine/services/index.js";
import { drawn } from "../../helpers/places.js";
import { FILE, viewOf } from "../view.js";

const TEXT = `iommu vtd { pasid-width 20 }
pdev nic at 3b:00.0 behind vtd { category 0 }
group g { nic }
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  process db { pasid 7 }
  ioasid gpa
  bind nic
  attach nic -> gpa
  map gpa 0x0 + 4K -> ram
}
scenario "s" { dma nic read 0x0 => vm0.ram[0x0]  info unknown }
`;

/** The text with the names that have a colour, and what they are. */
function coloured(text: string, within?: { start: number; end: number }): string {
  const tokens = nameTokens(viewOf(text), FILE, within);
  return drawn(
    text,
    tokens.map(({ span, kind, role }) => ({ span, mark: `${kind} ${role}` })),
  );
}

describe("tokens of names", () => {
  it("tell what a name stands for, and where it is declared, changed and used", () => {
    assert.equal(
      coloured(TEXT),
      `iommu [iommu declaration vtd] { pasid-width 20 }
pdev [pdev declaration nic] at 3b:00.0 behind [iommu use vtd] { category 0 }
group [group declaration g] { [pdev use nic] }
guest [guest declaration vm0] {
  memory [memory declaration ram] at 0x4000_0000 + 1G
  process [process declaration db] { pasid 7 }
  ioasid [space declaration gpa]
  bind [pdev change nic]
  attach [pdev change nic] -> [space change gpa]
  map [space change gpa] 0x0 + 4K -> [memory use ram]
}
scenario "s" { dma [pdev use nic] read 0x0 => [guest use vm0].[memory use ram][0x0]  info unknown }
`,
    );
  });

  it("of a piece of the text are those that touch it", () => {
    const start = TEXT.indexOf("bind nic");
    const found = coloured(TEXT, { start, end: start + "bind nic".length });
    assert.equal(found, TEXT.replace("bind nic", "bind [pdev change nic]"));
  });
});
