import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { analyze, type Host, runToEnd } from "../../engine/language/index.js";
import { plainText, safeMarkdownText } from "../../engine/report/index.js";
import { type HintTopic, hintDetails, hintsIn, hoverAt, type View } from "../../engine/services/index.js";

const TOPICS: ReadonlySet<HintTopic> = new Set(["results", "ppasids", "kvm", "backing"]);

/** Words that no person should ever read. */
const BROKEN = /undefined|\bnull\b|\bNaN\b|\[object/;

const HOST: Host = {
  read: (path) => readFileSync(path, "utf8"),
  resolve: (from, target) => join(dirname(from), target).replaceAll("\\", "/"),
};

function examples(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return examples(path);
    return path.endsWith(".ioasid") ? [path] : [];
  });
}

for (const file of examples("examples")) {
  describe(`${file} in an editor`, () => {
    let view: View;
    let text: string;
    before(() => {
      const analysis = analyze(file, HOST);
      view = { analysis, result: runToEnd(analysis.program) };
      text = analysis.program.sources.get(file) ?? "";
    });

    it("has details for every hint, and a place for every part that has one", () => {
      const hints = hintsIn(view, file, { start: 0, end: text.length }, TOPICS);
      for (const { subject, topic, parts, at } of hints) {
        assert.doesNotMatch(parts.join(" "), BROKEN);
        assert.ok(
          parts.every((part) => part !== ""),
          `an empty part at ${at}`,
        );
        const details = hintDetails(view, subject, topic);
        assert.equal(details?.targets.length, parts.length);
        assert.doesNotMatch(plainText(details?.blocks ?? []), BROKEN);
        for (const span of details?.targets ?? []) {
          if (span) assert.ok((view.analysis.program.sources.get(span.file)?.length ?? 0) >= span.end);
        }
      }
    });

    it("has the same hints in every part of it as in the whole", () => {
      const all = hintsIn(view, file, { start: 0, end: text.length }, TOPICS);
      const pieces: typeof all = [];
      for (let start = 0; start <= text.length; start += 200) {
        pieces.push(...hintsIn(view, file, { start, end: start + 199 }, TOPICS));
      }
      assert.deepEqual(pieces, all);
    });

    it("has whole sentences over every token", () => {
      let last = -1;
      for (let offset = 0; offset < text.length; offset++) {
        const hover = hoverAt(view, file, offset);
        if (!hover || hover.start === last) continue;
        last = hover.start;
        const words = plainText(hover.blocks);
        assert.doesNotMatch(words, BROKEN, text.slice(hover.start, hover.end));
        assert.notEqual(words, "");
        assert.notEqual(safeMarkdownText(hover.blocks), "");
      }
    });
  });
}
