import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { DOCUMENTS, run, sessionsOf } from "./shell.js";

for (const document of DOCUMENTS) {
  const markdown = readFileSync(document, "utf8");
  const sessions = sessionsOf(markdown);
  if (sessions.length === 0) continue;

  describe(`the command lines in ${document}`, function () {
    this.timeout(60_000);
    let outputs: readonly string[] = [];
    before(() => {
      outputs = run(markdown);
    });

    sessions.forEach(({ command, output }, index) => {
      it(`${command} prints what is shown`, () => {
        assert.equal(output, outputs[index], "npm run docs stores what is printed now");
      });
    });
  });
}

describe("the reader of command lines", () => {
  const fence = "```";

  it("takes each $ ioasid with what stands below it", () => {
    const markdown = `text\n${fence}sh\n$ ioasid check a.ioasid\nfirst\n\nsecond\n$ cd x\n$ ioasid --version\n${fence}\n`;
    assert.deepEqual(
      sessionsOf(markdown).map(({ command, output }) => [command, output]),
      [
        ["ioasid check a.ioasid", "first\n\nsecond\n"],
        ["ioasid --version", ""],
      ],
    );
    for (const { start, end, output } of sessionsOf(markdown)) {
      assert.equal(markdown.slice(start, end), output);
    }
  });

  it("leaves blocks alone that show no prompt or are no shell", () => {
    assert.deepEqual(sessionsOf(`${fence}sh\nnpm ci\n${fence}\n${fence}text\n$ ioasid\n${fence}\n`), []);
  });

  it("sees the files that the document shows, both streams, and the exit status", () => {
    const file = `${fence}ioasid\n// a.ioasid: empty\n${fence}\n`;
    const commands = `${fence}sh\n$ ioasid check a.ioasid\n$ ioasid check b.ioasid\n${fence}\n`;
    assert.deepEqual(run(file + commands), [
      "a.ioasid: nothing to report\n",
      'ioasid: There is no file "b.ioasid".\n# exit status 2\n',
    ]);
  });
});
