import assert from "node:assert/strict";
import fc from "fast-check";
import { compile, hostLevels, runToEnd } from "../../../engine/language/index.js";
import { hostOf, relatedOf } from "../lowering/host.js";
import { CONFIG, config, FILE, guest, MACHINE, run, told, words } from "./helpers.js";

const P010 = "attach wq0 pasid 7 -> gva";

/** Code, message and text of each mistake in a configuration. */
function mistakes(text: string): string[] {
  return config(text).diagnostics.map(
    ({ code, message, span }) => `${code} at ${text.slice(span.start, span.end)}: ${message}`,
  );
}

describe("the levels of ioasid.config.json", () => {
  const text = guest(P010);
  const withLevel = (level: string) => told(run(text, { config: `{ "rules": { "P010": "${level}" } }` }));

  it("show a rule with another severity, or not at all", () => {
    assert.deepEqual(withLevel("off"), []);
    assert.deepEqual(withLevel("info"), [`P010 information at "${P010}"`]);
    assert.deepEqual(withLevel("warning"), [`P010 warning at "${P010}"`]);
    assert.deepEqual(withLevel("error"), [`P010 error at "${P010}"`]);
  });

  it("hold for what is found in the declarations", () => {
    const old = `${MACHINE}pdev old at 3b:00.1 behind vtd { category 0  pasid-width 8 }`;
    assert.deepEqual(told(run(old, { config: '{ "rules": { "C003": "off" } }' })), []);
    assert.deepEqual(told(run(old, { config: '{ "rules": { "C003": "warning" } }' })), [
      'C003 warning at "pdev old"',
    ]);
  });

  it("hold for imported files too", () => {
    const files = { "lib.ioasid": text };
    assert.deepEqual(
      told(run('import "lib.ioasid"', { files, config: '{ "rules": { "P010": "error" } }' })),
      [`P010 error at "${P010}" in lib.ioasid`],
    );
  });

  it("do not raise what the file itself states or allows", () => {
    const known = guest("attach nic pasid 0x1_0000 -> gva => EINVAL");
    const level = '{ "rules": { "P003": "error", "P010": "error" } }';
    assert.deepEqual(told(run(known, { config: level })), [
      'P003 hint at "attach nic pasid 0x1_0000 -> gva"',
    ]);
    const allowed = guest(`allow P010\n${P010}`);
    assert.deepEqual(told(run(allowed, { config: level })), [`P010 information at "${P010}"`]);
  });

  it("do not raise what an earlier refusal explains", () => {
    const follows = guest("attach nic pasid 0x1_0000 -> gva\ndetach nic pasid 0x1_0000 from gva");
    const rules = run(follows).diagnostics.map(({ code, severity }) => `${code} ${severity}`);
    assert.deepEqual(rules, ["P003 error", "U020 information"]);
    const raised = run(follows, { config: '{ "rules": { "U020": "error" } }' });
    assert.deepEqual(
      raised.diagnostics.map(({ code, severity }) => `${code} ${severity}`),
      rules,
    );
  });

  it("take away what the file states as well, when they are off", () => {
    const known = guest("attach nic pasid 0x1_0000 -> gva => EINVAL");
    assert.deepEqual(told(run(known, { config: '{ "rules": { "P003": "off" } }' })), []);
  });

  it("do not let a step succeed that fails, and say whose level hides it", () => {
    const step = "attach nic pasid 0x1_0000 -> gva";
    for (const level of ["off", "info", "warning"]) {
      const result = run(guest(step), { config: `{ "rules": { "P003": "${level}" } }` });
      const failure = result.diagnostics.find(({ code }) => code === "S070");
      assert.equal(failure && words(result, failure), `S070 error at "${step}"`);
      assert.deepEqual(relatedOf(result.program, failure), [`""P003"": this sets P003 to "${level}"`]);
    }
  });

  it("give way to a switch in a comment", () => {
    const quiet = guest(`${P010} // ioasid-ignore P010 -- later`);
    assert.deepEqual(told(run(quiet, { config: '{ "rules": { "P010": "error" } }' })), []);
  });

  it("hold for the warnings about switches", () => {
    const idle = `// ioasid-ignore P027 -- x\n${MACHINE}`;
    assert.deepEqual(told(run(idle, { config: '{ "rules": { "S066": "error" } }' })), [
      'S066 error at "P027"',
    ]);
    assert.deepEqual(told(run(idle, { config: '{ "rules": { "S066": "off" } }' })), []);
  });
});

