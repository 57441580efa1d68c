import assert from "node:assert/strict";
import { marked } from "../../helpers/cursor.js";
import { renamed } from "./renaming.js";

const FILE = "a.ioasid";

/** The file with the name at `$0` renamed, or the sentence why not. */
function rename(source: string, name: string): string {
  const { text, at } = marked(source);
  const found = renamed({ [FILE]: text }, FILE, at(), name);
  assert.ok(found, "there is no name at the cursor");
  return "refusal" in found ? found.refusal : (found.files[FILE] ?? "");
}

describe("rename", () => {
  it("changes the declaration and every use, and nothing else of that spelling", () => {
    const text = (gpa: string) => `// gpa is documented here
guest vm0 { ioasid ${gpa} }
guest vm1 { ioasid gpa }
scenario "gpa" { info vm0.${gpa}  info vm1.gpa }
`;
    assert.equal(rename(text("g$0pa"), "root"), text("root"));
  });

  it("changes an owner also where it stands in front of a name", () => {
    const text = (vm0: string) =>
      `guest ${vm0} { ioasid gpa }\nscenario "s" { info ${vm0}.gpa  migrate ${vm0} }\n`;
    assert.equal(rename(text("vm0$0"), "tenant-a"), text("tenant-a"));
  });

  it("changes nothing when the name stays", () => {
    assert.equal(rename("guest v$0m0 { }", "vm0"), "guest vm0 { }");
  });

  it("takes a word of the language where that can be a name", () => {
    assert.equal(
      rename('guest v$0m0 { }\nscenario "s" { migrate vm0 }', "queue"),
      'guest queue { }\nscenario "s" { migrate queue }',
    );
  });

  it("refuses what can never be a name", () => {
    const refused = (name: string) => rename("guest v$0m0 { }", name);
    assert.equal(
      refused("map"),
      "`map` begins a statement wherever it stands, so nothing can have it as its name.",
    );
    assert.equal(
      refused("pasid"),
      "`pasid` introduces a PASID wherever it stands, so nothing can have it as its name.",
    );
    for (const name of ["", "0vm", "vm 0", "vm.0", "vm-", "a--b", "größe", "vm0\n"]) {
      assert.equal(
        refused(name),
        `${JSON.stringify(name)} cannot be a name: a name begins with a letter or \`_\`, and goes on with letters, digits, \`_\` and single \`-\` between them.`,
      );
    }
  });

  it("refuses a name that is taken in the same set", () => {
    assert.equal(
      rename("guest vm$00 { }\nguest vm1 { }", "vm1"),
      'With the name `vm1`, line 2 of a.ioasid would be wrong: "vm1" is declared already, as a guest; the first declaration counts. Choose another name.',
    );
    assert.match(
      rename("guest vm0 { memory ram at 0x4000_0000 + 1G  ioasid g$0pa }", "ram"),
      /^With the name `ram`, line 1 /,
    );
  });

  it("refuses a name by which a bare use of another thing would become ambiguous", () => {
    assert.equal(
      rename('guest vm0 { ioasid gpa }\nguest vm1 { ioasid o$0ther }\nscenario "s" { info gpa }', "gpa"),
      'With the name `gpa`, line 3 of a.ioasid would be wrong: "gpa" does not say whose it is: there are vm0.gpa, vm1.gpa. Write the owner in front, as in `vm0.gpa`.',
    );
  });

  it("refuses a name that an unknown use would take", () => {
    assert.equal(
      rename('guest vm0 { ioasid g$0pa }\nscenario "s" { info gva }', "gva"),
      "Then `gva` in line 2 of a.ioasid would stand for an IOASID `vm0.gva` of line 1 of a.ioasid, which it does not now.",
    );
  });

  it("refuses a name that would take over what a scenario makes", () => {
    assert.equal(
      rename('native app { ioasid a }\nscenario "s" { free a  ioasid b$0  info b }', "a"),
      "Then `a` in line 2 of a.ioasid would stand for an IOASID `app.a` of line 1 of a.ioasid, which it does not now.",
    );
  });

  it("refuses a word that would be read as a word in some place of the name", () => {
    const text = `guest vm0 { memory r$0am at 0x4000_0000 + 1G  ioasid gpa { map 0x0 + 4K -> ram } }
scenario "s" { dma nic read 0x0 => ram }
iommu vtd { pasid-width 20 }
pdev nic at 3b:00.0 behind vtd { category 0 }`;
    assert.match(rename(text, "fault"), /line 2 of a\.ioasid/);
  });

  it("refuses to take the one name away that makes another use ambiguous", () => {
    const text = 'guest vm0 { ioasid g$0pa }\nguest vm1 { ioasid gpa }\nscenario "s" { info gpa }';
    assert.match(
      rename(text, "root"),
      /^Then `gpa` in line 3 of a\.ioasid would stand for an IOASID `vm1\.gpa`/,
    );
  });

  it("looks at every file that imports the declaration", () => {
    const files = {
      "host.ioasid": "iommu vtd { pasid-width 20 }",
      "a.ioasid": 'import "host.ioasid"\npdev nic at 3b:00.0 behind vtd { category 0 }',
      "b.ioasid":
        'import "host.ioasid"\niommu smmu { pasid-width 20 }\npdev ssd at 3b:00.0 behind vtd { category 0 }',
    };
    const at = files["a.ioasid"].indexOf("vtd");
    assert.deepEqual(renamed(files, "a.ioasid", at, "iommu0"), {
      files: Object.fromEntries(
        Object.entries(files).map(([name, text]) => [name, text.replace("vtd", "iommu0")]),
      ),
    });
    assert.deepEqual(renamed(files, "a.ioasid", at, "smmu"), {
      refusal:
        'With the name `smmu`, line 2 of b.ioasid would be wrong: "smmu" is declared already, as an IOMMU; the first declaration counts. Choose another name.',
    });
  });

  it("works in a file with mistakes elsewhere", () => {
    const text = (nic: string) => `pdev ${nic} at 3b:00.0 behind { category }
native app { bind ${nic}  attach ${nic} -> }
mdev
`;
    assert.equal(rename(text("n$0ic"), "ssd"), text("ssd"));
  });
});
