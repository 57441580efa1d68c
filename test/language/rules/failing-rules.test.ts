import assert from "node:assert/strict";
import { type Diagnostic, fixesFor, RULES, type Rule } from "../../../engine/language/index.js";
import { SHAPE_CHECKS } from "../../../engine/language/rules/family-c.js";
import { check } from "../fixes/fixing.js";
import { guest, MACHINE, run, told } from "../switches/helpers.js";

type Part = "check" | "message" | "help" | "severityOf" | "fixes";

/** Lets one part of a rule fail while `test` runs. */
function failing<T>(rule: Rule | undefined, part: Part, test: () => T): T {
  assert.ok(rule);
  const own = Object.getOwnPropertyDescriptor(rule, part);
  const fail = (): never => {
    throw new TypeError("no such thing\nwith a second line");
  };
  Object.defineProperty(rule, part, { value: fail, configurable: true });
  try {
    return test();
  } finally {
    if (own) Object.defineProperty(rule, part, own);
    else Reflect.deleteProperty(rule, part);
  }
}

const BROKEN = `${MACHINE}pdev old at 3b:00.1 behind vtd { category 0  pasid-width 8 }
pdev older at 3b:00.1 behind vtd { category 0 }
`;

describe("a rule that fails at its own work", () => {
  it("does not take the findings of other rules with it: a check of declarations", () => {
    const check = SHAPE_CHECKS.find(({ id }) => id === "C001");
    const result = failing(check, "check", () => run(BROKEN));
    assert.deepEqual(told(result), [
      'S069 error at ""',
      'C003 error at "pdev old"',
      'S058 error at "3b:00.1"',
    ]);
    assert.equal(
      result.diagnostics[0]?.message,
      "Rule C001 failed at its own work (TypeError: no such thing); every other rule was checked as usual. " +
        "This is a mistake of ioasid and not of the file: please report it, with the file if you can.",
    );
  });

  for (const part of ["message", "help", "severityOf"] as const) {
    it(`is told at the place of its finding when its ${part} fails`, () => {
      const result = failing(RULES.get("C003"), part, () => run(BROKEN));
      assert.deepEqual(told(result), ['S069 error at "pdev old"', 'S058 error at "3b:00.1"']);
      assert.match(result.diagnostics[0]?.message ?? "", /^Rule C003 failed/);
    });
  }

  it("is told for a call that it refuses, also where the refusal is stated", () => {
    const step = "attach nic pasid 0x1_0000 -> gva";
    const text = guest("attach wq0 pasid 7 -> gva", `scenario "s" { ${step} => EINVAL }`);
    const result = failing(RULES.get("P003"), "message", () => run(text));
    assert.deepEqual(told(result), [
      'P010 warning at "attach wq0 pasid 7 -> gva"',
      `S069 error at "${step}"`,
    ]);
    assert.equal(result.scenarios[0]?.passed, true);
  });

  it("is told for what no single call shows", () => {
    const text = guest("attach wq0 pasid 7 -> gva\nattach nic pasid 0x1_0000 -> gva");
    assert.deepEqual(told(failing(RULES.get("P010"), "help", () => run(text))), [
      'S069 error at "attach wq0 pasid 7 -> gva"',
      'P003 error at "attach nic pasid 0x1_0000 -> gva"',
    ]);
  });

  it("has no fixes when they fail, and tells it to the one who asks for them", () => {
    const found = check(BROKEN);
    const [finding] = found.diagnostics.filter(({ code }) => code === "C003");
    const failures: Diagnostic[] = [];
    const fixes = failing(RULES.get("C003"), "fixes", () => fixesFor(finding!, found.analysis, failures));
    assert.deepEqual(fixes, []);
    assert.match(failures[0]?.message ?? "", /^Rule C003 failed/);
  });

  it("cannot be hidden", () => {
    const quiet = `// ioasid-ignore-file C003, S069 -- quiet\n${BROKEN}`;
    const result = failing(RULES.get("C003"), "message", () =>
      run(quiet, { config: '{ "rules": { "C003": "off", "S069": "off" } }' }),
    );
    const codes = result.diagnostics.map(({ code }) => code);
    assert.ok(codes.includes("S069"));
  });
});