describe("the policy of ioasid.config.json", () => {
  const policyOf = (text: string, policy: string) =>
    compile(FILE, hostOf({ [FILE]: text }), { config: config(`{ "policy": "${policy}" }`) }).platform
      .pasidPolicy;

  it("holds for a file that states none", () => {
    assert.equal(policyOf("", "simple"), "simple");
    assert.equal(policyOf("uapi v1", "simple"), "simple");
    assert.equal(policyOf("", "precise"), "precise");
  });

  it("gives way to the one of the file", () => {
    assert.equal(policyOf("uapi v2 { pasid-policy precise }", "simple"), "precise");
  });
});

describe("a mistake in ioasid.config.json", () => {
  it("is told among the findings of the program, at its place in the configuration", () => {
    assert.deepEqual(told(run(MACHINE, { config: '{ "policy": "fast" }' })), [
      `S068 error at ""fast"" in ${CONFIG}`,
    ]);
  });

  const MISTAKES: Readonly<Record<string, readonly RegExp[]>> = {
    "": [/^S067 at : A value is missing here/],
    "[]": [/^S067 at \[\]: A configuration is one JSON object/],
    "{": [/^S067 at \{: This `\{` is never closed\. Add the missing `\}`/],
    '{ "rules": { "P027": "off" }': [/^S067 at \{: This `\{` is never closed/],
    '{ "rules": {} } x': [/^S067 at x: The file goes on after its end/],
    "{ \"policy\": 'simple' }": [/^S067 at 'simple': JSON has no single quotes\. Write `"simple"`/],
    '{ policy: "simple" }': [/^S067 at policy: A key in quotes belongs here\. Write `"policy"`/],
    '{ "policy": simple }': [/^S067 at simple: `simple` is no JSON value/, /^S068/],
    '{ "policy": "simple", }': [/^S067 at ,: Nothing follows this comma/],
    '{ "rules": {} "policy": "simple" }': [/^S067 at ": A comma is missing before this/],
    '{ "policy" "simple" }': [/^S067 at "policy": This key has no value/, /^S067/, /^S067/],
    '{ "policy": "simple }': [/^S067 at "simple }: This text does not end/, /^S067/, /^S068/],
    '{ "policy": "si\\qmple" }': [/^S067 at "si\\qmple": This text has an escape/, /^S068/],
    "{ /* none */ }": [/^S067 at \/\* none \*\/: JSON has no comments/],
    '{ "polcy": "simple" }': [/^S068 at "polcy": The configuration has no "polcy".*mean "policy"\?/],
    '{ "policy": "simpel" }': [/^S068 at "simpel": "simpel" is no value of "policy".*mean "simple"\?/],
    '{ "rules": "off" }': [/^S068 at "off": "off" is no value of "rules"/],
    '{ "rules": { "P0277": "off" } }': [/^S064 at "P0277": There is no rule P0277.*Did you mean P027\?/],
    '{ "rules": { "S001": "off" } }': [/^S064 at "S001": S001 cannot be hidden/],
    '{ "rules": { "S070": "off" } }': [/^S064 at "S070": S070 cannot be hidden/],
    '{ "rules": { "P027": "warn" } }': [/^S068 at "warn": "warn" is no value of "P027"/],
    '{ "rules": { "P027": 2 } }': [
      /^S068 at 2: This is no value of "P027".*"off", "info", "warning" or "error"/,
    ],
    '{ "rules": { "P027": ["off"] } }': [/^S068 at \["off"\]: A list is no value of "P027"/],
    '{ "rules": { "P027": "off", "P027": "info" } }': [/^S068 at "P027": "P027" is set twice/],
    '{ "": 1 }': [/^S068 at "": The configuration has no ""/],
    [`{ "rules": ${"[".repeat(1000)} }`]: [/^S067 at \[: This is nested more than 50 levels deep/, /^S068/],
  };

  for (const [text, expected] of Object.entries(MISTAKES)) {
    it(`is told of ${text.length > 60 ? `${text.slice(0, 60)}…` : text || "an empty file"}`, () => {
      const found = mistakes(text);
      assert.equal(found.length, expected.length, found.join("\n"));
      for (const [index, pattern] of expected.entries()) assert.match(found[index] ?? "", pattern);
    });
  }

  it("is told without reading what is far too large, and large files are read", () => {
    const [first, ...others] = mistakes(" ".repeat(2 ** 20 + 1));
    assert.match(first ?? "", /^S067 at : The file is larger than 1 MiB/);
    assert.deepEqual(others, []);
    const size = 2 ** 20 - 100;
    for (const text of ["[", "{", '"', '"x', "'", "/*", "{}", "\\", "\n", '{"a":', "// ", "x"]) {
      assert.ok(mistakes(text.repeat(Math.floor(size / text.length))).length > 0);
    }
    assert.ok(mistakes(`{ "policy": "${"x".repeat(size)}" }`).length > 0);
    assert.ok(mistakes(`{} /*${"*".repeat(size)}`).length > 0);
    assert.ok(mistakes(`{ "policy": "${'\\"'.repeat(size / 2)}" }`).length > 0);
  });

  it("leaves the rest of the file in force", () => {
    const { config: read } = config(
      '{ "polcy": 1, "rules": { "P027": "of", "P010": "off", }, "policy": "simple"',
    );
    assert.deepEqual([...read.levels.keys()], ["P010"]);
    assert.equal(read.policy, "simple");
  });

  it("never makes reading fail, whatever the text is", () => {
    const piece = fc.constantFrom(
      ..."{}[]:,\"'\\/* \n",
      "rules",
      '"rules"',
      '"P027"',
      '"off"',
      "//",
      "/*",
      "1",
    );
    const text = fc.oneof(
      fc.array(piece, { maxLength: 30 }).map((parts) => parts.join("")),
      fc.string(),
    );
    fc.assert(
      fc.property(text, (each) => {
        for (const { span, message } of config(each).diagnostics) {
          assert.ok(0 <= span.start && span.start <= span.end && span.end <= Math.max(each.length, 1));
          assert.doesNotMatch(message, /undefined|NaN|\[object/);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("is found in every text that JSON.parse refuses, and in none that it takes", () => {
    const text = fc.oneof(
      fc.json(),
      fc.string(),
      fc.json().chain((json) => fc.nat(json.length).map((cut) => json.slice(0, cut))),
    );
    fc.assert(
      fc.property(text, (each) => {
        const isBroken = mistakes(each).some((line) => /^S067/.test(line) && !/one JSON object/.test(line));
        assert.equal(isBroken, !isJson(each));
      }),
      { numRuns: 2000 },
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe("the levels that a host sets", () => {
  const text = guest(P010);
  const withLevels = (levels: Record<string, unknown>, configText?: string) => {
    const read = configText === undefined ? {} : { config: config(configText) };
    const program = compile(FILE, hostOf({ [FILE]: text }), { levels: hostLevels(levels), ...read });
    return told(runToEnd(program)).filter((each) => !each.startsWith("U096"));
  };

  it("show a rule with another severity, or not at all", () => {
    assert.deepEqual(withLevels({ P010: "off" }), []);
    assert.deepEqual(withLevels({ P010: "warning" }), [`P010 warning at "${P010}"`]);
  });

  it("give way to the configuration of the project, rule by rule", () => {
    const read = '{ "rules": { "P010": "error" } }';
    assert.deepEqual(withLevels({ P010: "off" }, read), [`P010 error at "${P010}"`]);
    assert.deepEqual(withLevels({ P010: "off" }, '{ "rules": { "P027": "off" } }'), []);
  });

  it("leave out what is no level, no rule, or a rule that can have none", () => {
    assert.deepEqual(
      [...hostLevels({ P010: "loud", P999: "off", S001: "off", P003: 1, S066: "off" }).keys()],
      ["S066"],
    );
  });

  it("do not make a failed step pass, and have no place to point to", () => {
    const failing = guest("", 'scenario "s" { attach nic pasid 0x1_0000 -> gva }');
    const program = compile(FILE, hostOf({ [FILE]: failing }), { levels: hostLevels({ P003: "off" }) });
    const found = runToEnd(program).diagnostics.filter(({ code }) => code === "S070");
    assert.deepEqual(
      found.map(({ severity, related }) => [severity, related]),
      [["error", []]],
    );
  });
});
