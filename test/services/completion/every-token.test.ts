import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  analyze,
  type Host,
  parse,
  runToEnd,
  type StepResult,
  syntax,
} from "../../../engine/language/index.js";
import { completionsAt, type View } from "../../../engine/services/index.js";

const { TokenKind } = syntax;

const HOST: Host = {
  read: (path) => readFileSync(path, "utf8"),
  resolve: (from, target) => join(dirname(from), target),
};

/** Marks that are offered; braces, brackets and commas are typed faster than chosen. */
const MARKS = new Set(["->", "=>", "==", "#gp"]);

/** Numbers of which the engine knows which one it is, or which ones there are. */
const KNOWN_NUMBERS: ReadonlySet<syntax.NumberRole> = new Set([
  "the PASID on the wire, or `none`",
  "a physical PASID, or `none`",
]);

/** Statements whose vPASID is one that is attached or mapped, when they succeed. */
const OF_KNOWN_PASIDS = /^(?:detach|kvm (?:map|unmap)|assert (?:ppasid|kvm))\b/;

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return filesBelow(path);
    return path.endsWith(".ioasid") ? [path] : [];
  });
}

/** Every token of a file, with what the parser wants in its place and the step that it stands in. */
interface Written {
  readonly word: string;
  readonly start: number;
  readonly end: number;
  readonly wanted: readonly syntax.Wanted[];
  readonly step: StepResult | undefined;
}

function* tokensOf(text: string, steps: readonly StepResult[]): Generator<Written> {
  const { tokens } = parse(text);
  for (let index = 0; index < tokens.length; index += 1) {
    if (tokens.kind(index) <= TokenKind.blockComment) continue;
    const [start, end] = [tokens.start(index), tokens.end(index)];
    const { wanted } = syntax.parseBeginning(text.slice(0, start));
    const step = steps.find(({ step: { span } }) => span.start <= start && start < span.end);
    yield { word: tokens.textOf(index), start, end, wanted, step };
  }
}

/**
 * Whether what stands there must be among what is offered: every word, every name that is used, every mark of
 * two letters, and the numbers that the engine knows. Not: names that are made here, titles, PCI addresses,
 * addresses and sizes, of which any may be meant, and a vPASID of a call that is refused.
 */
function mustBeOffered({ word, wanted, step }: Written): boolean {
  if (wanted.some(({ kind }) => kind === "new-name" || kind === "string" || kind === "pci-address"))
    return false;
  if (/^[A-Za-z_]/.test(word) || MARKS.has(word)) return true;
  if (!/^\d/.test(word)) return false;
  return wanted.some((each) => {
    if (each.kind === "exit-reason") return true;
    if (each.kind === "value") return each.property === "category";
    if (each.kind !== "number") return false;
    if (KNOWN_NUMBERS.has(each.role)) return step?.passed === true;
    const isCall = each.role === "a PASID" && step?.passed === true && !step.step.expectation;
    return isCall && OF_KNOWN_PASIDS.test(step.step.span.file === "" ? "" : statementText(step));
  });
}

const texts = new Map<string, string>();

function statementText({ step: { span } }: StepResult): string {
  return texts.get(span.file)?.slice(span.start, span.end) ?? "";
}

/** Whether a label is the word, or begins with it: `fault not-mapped`, `vm0.gpa`, `ram[0x1000]`. */
function holds(label: string, word: string): boolean {
  const value = /^\d/.test(word) ? Number(word.replaceAll("_", "")) : Number.NaN;
  return (
    label.split(/[ .[\]]/).some((part) => part === word || (part !== "" && Number(part) === value)) ||
    label === word
  );
}

describe("completion at every token of the examples", () => {
  for (const file of filesBelow("examples")) {
    it(file, () => {
      const text = readFileSync(file, "utf8");
      texts.set(file, text);
      const analysis = analyze(file, HOST);
      const result = runToEnd(analysis.program);
      const view: View = { analysis, result };
      const steps = [...result.start, ...result.scenarios.flatMap((each) => each.steps)];
      const own = steps.filter(({ step }) => step.span.file === file);
      let checked = 0;
      for (const written of tokensOf(text, own)) {
        const { word, start, end } = written;
        const before = completionsAt({ view, file, text, offset: start });
        const behind = completionsAt({ view, file, text, offset: end });
        const cut = completionsAt({ view, file, text: text.slice(0, start), offset: start });
        for (const [list, at] of [
          [before, start],
          [behind, end],
          [cut, start],
        ] as const) {
          assert.ok(list.replace.start <= at && at <= list.replace.end);
          for (const { insert, label } of list.items) assert.ok(insert.trim() !== "", label);
        }
        if (!mustBeOffered(written)) continue;
        checked += 1;
        const line = text.slice(text.lastIndexOf("\n", start) + 1, end);
        const labels = before.items.map(({ label }) => label);
        assert.ok(
          labels.some((label) => holds(label, word)),
          `${word} at the end of ${line}\n${labels.join(" ")}`,
        );
      }
      assert.ok(checked > 10 || text.length < 500);
    });
  }
});
