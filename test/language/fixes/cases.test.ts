import assert from "node:assert/strict";
import { applied, change, check, fixesIn } from "./fixing.js";

const HARDWARE = `iommu vtd { pasid-width 20  nesting hardware  address-width 39  reserved 0x10_0000 + 64K }
cpu { enqcmd  pasid-translation }
pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
mdev wq0 on dsa { category 5  queue shared }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
`;

function guest(lines: string, more = ""): string {
  return `${HARDWARE}guest vm0 {\n  memory ram at 0x4000_0000 + 1G\n  process db { pasid 7 }\n  bind nic  bind wq0\n  ioasid gpa\n${lines}\n}\n${more}`;
}

const ATTACHED = "  attach nic -> gpa  attach wq0 -> gpa\n  ioasid gva on gpa page-table";

describe("a range", () => {
  const map = (words: string) => guest(`${ATTACHED}\n  attach nic pasid 7 -> gva\n${words}`);

  it("is mapped around a reserved range, each part to its part of the target", () => {
    assert.deepEqual(change(map("  map gpa 0x0 + 2M -> ram[0x1000 + 2M] r"), "U002"), [
      "- map gpa 0x0 + 2M -> ram[0x1000 + 2M] r",
      "+ map gpa 0x0 + 1M -> ram[0x1000 + 1M] r",
      "+ map gpa 0x110000 + 960K -> ram[0x111000 + 960K] r",
    ]);
    assert.deepEqual(change(map("  map gpa 0x0 + 2M -> 0x4000_0000"), "U002"), [
      "- map gpa 0x0 + 2M -> 0x4000_0000",
      "+ map gpa 0x0 + 1M -> 0x40000000",
      "+ map gpa 0x110000 + 960K -> 0x40110000",
    ]);
  });

  it("is rounded to whole pages; a last byte that was meant as the end goes", () => {
    assert.deepEqual(change(map("  map gpa 0x0..0x1000 -> ram"), "U005"), [
      "- map gpa 0x0..0x1000 -> ram",
      "+ map gpa 0x0 + 4K -> ram",
    ]);
    assert.deepEqual(change(map("  map gpa 0x0 + 4K -> ram[0x10 + 4K]"), "U005"), [
      "- map gpa 0x0 + 4K -> ram[0x10 + 4K]",
      "+ map gpa 0x0 + 4K -> ram[0x0 + 4K]",
    ]);
  });

  it("is written in the other form, where that makes one", () => {
    assert.deepEqual(change(map("  map gpa 0x4000..0x1000 -> ram"), "S020"), [
      "- map gpa 0x4000..0x1000 -> ram",
      "+ map gpa 0x4000 + 0x1000 -> ram",
    ]);
    const past = "unmap gpa 0xffff_0000_0000_0000 + 0xffff_ffff_ffff_ffff";
    assert.deepEqual(change(map(`  ${past}`), "S020"), [
      `- ${past}`,
      "+ unmap gpa 0xffff_0000_0000_0000..0xffff_ffff_ffff_ffff",
    ]);
    assert.deepEqual(change(map("  map gpa 0x40_0000_0000 + 0x7f_ffff_f000 -> 0x4000_0000"), "U006"), [
      "- map gpa 0x40_0000_0000 + 0x7f_ffff_f000 -> 0x4000_0000",
      "+ map gpa 0x40_0000_0000..0x7fffffefff -> 0x4000_0000",
    ]);
  });
});

