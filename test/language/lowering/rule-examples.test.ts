import assert from "node:assert/strict";
import { analyze, type Program, pageOf, RULES } from "../../../engine/language/index.js";
import { compileText, hostOf, relatedOf, told } from "./host.js";

/** S066 is told after a run, S067 and S068 are about another file, and S069 needs a rule that fails. */
const NOT_HERE = new Set(["S066", "S067", "S068", "S069"]);

/** Rules that compiling alone decides: names and values, and the shapes that no call refuses. */
const RULE_IDS = [...RULES.keys()].filter((id) => /^(S0[456]|C00[1-467])/.test(id) && !NOT_HERE.has(id));

const FILES = { "v1.ioasid": "uapi v1 { }" };

function compileExample(text: string): Program {
  return analyze("self.ioasid", hostOf({ ...FILES, "self.ioasid": text })).program;
}

describe("the examples of the rules that need no run", () => {
  for (const id of RULE_IDS) {
    it(`${id} is raised by one and avoided by the other`, () => {
      const { raises, avoids } = pageOf({ id }).example;
      const found = compileExample(raises).diagnostics.map(({ code }) => code);
      assert.ok(found.includes(id), `raised: ${found.join(", ")}`);
      if (id !== "S062") {
        assert.deepEqual(
          found.filter((code) => code !== id),
          [],
        );
      }
      assert.deepEqual(told(compileExample(avoids)), []);
    });

    it(`${id} says whole sentences`, () => {
      for (const { message } of compileExample(pageOf({ id }).example.raises).diagnostics) {
        assert.match(message, /^\S.*[.?]$/);
        assert.doesNotMatch(message, /undefined|NaN|\[object/);
      }
    });
  }
});

describe("the other cases of these rules", () => {
  const messages = (text: string): string =>
    compileText(text)
      .diagnostics.map((each) => each.message)
      .join("\n");
  const ids = (text: string): string[] => told(compileText(text));
  const vtd = "iommu vtd { }\n";
  const cpu = "cpu { enqcmd  pasid-translation }\n";

  it("S047: a second cpu or viommu", () => {
    assert.deepEqual(ids("cpu { }\ncpu { }"), [`S047 "cpu"`]);
    assert.deepEqual(ids("guest vm0 { viommu { pasid-width 8 }  viommu { pasid-width 9 } }"), [
      `S047 "viommu { pasid-width 9 }"`,
    ]);
  });

  it("S050: no 4K among the page sizes", () => {
    assert.match(messages("iommu vtd { page-sizes 2M }"), /do not include 4K/);
    assert.deepEqual(compileText("iommu vtd { page-sizes 2M }").platform.iommus[0]?.pageSizes, [1, 512]);
    assert.deepEqual(ids("iommu vtd { page-sizes 4K, 2K }"), [`S050 "2K"`]);
  });

  it("S051: an mdev in a group, and a device that a group names twice", () => {
    const devices = `${vtd}pdev dsa at 01:00.0 { pasid-width 20 }\nmdev q on dsa { category 4 }\n`;
    assert.match(messages(`${devices}group g { q }`), /an mdev is isolated by its PASID/);
    assert.deepEqual(ids(`${devices}group g { dsa dsa }`), [`S051 "dsa"`]);
  });

  it("S053: what a native owner and a guest do not have", () => {
    const native = (text: string): string[] => ids(`native host { ioasid a ${text} }`);
    assert.deepEqual(native("viommu { pasid-width 8 }"), [`S053 "viommu { pasid-width 8 }"`]);
    assert.deepEqual(native("kvm map pasid 7 -> a"), [`S053 "kvm map pasid 7 -> a"`]);
    assert.deepEqual(native("kvm unmap pasid 7"), [`S053 "kvm unmap pasid 7"`]);
    assert.deepEqual(native("kvm translation on"), [`S053 "kvm translation on"`]);
    assert.deepEqual(ids(`${vtd}pdev dsa at 01:00.0 { }\nguest vm0 { sva dsa }`), [`S053 "sva dsa"`]);
  });

  it("S055: nobody is there who could make the call", () => {
    assert.match(
      messages(`${vtd}pdev nic at 01:00.0 { }\nscenario "s" { bind nic }`),
      /needs an owner, and there is none/,
    );
    assert.match(
      messages(`native a { }\nscenario "s" { kvm translation on }`),
      /needs a guest, and there is none/,
    );
  });

  it("S056: numbers that hardware does not have", () => {
    assert.deepEqual(ids("iommu vtd { pasid-width 21  address-width 65 }"), [`S056 "21"`, `S056 "65"`]);
    assert.deepEqual(ids("pdev nic at 01:00.0 { category 6  pasid-width 21 }").sort(), [
      `S056 "21"`,
      `S056 "6"`,
    ]);
    assert.deepEqual(ids("guest vm0 { process p { pasid 0x10_0000 } }"), [`S056 "0x10_0000"`]);
  });

  it("S059: a VF of itself", () => {
    assert.match(messages("pdev nic at 01:00.0 { vf of nic }"), /nic cannot be a VF of itself/);
  });

  it("S061: a region that ends outside of its memory", () => {
    const owner = `guest vm0 { memory ram at 0x4000_0000 + 1M }\n`;
    assert.deepEqual(ids(`${owner}scenario "s" { assert reaches vm0 -> ram[0xf_f000 + 8K] }`), [
      `S061 "ram[0xf_f000 + 8K]"`,
    ]);
    assert.deepEqual(ids(`${owner}scenario "s" { assert reaches vm0 -> ram[0xf_f000 + 4K] }`), []);
    assert.deepEqual(ids("guest vm0 { memory ram at 0x4000_0000 + 1M  register ram[1M] }"), [
      `S061 "ram[1M]"`,
    ]);
  });

  it("S062: a list that is cut says so once, where it is cut", () => {
    const program = compileText(`guest vm0 { ${"bind nix ".repeat(3000)} }`);
    assert.equal(program.diagnostics.length, 1001);
    assert.equal(program.diagnostics.at(-1)?.code, "S062");
    assert.match(program.diagnostics.at(-1)?.message ?? "", /More than 1000 mistakes/);
  });

  it("C001: each category on each kind of device", () => {
    const pdev = (category: number): string[] =>
      ids(`${vtd}pdev d at 01:00.0 { category ${category} ${category > 2 ? "pasid-width 16" : ""} }`);
    const mdev = (category: number): string[] =>
      ids(
        `${vtd}${cpu}pdev p at 01:00.0 { pasid-width 16  enqcmd }\nmdev d on p { category ${category}  queue shared }`,
      );
    for (const category of [0, 3, 4]) assert.deepEqual(pdev(category), []);
    assert.deepEqual(pdev(1), [`C001 "pdev d"`]);
    assert.deepEqual(pdev(2), [`C001 "pdev d"`]);
    assert.deepEqual(pdev(5), [`C001 "pdev d"`]);
    for (const category of [1, 2, 4, 5]) assert.deepEqual(mdev(category), []);
    for (const category of [0, 3]) assert.deepEqual(mdev(category), [`C001 "mdev d"`]);
  });

  it("C002: a parent without PASIDs, for categories 2, 4 and 5, and not for 1", () => {
    const mdev = (category: number): string[] =>
      ids(`${vtd}${cpu}pdev p at 01:00.0 { enqcmd }\nmdev d on p { category ${category}  queue shared }`);
    assert.deepEqual(mdev(1), []);
    for (const category of [2, 4, 5]) assert.deepEqual(mdev(category), [`C002 "mdev d"`]);
    assert.deepEqual(ids(`${vtd}pdev d at 01:00.0 { category 4 }`), [`C002 "pdev d"`]);
    const program = compileText(`${vtd}pdev p at 01:00.0 { }\nmdev d on p { category 4 }`);
    assert.deepEqual(relatedOf(program, program.diagnostics[0]), [`"pdev p": p is declared here`]);
  });

  it("C003: every word about PASIDs, and none that an mdev has from its parent", () => {
    assert.equal(
      ids(`${vtd}pdev d at 01:00.0 { category 0  enqcmd  exec  priv  hide pasid  hide enqcmd }`).length,
      5,
    );
    assert.deepEqual(
      ids(`${vtd}pdev p at 01:00.0 { pasid-width 16  enqcmd }\nmdev d on p { category 2 }`),
      [],
    );
    assert.deepEqual(
      ids(`${vtd}pdev p at 01:00.0 { pasid-width 16 }\nmdev d on p { category 2  hide pasid }`),
      [`C003 "mdev d"`],
    );
  });

  it("C004: each of the three things that category 5 needs", () => {
    const parent = (words: string): string => `${vtd}pdev p at 01:00.0 { pasid-width 16 ${words} }\n`;
    assert.match(
      messages(`${cpu}${parent("")}mdev d on p { category 5  queue shared }`),
      /p does not accept ENQCMD/,
    );
    assert.match(messages(`${cpu}${parent("enqcmd")}mdev d on p { category 5 }`), /shared or dedicated/);
    assert.match(
      messages(`${parent("enqcmd")}mdev d on p { category 5  queue dedicated }`),
      /the host CPU cannot/,
    );
    assert.match(
      messages(`cpu { enqcmd }\n${parent("enqcmd")}mdev d on p { category 5  queue shared }`),
      /the host CPU cannot/,
    );
  });

  it("C006: an IOMMU as well, and a VF not again", () => {
    assert.deepEqual(ids("iommu vtd { page-requests }"), [`C006 "iommu vtd"`]);
    const text = `${vtd}pdev pf at 01:00.0 { page-requests }\npdev vf at 01:00.1 { vf of pf }`;
    assert.deepEqual(ids(text), [`C006 "pdev pf"`]);
  });

  it("C007: an ability that the PF has not", () => {
    const text = `${vtd}pdev pf at 01:00.0 { pasid-width 16 }\npdev vf at 01:00.1 { vf of pf  exec }`;
    assert.deepEqual(ids(text), [`C007 "pdev vf"`]);
    assert.deepEqual(
      ids(
        `${vtd}pdev pf at 01:00.0 { pasid-width 16  exec }\npdev vf at 01:00.1 { vf of pf  pasid-width 16  exec }`,
      ),
      [],
    );
  });
});
