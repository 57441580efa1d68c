import assert from "node:assert/strict";
import fc from "fast-check";
import { analyze, compile } from "../../../engine/language/index.js";
import { hostOf, relatedOf } from "../lowering/host.js";
import { FILE, guest, MACHINE, run, told } from "./helpers.js";

const P010 = 'P010 warning at "attach wq0 pasid 7 -> gva"';

describe("// ioasid-ignore", () => {
  it("is not needed for the finding to be there", () => {
    assert.deepEqual(told(run(guest("attach wq0 pasid 7 -> gva"))), [P010]);
  });

  const HIDING: Readonly<Record<string, string>> = {
    "above a statement": "// ioasid-ignore P010 -- later\nattach wq0 pasid 7 -> gva",
    "above it, with an empty line between": "// ioasid-ignore P010 -- later\n\nattach wq0 pasid 7 -> gva",
    "above it, with another comment between":
      "// ioasid-ignore P010 -- later\n// the queue of the database\nattach wq0 pasid 7 -> gva",
    "behind it on its line": "attach wq0 pasid 7 -> gva // ioasid-ignore P010 -- later",
    "behind it, as a block comment": "attach wq0 pasid 7 -> gva /* ioasid-ignore P010 -- later */ info nic",
    "before it on its line": "/* ioasid-ignore P010 -- later */ attach wq0 pasid 7 -> gva",
    "in the middle of it": "attach wq0\n// ioasid-ignore P010 -- later\npasid 7 -> gva",
    "among several rules": "// ioasid-ignore P010,P027 P003 -- later\nattach wq0 pasid 7 -> gva",
    "without blanks": "//ioasid-ignore P010--later\nattach wq0 pasid 7 -> gva",
  };

  for (const [where, statements] of Object.entries(HIDING)) {
    it(`hides a finding ${where}`, () => {
      const rest = told(run(guest(statements)));
      assert.deepEqual(
        rest.filter((each) => !each.startsWith("S066")),
        [],
      );
    });
  }

  it("hides nothing at other statements, and says that it hides nothing", () => {
    const text = guest("// ioasid-ignore P010 -- later\ninfo nic\nattach wq0 pasid 7 -> gva");
    assert.deepEqual(told(run(text)), ['S066 warning at "P010"', P010]);
  });

  it("behind a statement does not hide what the next line says", () => {
    const text = guest("info nic // ioasid-ignore P010 -- later\nattach wq0 pasid 7 -> gva");
    assert.deepEqual(told(run(text)), ['S066 warning at "P010"', P010]);
  });

  it("hides no other rule", () => {
    const text = guest("// ioasid-ignore P027 -- later\nattach wq0 pasid 7 -> gva");
    assert.deepEqual(told(run(text)), ['S066 warning at "P027"', P010]);
  });

  it("reaches over the whole block of a guest or a scenario", () => {
    const scenario = `// ioasid-ignore P010 -- later
scenario "s" {
  info nic
  attach wq0 pasid 7 -> gva
  attach wq0 pasid 8 -> gva
}
scenario "t" { attach wq0 pasid 7 -> gva }`;
    assert.deepEqual(told(run(guest("", scenario))), [P010]);
    const text = guest("attach wq0 pasid 7 -> gva").replace("guest", "// ioasid-ignore P010 -- later\nguest");
    assert.deepEqual(told(run(text)), []);
  });

  it("in the block of a declaration is for that declaration", () => {
    const pdev = (inside: string) => `${MACHINE}pdev old at 3b:00.1 behind vtd { category 0 ${inside} }`;
    assert.deepEqual(told(run(pdev("pasid-width 8"))), ['C003 error at "pdev old"']);
    for (const comment of ["// ioasid-ignore C003 -- it is\n", "\n// ioasid-ignore C003 -- it is\n"]) {
      assert.deepEqual(told(run(pdev(`${comment} pasid-width 8`))), []);
      assert.deepEqual(told(run(pdev(`pasid-width 8 ${comment}`))), []);
    }
  });

  it("inside a body is for the line of the body", () => {
    const body = (comment: string) => guest(`ioasid io {\n map 0x800 + 4K -> ram ${comment}\n => EINVAL }`);
    assert.ok(told(run(body("=> EINVAL"))).some((each) => each.startsWith("U005 hint")));
    assert.ok(
      !told(run(body("=> EINVAL // ioasid-ignore U005 -- shown"))).some((each) => each.startsWith("U005")),
    );
  });

  it("at the end of a block, and of a file, has no statement", () => {
    const end = (text: string) => run(text).diagnostics.map(({ code, message }) => `${code} ${message}`);
    for (const text of [
      guest("// ioasid-ignore P010 -- later"),
      `${MACHINE}// ioasid-ignore P010 -- later`,
    ]) {
      assert.equal(end(text).length, 1);
      assert.match(end(text)[0] ?? "", /^S066 No statement follows in this block/);
    }
  });

  it("counts the innermost of several as the one that is used", () => {
    const text = guest("// ioasid-ignore P010 -- inner\nattach wq0 pasid 7 -> gva");
    const all = `// ioasid-ignore-file P010 -- outer\n${text}`;
    assert.deepEqual(
      run(all).diagnostics.map(({ code, span }) => [code, span.start]),
      [["S066", "// ioasid-ignore-file ".length]],
    );
  });

  it("finds the switch around a statement also past other switches inside of it", () => {
    const scenario = `// ioasid-ignore P010 -- all of it
scenario "s" {
  // ioasid-ignore P010 -- this one
  attach wq0 pasid 7 -> gva
  attach wq0 pasid 8 -> gva
}`;
    assert.deepEqual(told(run(guest("", scenario))), []);
  });

  it("hides hints too, which counts as use", () => {
    const step = "attach nic pasid 0x1_0000 -> gva => EINVAL";
    assert.deepEqual(told(run(guest(step))), [`P003 hint at "attach nic pasid 0x1_0000 -> gva"`]);
    assert.deepEqual(told(run(guest(`// ioasid-ignore P003 -- known\n${step}`))), []);
  });

  it("hides a finding of a step from the step as well", () => {
    const step = "attach nic pasid 0x1_0000 -> gva => EINVAL // ioasid-ignore P003 -- known";
    const result = run(guest("", `scenario "s" { ${step}\n}`));
    assert.deepEqual(result.scenarios[0]?.steps[0]?.diagnostics, []);
  });
});