describe("a range in a scenario, with its outcome and with its owner", () => {
  const inScenario = (words: string) => guest(ATTACHED, `scenario "it" {\n  ${words}\n}\n`);

  it("is mapped around a reserved range on one line, and what was stated stays behind it", () => {
    const text = inScenario("map vm0.gpa 0x0 + 2M -> vm0.ram r => ok  dma nic read 0x0 => fault not-mapped");
    assert.deepEqual(change(text, "U002"), [
      "- map vm0.gpa 0x0 + 2M -> vm0.ram r => ok  dma nic read 0x0 => fault not-mapped",
      "+ map vm0.gpa 0x0 + 1M -> vm0.ram[0x0 + 1M] r",
      "+ map vm0.gpa 0x110000 + 960K -> vm0.ram[0x110000 + 960K] r => ok  dma nic read 0x0 => fault not-mapped",
    ]);
  });

  it("that lies in a reserved range as a whole is taken away", () => {
    assert.deepEqual(change(inScenario("map vm0.gpa 0x10_0000 + 4K -> vm0.ram"), "U002"), [
      "- map vm0.gpa 0x10_0000 + 4K -> vm0.ram",
    ]);
  });

  it("is rounded with the first address of a target, whatever the form of the target is", () => {
    assert.deepEqual(change(inScenario("map vm0.gpa 0x800 + 4K -> vm0.ram[0x10]"), "U005"), [
      "- map vm0.gpa 0x800 + 4K -> vm0.ram[0x10]",
      "+ map vm0.gpa 0x0 + 4K -> vm0.ram[0x0]",
    ]);
    assert.deepEqual(change(inScenario("map vm0.gpa 0x1000 + 4K -> 0x4000_0010"), "U005"), [
      "- map vm0.gpa 0x1000 + 4K -> 0x4000_0010",
      "+ map vm0.gpa 0x1000 + 4K -> 0x40000000",
    ]);
    assert.deepEqual(change(inScenario("map vm0.gpa 0x1000 + 6K -> vm0.ram"), "U005"), [
      "- map vm0.gpa 0x1000 + 6K -> vm0.ram",
      "+ map vm0.gpa 0x1000 + 8K -> vm0.ram",
    ]);
  });
});

describe("a statement that comes too late", () => {
  it("is moved to where it is needed", () => {
    const late = `  ioasid gva on gpa page-table\n  attach nic pasid 7 -> gva\n  attach nic -> gpa // first`;
    const text = guest(late);
    const [offered] = fixesIn(check(text), "P015");
    assert.ok(offered?.fix.safe);
    assert.equal(
      applied(text, offered.fix),
      guest(
        `  ioasid gva on gpa page-table\n  attach nic -> gpa\n  attach nic pasid 7 -> gva\n  // first`,
      ).replace("\n  // first", "\n  // first"),
    );
  });

  it("is a detach from the child, a kvm unmap, or the first attach in v1", () => {
    const nested = `${ATTACHED}\n  attach nic -> gva\n  detach nic from gpa\n  detach nic from gva`;
    assert.deepEqual(
      fixesIn(check(guest(nested)), "U021").map(({ fix }) => fix.title),
      ["Move `detach nic from gva` to before `detach nic from gpa`"],
    );
    const mapped = `${ATTACHED}\n  attach wq0 pasid 7 -> gva\n  kvm map pasid 7 -> gva`;
    const scenario = 'scenario "it" {\n  detach wq0 pasid 7 from gva\n}\n';
    assert.deepEqual(change(guest(mapped, scenario), "P028"), ["+ kvm unmap vm0 pasid 7"]);
    const early = `uapi v1\n${guest("  map gpa 0x0 + 4K -> ram\n  attach nic -> gpa")}`;
    assert.deepEqual(
      fixesIn(check(early), "P018").map(({ fix }) => fix.title),
      ["Move `attach nic -> gpa` to before `map gpa 0x0 + 4K -> ram`"],
    );
  });

  it("says the owner in a scenario", () => {
    const text = `${HARDWARE}guest vm0 {\n  ioasid gpa\n}\nscenario "plug" {\n  attach nic -> gpa\n}\n`;
    assert.deepEqual(change(text, "P021"), ["+ bind nic to vm0"]);
  });
});

describe("a kvm map of a space that has no global pPASID", () => {
  const late = "  kvm map pasid 7 -> gva\n  attach nic pasid 7 -> gva";

  it("comes after the category-5 attach that is further down, not after one of another category", () => {
    const text = guest(`${ATTACHED}\n${late}\n  attach wq0 pasid 7 -> gva`);
    assert.deepEqual(
      fixesIn(check(text), "P012").map(({ fix }) => fix.title),
      ["Move `attach wq0 pasid 7 -> gva` to before `kvm map pasid 7 -> gva`"],
    );
  });

  it("gets one written where only another category's attach is further down", () => {
    const [offered, ...others] = fixesIn(check(guest(`${ATTACHED}\n${late}`)), "P012");
    assert.deepEqual(others, []);
    assert.equal(offered?.fix.title, "Write `attach wq0 pasid 7 -> gva` before `kvm map pasid 7 -> gva`");
    assert.equal(offered?.fix.safe, false);
  });
});

