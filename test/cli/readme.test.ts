import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { ioasid } from "./program.js";

/** The fenced blocks of README.md in some language, with the place of each. */
function blocks(language: string): { text: string; start: number; end: number }[] {
  const found = readme().matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"));
  return [...found].map((match) => {
    const start = match.index + language.length + 4;
    return { text: match[1] ?? "", start, end: start + (match[1] ?? "").length };
  });
}

const readme = () => readFileSync("README.md", "utf8");

describe("the README", () => {
  it("shows what npm start prints", () => {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
    assert.match(scripts.start, /node dist\/ioasid\.js run examples\/guest-sva\.ioasid$/);
    const { status, stdout } = ioasid(["run", "examples/guest-sva.ioasid"]);
    assert.equal(status, 0);
    const [block = assert.fail("README.md has no block of output")] = blocks("text");
    if (process.env.REFRESH) {
      writeFileSync("README.md", readme().slice(0, block.start) + stdout + readme().slice(block.end));
    }
    assert.equal(blocks("text")[0]?.text, stdout);
  });

  it("has a first file that runs as it states", () => {
    const [block = assert.fail("README.md has no first file")] = blocks("ioasid");
    assert.ok(block.text.trim().split("\n").length <= 12, "about ten lines");
    assert.deepEqual(ioasid(["check", "-"], { input: block.text }), {
      status: 0,
      stdout: "<stdin>: nothing to report\n",
      stderr: "",
    });
  });

  it("links only to files that there are", () => {
    for (const [, target = ""] of readme().matchAll(/\]\(([^)#]+)\)/g)) {
      if (!target.startsWith("http")) assert.ok(existsSync(target), target);
    }
  });
});