describe("// ioasid-ignore-file", () => {
  it("hides a rule everywhere in its file, wherever it stands", () => {
    const statements = "attach wq0 pasid 7 -> gva\nattach wq0 pasid 8 -> gva";
    assert.deepEqual(told(run(`${guest(statements)}// ioasid-ignore-file P010 -- later\n`)), []);
    assert.deepEqual(told(run(guest(`${statements} /* ioasid-ignore-file P010 -- later */`))), []);
  });

  it("does not reach into an imported file, which has its own", () => {
    const library = guest("attach wq0 pasid 7 -> gva");
    const root = `import "lib.ioasid"\n// ioasid-ignore-file P010 -- later\n`;
    assert.deepEqual(told(run(root, { files: { "lib.ioasid": library } })), [
      'S066 warning at "P010"',
      `${P010} in lib.ioasid`,
    ]);
    const own = { "lib.ioasid": `// ioasid-ignore-file P010 -- later\n${library}` };
    assert.deepEqual(told(run('import "lib.ioasid"\n', { files: own })), []);
  });
});

describe("a switch that does not work", () => {
  it("is told when it names no rule", () => {
    for (const comment of [
      "// ioasid-ignore",
      "// ioasid-ignore -- why",
      "/* ioasid-ignore-file because */",
    ]) {
      assert.deepEqual(
        run(`${comment}\n${MACHINE}`).diagnostics.map(({ code, severity }) => `${code} ${severity}`),
        ["S063 warning"],
      );
    }
  });

  it("is told when its word is mistyped, with the word that was meant", () => {
    const message = (comment: string) => run(`${comment}\n${MACHINE}`).diagnostics[0]?.message ?? "nothing";
    assert.match(message("// ioasid-ignroe P010 -- x"), /Did you mean `ioasid-ignore`\?/);
    assert.match(message("// ioasid-ignore-fle P010 -- x"), /Did you mean `ioasid-ignore-file`\?/);
    assert.match(message("// ioasid-ignore-next-line P010 -- x"), /Did you mean `ioasid-ignore`\?/);
    assert.match(message("// IOASID-ignore P010 -- x"), /Did you mean `ioasid-ignore`\?/);
  });

  it("is told when a rule does not exist, with the nearest one; its other rules count", () => {
    const text = guest("// ioasid-ignore P0100, P010 -- later\nattach wq0 pasid 7 -> gva");
    const result = run(text);
    assert.deepEqual(told(result), ['S064 warning at "P0100"']);
    assert.match(result.diagnostics[0]?.message ?? "", /Did you mean P010\?/);
    assert.match(run(`// ioasid-ignore p027 -- x\n${MACHINE}`).diagnostics[0]?.message ?? "", /mean P027\?/);
    assert.match(
      run(`// ioasid-ignore X999 -- x\n${MACHINE}`).diagnostics[0]?.message ?? "",
      /begin with P, C or U/,
    );
  });

  it("cannot hide what is not understood of the text, and not what is said of switches", () => {
    const text = "// ioasid-ignore-file S009, S040, S066 -- quiet\niommu vtd { }\nbanana\n";
    assert.deepEqual(
      run(text).diagnostics.map(({ code }) => code),
      ["S064", "S064", "S064", "S009"],
    );
  });

  it("is told when it gives no reason, and still works", () => {
    const result = run(guest("attach wq0 pasid 7 -> gva // ioasid-ignore P010"));
    assert.deepEqual(told(result), ['S065 warning at "ioasid-ignore P010"']);
    assert.match(result.diagnostics[0]?.message ?? "", /`\/\/ ioasid-ignore P010 -- why it may be`/);
    const loose = run(guest("// ioasid-ignore P010: the guest maps it\nattach wq0 pasid 7 -> gva"));
    assert.match(loose.diagnostics[0]?.message ?? "", /`\/\/ ioasid-ignore P010 -- the guest maps it`/);
    assert.equal(
      run(guest("// ioasid-ignore P010 --\nattach wq0 pasid 7 -> gva")).diagnostics[0]?.code,
      "S065",
    );
  });

  it("is not told of in a file that is only imported, nor after a run of some scenarios", () => {
    const library = `${MACHINE}// ioasid-ignore P010 -- elsewhere\nguest vm0 { }`;
    assert.deepEqual(told(run('import "lib.ioasid"\n', { files: { "lib.ioasid": library } })), []);
    const text = guest(
      "",
      'scenario "a" { info nic }\n// ioasid-ignore P010 -- b\nscenario "b" { info nic }',
    );
    assert.deepEqual(told(run(text, { scenarios: new Set(["a"]) })), []);
    assert.deepEqual(told(run(text)), ['S066 warning at "P010"']);
  });

  it("is none: comments that only speak of ioasid, and strings", () => {
    const comments = "// ioasid-based tests\n/* see ioasid-ignore */\n// about ioasid-ignore P010\n";
    assert.deepEqual(told(run(`${comments}${MACHINE}scenario "// ioasid-ignore" { }\n`)), []);
  });
});

