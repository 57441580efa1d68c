import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { Thread, Timeline } from "../../engine/debugger/index.js";
import { viewOf } from "../services/view.js";

const TEXT = readFileSync("docs/debugging.md", "utf8");

/** Everything that the debugger tells in the scenarios that the page is about: stages of walks, and findings. */
function told(): Set<string> {
  const lines = new Set<string>();
  for (const [name, title] of [
    ["illegal-mix", "the damage: work runs into a space that was never meant"],
    ["rfc-5-7-pasid-table", "a removed entry lives on in the cache"],
  ] as const) {
    const { program } = viewOf(readFileSync(`examples/${name}.ioasid`, "utf8")).analysis;
    const scenario = program.scenarios.find((each) => each.title === title);
    assert.ok(scenario, `${name} has the scenario "${title}", which the page names`);
    const { timeline } = new Thread(1, new Timeline(program, scenario));
    for (let step = timeline.first; step < timeline.length; step += 1) {
      const { outcome, diagnostics } = timeline.result(step);
      for (const { kind, text } of outcome?.stages ?? []) lines.add(`${kind} ${text}`);
      for (const { code, message } of diagnostics)
        lines.add(`${code} ${message.split(/(?<=\.) (?=[A-Z])/)[0]}`);
    }
  }
  return lines;
}

describe("docs/debugging.md", () => {
  it("quotes what the debugger says", () => {
    const quoted = [...TEXT.matchAll(/```text\n([\s\S]*?)```/g)].flatMap(([, block = ""]) =>
      block
        .split("\n")
        .map((line) => line.trim().replace(/\s+/g, " "))
        .filter((line) => line !== ""),
    );
    const said = told();
    assert.equal(quoted.length, 6);
    for (const line of quoted) assert.ok(said.has(line), line);
  });

  it("shows pictures that are there", () => {
    const pictures = [...TEXT.matchAll(/\]\((images\/[^)]+)\)/g)].map(([, path]) => path);
    assert.equal(pictures.length, 4);
    for (const path of pictures) assert.ok(existsSync(`docs/${path}`), path);
  });
});
