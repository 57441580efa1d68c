import assert from "node:assert/strict";
import { nameEverywhere } from "../../../engine/services/index.js";
import { marked } from "../../helpers/cursor.js";
import { drawn } from "../../helpers/places.js";
import { type Files, programsOf } from "../programs.js";

const HOST = `iommu vtd { pasid-width 20 }
pdev nic at 3b:00.0 behind vtd { category 0 }
`;

/** The places of the name at `$0` of a file, drawn into each file that has some. */
function placesIn(files: Files, at: string, cursor: number): Record<string, string> {
  const found = nameEverywhere(programsOf(files, at), at, cursor);
  const named = new Set(found?.places.map(({ file }) => file));
  return Object.fromEntries(
    [...named].map((name) => {
      const places = found?.places.filter(({ file }) => file === name) ?? [];
      return [
        name,
        drawn(
          files[name] ?? "",
          places.map((span) => ({ span })),
        ),
      ];
    }),
  );
}

describe("references", () => {
  it("are the declaration of a name and all its uses, in owner blocks and scenarios", () => {
    const { text, at } = marked(`${HOST}
native app {
  ioasid g$0pa
  bind nic
  attach nic -> gpa
}
scenario "no mapping" { info gpa  dma nic read 0x0 => fault }
`);
    const found = placesIn({ "a.ioasid": text }, "a.ioasid", at());
    assert.equal(
      found["a.ioasid"],
      `${HOST}
native app {
  ioasid [gpa]
  bind nic
  attach nic -> [gpa]
}
scenario "no mapping" { info [gpa]  dma nic read 0x0 => fault }
`,
    );
  });

  it("tell the spaces of two owners apart, and a qualified name has its owner's places too", () => {
    const { text, at } = marked(`
guest vm0 { ioasid gpa }
guest v$0m1 { ioasid gpa }
scenario "s" { info vm0.gpa  info vm1.gp$1a  map vm1.gpa 0x0 + 4K -> 0x0 }
`);
    const files = { "a.ioasid": text };
    assert.equal(
      placesIn(files, "a.ioasid", at(0))["a.ioasid"],
      `
guest vm0 { ioasid gpa }
guest [vm1] { ioasid gpa }
scenario "s" { info vm0.gpa  info [vm1].gpa  map [vm1].gpa 0x0 + 4K -> 0x0 }
`,
    );
    assert.equal(
      placesIn(files, "a.ioasid", at(1))["a.ioasid"],
      `
guest vm0 { ioasid gpa }
guest vm1 { ioasid [gpa] }
scenario "s" { info vm0.gpa  info vm1.[gpa]  map vm1.[gpa] 0x0 + 4K -> 0x0 }
`,
    );
  });

  it("are found in every file that imports the declaration, from whichever of them one asks", () => {
    const files = {
      "host.ioasid": "iommu vtd { pasid-width 20 }",
      "a.ioasid": 'import "host.ioasid"\npdev nic at 3b:00.0 behind vtd { category 0 }',
      "b.ioasid": 'import "host.ioasid"\npdev ssd at 3b:00.0 behind vtd { category 0 }',
      "c.ioasid": "iommu vtd { pasid-width 10 }",
    };
    const expected = {
      "a.ioasid": 'import "host.ioasid"\npdev nic at 3b:00.0 behind [vtd] { category 0 }',
      "b.ioasid": 'import "host.ioasid"\npdev ssd at 3b:00.0 behind [vtd] { category 0 }',
      "host.ioasid": "iommu [vtd] { pasid-width 20 }",
    };
    for (const name of ["a.ioasid", "b.ioasid", "host.ioasid"] as const) {
      assert.deepEqual(placesIn(files, name, files[name].indexOf("vtd")), expected);
    }
  });

  it("are found in the scenarios of an imported file, which only its own program runs", () => {
    const files = {
      "tenant.ioasid": 'native app { ioasid gpa }\nscenario "s" { info gpa }',
      "all.ioasid": 'import "tenant.ioasid"\nscenario "s" { info app.gpa }',
    };
    assert.deepEqual(placesIn(files, "all.ioasid", files["all.ioasid"].indexOf("gpa")), {
      "all.ioasid": 'import "tenant.ioasid"\nscenario "s" { info app.[gpa] }',
      "tenant.ioasid": 'native app { ioasid [gpa] }\nscenario "s" { info [gpa] }',
    });
  });

  it("are found in a part of a program that means something only where it is imported", () => {
    const files = {
      "tenant.ioasid": "native app { bind nic }",
      "all.ioasid": `${HOST}import "tenant.ioasid"`,
    };
    assert.deepEqual(placesIn(files, "tenant.ioasid", files["tenant.ioasid"].indexOf("nic")), {
      "all.ioasid": `${HOST.replace("nic", "[nic]")}import "tenant.ioasid"`,
      "tenant.ioasid": "native app { bind [nic] }",
    });
  });

  it("keep the spaces of two scenarios apart, and follow one that is freed and allocated again", () => {
    const { text, at } = marked(`native app { }
scenario "one" { ioasid a$0  free a  ioasid a  info a }
scenario "two" { ioasid a  info a }
`);
    assert.equal(
      placesIn({ "a.ioasid": text }, "a.ioasid", at())["a.ioasid"],
      `native app { }
scenario "one" { ioasid [a]  free [a]  ioasid [a]  info [a] }
scenario "two" { ioasid a  info a }
`,
    );
  });

  it("are none of a word, a number or an unknown name", () => {
    const { text, at } = marked(
      "io$0mmu vtd { pasid-width 2$10 }\npdev nic at 3b:00.0 behind vt$2 { category 0 }",
    );
    for (const mark of [0, 1, 2]) {
      assert.equal(
        nameEverywhere(programsOf({ "a.ioasid": text }, "a.ioasid"), "a.ioasid", at(mark)),
        undefined,
      );
    }
  });
});
