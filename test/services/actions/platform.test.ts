import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { applyEdits, type RunResult } from "../../../engine/language/index.js";
import {
  type Action,
  extractPlatform,
  inlineImport,
  obstacleToExtract,
} from "../../../engine/services/index.js";
import { stateLines } from "../../../engine/simulator/index.js";
import { analysisOf, FILE, viewOf } from "../view.js";

const TARGET = { file: "platforms/new.ioasid", path: "platforms/new.ioasid" };

const PLATFORM = readFileSync("examples/platforms/dsa-host.ioasid", "utf8");
const IMPORTS = { "platforms/dsa-host.ioasid": PLATFORM };

/** The texts of the root file and of the new file after an action. */
function applied(text: string, { edits }: Action) {
  const inFile = (file: string) => edits.filter((edit) => edit.file === file);
  return { root: applyEdits(text, inFile(FILE)), moved: applyEdits("", inFile(TARGET.file)) };
}

function extracted(text: string) {
  const action = extractPlatform(analysisOf(text, IMPORTS), TARGET);
  assert.ok(action, obstacleToExtract(analysisOf(text, IMPORTS)));
  return applied(text, action);
}

/** What a run gives, without the places where it is written. */
function meaning({ program, start, scenarios, machine, diagnostics }: RunResult): unknown {
  const { platform } = program;
  const machines = [machine, ...scenarios.map((each) => each.machine)].map((each) => stateLines(each));
  const steps = [start, ...scenarios.map((each) => each.steps)].map((each) =>
    each.map(({ outcome, assertion, passed }) => ({ outcome, assertion, passed })),
  );
  const codes = diagnostics.map(({ code, message }) => `${code} ${message}`).sort();
  return JSON.parse(
    JSON.stringify({ platform, machines, steps, codes }, (key, value: unknown) =>
      key === "origin" || key === "origins" || key === "related" || key === "findings" ? undefined : value,
    ),
  );
}

describe("moving hardware into a file of its own", () => {
  it("takes the comments along, and keeps what is apart apart", () => {
    const text = `// What this file is about.
uapi v1 { }

// The IOMMU of the host.
iommu vtd { pasid-width 20 }   // behind it is everything
cpu { enqcmd }

/* One device
   of Intel. */
pdev dsa at 6a:01.0 behind vtd { }
guest vm0 { }

mdev wq0 on dsa { }

guest vm1 { }
`;
    const { root, moved } = extracted(text);
    assert.equal(
      root,
      `// What this file is about.
uapi v1 { }

import "platforms/new.ioasid"
guest vm0 { }

guest vm1 { }
`,
    );
    assert.equal(
      moved,
      `// The IOMMU of the host.
iommu vtd { pasid-width 20 }   // behind it is everything
cpu { enqcmd }

/* One device
   of Intel. */
pdev dsa at 6a:01.0 behind vtd { }

mdev wq0 on dsa { }
`,
    );
  });

  it("works where statements share a line, and with other line breaks", () => {
    assert.deepEqual(extracted("iommu vtd { } cpu { } guest vm0 { }\r\n"), {
      root: 'import "platforms/new.ioasid" guest vm0 { }\r\n',
      moved: "iommu vtd { }\r\ncpu { }\r\n",
    });
  });

  it("takes along what hides findings in the whole file", () => {
    const comment = "// ioasid-ignore-file C002 -- a sketch";
    const { root, moved } = extracted(`${comment}\nuapi v1 { }\niommu vtd { }\n`);
    assert.ok(root.startsWith(comment));
    assert.equal(moved, `${comment}\niommu vtd { }\n`);
  });

  it("is refused where the order of the devices would change, or the text is not certain", () => {
    const between = 'iommu vtd { }\nimport "platforms/dsa-host.ioasid"\ncpu { }\n';
    assert.match(obstacleToExtract(analysisOf(between, IMPORTS)) ?? "", /^An import stands between/);
    assert.match(obstacleToExtract(analysisOf("iommu vtd {", IMPORTS)) ?? "", /^The text has mistakes/);
    assert.match(obstacleToExtract(analysisOf("guest vm0 { }", IMPORTS)) ?? "", /^The file declares no/);
    assert.equal(extractPlatform(analysisOf(between, IMPORTS), TARGET), undefined);
  });

  for (const name of readdirSync("examples").filter((each) => each.endsWith(".ioasid"))) {
    it(`changes nothing of what ${name} does, and comes back`, () => {
      const text = readFileSync(`examples/${name}`, "utf8");
      const before = viewOf(text, IMPORTS);
      const action = extractPlatform(before.analysis, TARGET);
      if (!action) {
        assert.match(obstacleToExtract(before.analysis) ?? "", /no hardware/);
        return;
      }
      const { root, moved } = applied(text, action);
      const imports = { ...IMPORTS, [TARGET.file]: moved };
      const after = viewOf(root, imports);
      assert.deepEqual(meaning(after.result!), meaning(before.result!), root);
      const [back] = inlineImport(after.analysis, root.indexOf('import "platforms/new'), (path) => path);
      if (!back) {
        assert.ok(name === "migration.ioasid", "only a file with further imports stays as it is");
        return;
      }
      const again = viewOf(applied(root, back).root, IMPORTS);
      assert.deepEqual(meaning(again.result!), meaning(before.result!));
    });
  }
});

describe("putting imported hardware in the place of its import", () => {
  const inlined = (text: string, imports: Readonly<Record<string, string>>) =>
    inlineImport(analysisOf(text, imports), text.indexOf("import"), (path) => path).map(
      (action) => applied(text, action).root,
    );

  it("leaves out which calls the file was written for", () => {
    assert.deepEqual(
      inlined('import "a.ioasid"\nguest vm0 { }\n', { "a.ioasid": "uapi v2 { }\n\niommu vtd { }\n" }),
      ["iommu vtd { }\nguest vm0 { }\n"],
    );
  });

  it("is not offered where it would mean something else", () => {
    const text = 'import "a.ioasid"\n';
    for (const other of [
      "guest vm0 { }",
      "allow P009",
      "iommu {",
      "// ioasid-ignore-file C002 -- a\ncpu { }",
    ]) {
      assert.deepEqual(inlined(text, { "a.ioasid": other }), [], other);
    }
    assert.deepEqual(inlined(`${text}${text}`, { "a.ioasid": "cpu { }" }), []);
    assert.deepEqual(inlined(text, {}), []);
  });
});
