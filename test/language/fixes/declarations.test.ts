import assert from "node:assert/strict";
import { applied, change, check, fixesIn } from "./fixing.js";

const titles = (text: string, code: string) => fixesIn(check(text), code).map(({ fix }) => fix.title);

const HOST = `iommu vtd { pasid-width 20 }
cpu { enqcmd  pasid-translation }
pdev nic at 3b:00.0 behind vtd { category 0 }
`;

describe("a name that is declared twice", () => {
  it("goes on with the next number that is free", () => {
    const text = `${HOST}pdev nic at 3b:00.1 behind vtd { category 0 }\n`;
    assert.deepEqual(change(text, "S043"), [
      "- pdev nic at 3b:00.1 behind vtd { category 0 }",
      "+ pdev nic2 at 3b:00.1 behind vtd { category 0 }",
    ]);
    assert.deepEqual(change("guest vm1 { }\nguest vm2 { }\nguest vm1 { }\n", "S043"), ["+ guest vm3 { }"]);
  });

  it("or is taken away, with the whole statement", () => {
    const text = `guest vm0 {\n  ioasid gpa\n  ioasid gpa { map 0x0 + 4K -> 0x0 }\n}\n`;
    assert.deepEqual(change(text, "S043", 1), ["- ioasid gpa { map 0x0 + 4K -> 0x0 }"]);
  });
});

describe("a call without an owner", () => {
  const scenario = (words: string) => `${HOST}guest vm0 { }\nguest vm1 { }\nscenario "it" {\n  ${words}\n}\n`;

  it("names one of those that could make it, each in its own way", () => {
    assert.deepEqual(titles(scenario("bind nic"), "S055"), [
      "Write `bind nic to vm0`",
      "Write `bind nic to vm1`",
    ]);
    const last = (words: string) => change(scenario(words), "S055", 1).at(-1);
    assert.equal(last("kvm unmap pasid 7 => ENOENT"), "+ kvm unmap vm1 pasid 7 => ENOENT");
    assert.equal(last("kvm translation on"), "+ kvm translation vm1 on");
    assert.equal(last("ioasid gpa"), "+ ioasid vm1.gpa");
  });

  it("is taken away where it undoes what nobody did", () => {
    assert.deepEqual(titles(scenario("unbind nic"), "S055"), [
      "Remove `unbind nic`, which nothing has bound",
    ]);
  });
});

describe("a statement of another kind of owner", () => {
  it("is taken away, or its owner becomes what it needs", () => {
    const text = "native dpdk {\n  process p { pasid 7 }\n}\n";
    assert.deepEqual(change(text, "S053"), ["- native dpdk {", "+ guest dpdk {"]);
    assert.deepEqual(change(text, "S053", 1), ["- process p { pasid 7 }"]);
    assert.deepEqual(change(`${HOST}guest vm0 {\n  sva nic\n}\n`, "S053"), [
      "- guest vm0 {",
      "+ native vm0 {",
    ]);
  });
});

describe("a category of another kind of device", () => {
  it("becomes one that the rest of the declarations has everything for", () => {
    const slices = (words: string) =>
      `${HOST}pdev dsa at 6a:01.0 behind vtd { ${words} }\nmdev q0 on dsa { category 3  queue shared }\n`;
    const offered = (words: string) => titles(slices(words), "C001").map((title) => title.slice(0, 18));
    assert.deepEqual(offered("pasid-width 20  enqcmd"), [
      "Write `category 4`",
      "Write `category 5`",
      "Write `category 2`",
      "Write `category 1`",
    ]);
    assert.deepEqual(offered("pasid-width 20"), [
      "Write `category 4`",
      "Write `category 2`",
      "Write `category 1`",
    ]);
    assert.deepEqual(offered("ats"), ["Write `category 1`"]);
  });
});

describe("memory that is not registered", () => {
  const guest = (lines: string, more = "") =>
    `uapi v1\n${HOST}guest vm0 {
  memory ram at 0x4000_0000 + 1G
  memory rom at 0x8000_0000 + 1M
  register ram[0x10_0000 + 1M]
  bind nic
  ioasid gpa
  attach nic -> gpa
${lines}
}
${more}`;

  it("is added to a registration that ends or begins there, or registered beside it", () => {
    const longer = guest("  map gpa 0x0 + 2M -> ram[0x10_0000 + 2M]");
    assert.deepEqual(titles(longer, "U008"), [
      "Register `ram[0x100000 + 2M]` instead of `ram[0x10_0000 + 1M]`",
      "Write `register ram[0x200000 + 1M]` before `map gpa 0x0 + 2M -> ram[0x10_0000 + 2M]`",
    ]);
    assert.deepEqual(change(longer, "U008"), [
      "- register ram[0x10_0000 + 1M]",
      "+ register ram[0x100000 + 2M]",
    ]);
    assert.deepEqual(change(guest("  map gpa 0x0 + 1M -> 0x4000_0000"), "U008"), [
      "- register ram[0x10_0000 + 1M]",
      "+ register ram[0x0 + 2M]",
    ]);
  });

  it("is registered on both sides of what is registered", () => {
    assert.deepEqual(change(guest("  map gpa 0x0 + 8M -> ram"), "U008"), [
      "+ register ram[0x0 + 1M]",
      "+ register ram[0x200000 + 6M]",
    ]);
  });

  it("is registered whole where nothing of it is, if the mapping is shorter than the memory", () => {
    assert.deepEqual(titles(guest("  map gpa 0x0 + 1M -> rom"), "U008"), [
      "Write `register rom` before `map gpa 0x0 + 1M -> rom`",
    ]);
    const shorter = guest("  map gpa 0x0 + 4K -> rom");
    assert.deepEqual(change(shorter, "U008"), ["+ register rom[0x0 + 4K]"]);
    assert.deepEqual(change(shorter, "U008", 1), ["+ register rom"]);
  });

  it("is named with its owner in a scenario, and registered before the statement of a body", () => {
    const text = guest("", 'scenario "it" {\n  map vm0.gpa 0x0 + 4K -> rom\n}\n');
    assert.deepEqual(change(text, "U008", 1), ["+ register vm0.rom"]);
    const body = guest("  allow P018\n  ioasid giova {\n    map 0x0 + 4K -> rom\n  }");
    assert.deepEqual(titles(body, "U008"), [
      "Write `register rom[0x0 + 4K]` before `ioasid giova {`",
      "Write `register rom` before `ioasid giova {`",
    ]);
  });
});

describe("a call of the other version", () => {
  it("names that version: in the statement that names one, or before the first declaration and its comment", () => {
    const steps = "guest vm0 {\n  memory ram at 0x4000_0000 + 1G\n  register ram\n}\n";
    assert.deepEqual(change(`uapi v2 { pasid-policy simple }\n${steps}`, "U015"), [
      "- uapi v2 { pasid-policy simple }",
      "+ uapi v1 { pasid-policy simple }",
    ]);
    const text = `// What this is about.\n\n// The guest.\n${steps}`;
    const [offered] = fixesIn(check(text), "U015");
    assert.equal(
      offered && applied(text, offered.fix),
      `// What this is about.\n\nuapi v1\n// The guest.\n${steps}`,
    );
  });
});