describe("ENQCMD without a mapping", () => {
  const attached = `${ATTACHED}\n  attach wq0 pasid 7 -> gva`;
  const submit = (before: string) => `scenario "it" {\n${before}\n  enqcmd db to wq0 write 0x0\n}\n`;

  it("gets one before it, where no statement asked for one", () => {
    const text = guest(attached, submit(""));
    const titles = fixesIn(check(text), "P010").map(({ fix }) => fix.title);
    assert.deepEqual(titles, [
      "Write `kvm map pasid 7 -> gva` after `attach wq0 pasid 7 -> gva`",
      "Write `kvm map vm0 pasid 7 -> vm0.gva` before `enqcmd db to wq0 write 0x0`",
    ]);
  });

  it("gets the translation back that a statement switched off", () => {
    const text = guest(`${attached}\n  kvm map pasid 7 -> gva`, submit("  kvm translation vm0 off"));
    assert.deepEqual(change(text, "P010"), ["+ kvm translation vm0 on"]);
  });
});

describe("a kvm map that the host could not carry out", () => {
  it("is not offered: what the CPU lacks comes first", () => {
    const text = guest(`${ATTACHED}\n  attach wq0 pasid 7 -> gva`).replace(
      "cpu { enqcmd  pasid-translation }",
      "cpu { enqcmd }",
    );
    assert.deepEqual(fixesIn(check(text), "P010"), []);
    assert.deepEqual(change(text, "C004"), ["- cpu { enqcmd }", "+ cpu { enqcmd  pasid-translation }"]);
  });
});

describe("another vPASID", () => {
  it("goes wherever the program speaks of it", () => {
    const steps = "  attach wq0 pasid 0x10_0000 -> gva\n  kvm map pasid 0x10_0000 -> gva";
    const text = guest(
      `${ATTACHED}\n${steps}`,
      'scenario "it" {\n  dma wq0 pasid 0x10_0000 read 0x0 => fault\n}\n',
    );
    assert.deepEqual(change(text, "P003"), [
      "- attach wq0 pasid 0x10_0000 -> gva",
      "- kvm map pasid 0x10_0000 -> gva",
      "- dma wq0 pasid 0x10_0000 read 0x0 => fault",
      "+ attach wq0 pasid 1 -> gva",
      "+ kvm map pasid 1 -> gva",
      "+ dma wq0 pasid 1 read 0x0 => fault",
    ]);
  });

  it("is one that no other statement takes", () => {
    const taken = "  attach nic pasid 1 -> gva  attach nic pasid 2 -> gva\n  attach nic pasid 0 -> gva";
    assert.deepEqual(change(guest(`${ATTACHED}\n${taken}`), "P004"), [
      "- attach nic pasid 0 -> gva",
      "+ attach nic pasid 3 -> gva",
    ]);
  });

  it("leaves room by widening every part that is too narrow", () => {
    const text = guest(`${ATTACHED}\n  attach nic pasid 0x1_0000 -> gva`).replace(
      "pasid-width 20  nesting",
      "pasid-width 14  nesting",
    );
    assert.deepEqual(change(text, "P003", 1), [
      "- iommu vtd { pasid-width 14  nesting hardware  address-width 39  reserved 0x10_0000 + 64K }",
      "- pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }",
      "+ iommu vtd { pasid-width 17  nesting hardware  address-width 39  reserved 0x10_0000 + 64K }",
      "+ pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 17 }",
    ]);
  });
});

describe("no fix is offered", () => {
  it("for what is stated, allowed, or only follows from another refusal", () => {
    const stated = guest(`${ATTACHED}\n  attach nic pasid 0 -> gva => EINVAL`);
    assert.deepEqual(fixesIn(check(stated), "P004"), []);
    const allowed = guest(`  allow P010\n${ATTACHED}\n  attach wq0 pasid 7 -> gva`);
    assert.deepEqual(fixesIn(check(allowed), "P010"), []);
    const follows = `uapi v1\n${guest("")}guest vm1 {\n  bind nic\n  ioasid one\n  attach nic -> one\n}\n`;
    assert.deepEqual(fixesIn(check(follows), "P021"), []);
  });
});
