import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { attachmentCount, attachmentRows, attachmentsTo } from "../../engine/simulator/index.js";
import { root, runFile } from "../helpers/marks.js";

/** The examples, and what they become behind iommufd, where slices in software are attached by an access. */
const FOLDERS = [`${root}/examples`, `${root}/test/language/port/ported`];

describe("the attachments of a space", () => {
  for (const folder of FOLDERS) {
    it(`are as many as are counted, in ${folder.slice(root.length + 1)}`, () => {
      let attached = 0;
      for (const name of readdirSync(folder).filter((each) => each.endsWith(".ioasid"))) {
        const { machine: start, scenarios } = runFile(`${folder}/${name}`);
        for (const machine of [start, ...scenarios.map((scenario) => scenario.machine)]) {
          const rows = attachmentRows(machine);
          for (const [number, space] of machine.spaces.entries()) {
            const expected = rows.filter((row) => row.space === number);
            assert.deepEqual([...attachmentsTo(machine, number)], expected, `${name}: ${space.name}`);
            assert.equal(attachmentCount(machine, number), expected.length, `${name}: ${space.name}`);
            attached += expected.length;
          }
        }
      }
      assert.ok(attached > 100, `only ${attached} attachments were looked at`);
    });
  }
});