describe("a step that fails", () => {
  const step = "attach nic pasid 0x1_0000 -> gva";

  it("still fails when its finding is hidden, and says so", () => {
    const result = run(guest("", `scenario "s" {\n  // ioasid-ignore P003 -- known\n  ${step}\n}`));
    assert.deepEqual(told(result), [`S070 error at "${step}"`]);
    assert.equal(result.scenarios[0]?.passed, false);
    const [failure] = result.scenarios[0]?.steps[0]?.diagnostics ?? [];
    assert.equal(failure, result.diagnostics[0], "the step and the run tell the same");
    assert.deepEqual(relatedOf(result.program, failure), ['"P003": this hides P003']);
    assert.match(failure?.message ?? "", /`allow P003`/);
  });

  it("says so also in the start state, for a wrong outcome and for an assertion", () => {
    assert.deepEqual(told(run(guest(`${step} // ioasid-ignore P003 -- known`))), [`S070 error at "${step}"`]);
    const wrong = `// ioasid-ignore-file U090, U091 -- later\n${guest(
      "",
      `scenario "s" {\n  info nic => EINVAL\n  assert reports nic none\n}`,
    )}`;
    assert.deepEqual(told(run(wrong)), [
      'S070 error at "=> EINVAL"',
      'S070 error at "assert reports nic none"',
    ]);
  });

  it("keeps its other errors, which are enough", () => {
    const text = guest(`${step} => EBUSY // ioasid-ignore P003 -- known`);
    assert.deepEqual(told(run(text)), ['U090 error at "=> EBUSY"']);
  });
});

