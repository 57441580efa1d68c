import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { disagreements, root, runFile } from "./helpers/marks.js";

const folder = `${root}/test/fixtures/domain`;

/** One file per subject; the outcomes in it are those of the domain's sources, and its comments cite them. */
describe("the domain, as fixtures", () => {
  for (const name of readdirSync(folder).filter((each) => each.endsWith(".ioasid"))) {
    it(name.replace(/\.ioasid$/, "").replaceAll("-", " "), () => {
      const run = runFile(`${folder}/${name}`);
      assert.deepEqual(disagreements(run), []);
      assert.ok(run.scenarios.length > 0, "has a scenario");
    });
  }
});