describe("switches", () => {
  it("hide what compiling finds before anything runs", () => {
    const text = `${MACHINE}// ioasid-ignore C003 -- it is\npdev old at 3b:00.1 behind vtd { category 0  pasid-width 8 }\n`;
    const program = compile(FILE, hostOf({ [FILE]: text }));
    assert.deepEqual(program.diagnostics, []);
  });

  it("are no documentation of what they stand above", () => {
    const text = "// the shared queue\n// ioasid-ignore C001 -- it is\nmdev wq0 on dsa { }\n";
    const { symbols } = analyze(FILE, hostOf({ [FILE]: text }));
    assert.equal(symbols.definitions[0]?.documentation, "the shared queue");
  });

  it("never make reading fail, whatever stands in the comment and wherever it stands", () => {
    const text = guest("attach wq0 pasid 7 -> gva", 'scenario "s" { attach wq0 pasid 8 -> gva }');
    const places = [...text.matchAll(/\s/g)].map(({ index }) => index);
    const piece = fc.constantFrom(
      "ioasid-ignore",
      "-file",
      " ",
      ",",
      "--",
      "P010",
      "P03",
      "S009",
      "why",
      "*",
      "x1-",
    );
    const comment = fc.array(piece, { maxLength: 8 }).map((parts) => parts.join(""));
    const placed = fc.tuple(comment, fc.constantFrom(...places), fc.boolean());
    fc.assert(
      fc.property(placed, ([words, place, isLine]) => {
        const inserted = isLine ? ` // ioasid-ignore${words}\n` : ` /* ${words}*/ `;
        const all = text.slice(0, place) + inserted + text.slice(place);
        const result = run(all);
        assert.equal(result.scenarios[0]?.passed, true);
        for (const { span, message } of result.diagnostics) {
          assert.ok(0 <= span.start && span.start < span.end && span.end <= all.length);
          assert.doesNotMatch(message, /undefined|NaN|\[object/);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("are read in one pass, however many there are", () => {
    const comments = "/* ioasid-ignore P010 -- x */".repeat(20_000);
    const { diagnostics } = run(`${MACHINE}${comments}`);
    assert.equal(diagnostics.filter(({ code }) => code === "S066").length, 20_000);
    const stars = `/* ioasid-ignore ${"*".repeat(200_000)}`;
    assert.ok(told(run(stars)).some((each) => each.startsWith("S063")));
  });

  it("are no part of a program that has none", () => {
    assert.equal(compile(FILE, hostOf({ [FILE]: MACHINE })).switches, undefined);
  });

  it("leave every outcome as it is", () => {
    const scenario = `scenario "s" { ${"attach nic pasid 0x1_0000 -> gva => EINVAL\n"} dma nic read 0x0 }`;
    const outcomes = (text: string) =>
      run(text).scenarios.flatMap(({ steps }) => steps.map((each) => each.outcome));
    const text = guest("attach wq0 pasid 7 -> gva", scenario);
    assert.deepEqual(outcomes(`// ioasid-ignore-file P010, P003, U090 -- quiet\n${text}`).length, 2);
    assert.deepEqual(
      outcomes(`// ioasid-ignore-file P010, P003, U090 -- quiet\n${text}`).map((each) => each?.kind),
      outcomes(text).map((each) => each?.kind),
    );
  });
});
