import { readdirSync, readFileSync } from "node:fs";
import { parse, type Step } from "../../../engine/language/syntax/index.js";
import { root } from "../../helpers/marks.js";

/** Complete files of the examples that import nothing. */
export const TEXTS: readonly string[] = readdirSync(`${root}/examples`)
  .filter((name) => name.endsWith(".ioasid"))
  .map((name) => readFileSync(`${root}/examples/${name}`, "utf8"))
  .filter((text) => !text.includes("import "));

/** A mistake as people make them. */
type Slip = (text: string, seed: number) => string;

/** The statements of a file that stand in an owner block. */
function stepsOf(text: string): Step[] {
  return parse(text).items.flatMap((item) =>
    item.kind === "guest" || item.kind === "native"
      ? item.items.filter(
          (step): step is Step => !["memory", "process", "viommu", "misplaced"].includes(step.kind),
        )
      : [],
  );
}

function pick<T>(list: readonly T[], seed: number): T | undefined {
  return list[seed % Math.max(list.length, 1)];
}

function splice(text: string, start: number, end: number, instead: string): string {
  return text.slice(0, start) + instead + text.slice(end);
}

const forget: Slip = (text, seed) => {
  const step = pick(stepsOf(text), seed);
  return step ? splice(text, step.start, step.end, "") : text;
};

/** A statement that comes only after the next one. */
const tooLate: Slip = (text, seed) => {
  const steps = stepsOf(text);
  const index = seed % Math.max(steps.length - 1, 1);
  const [first, second] = [steps[index], steps[index + 1]];
  if (!first || !second || first.end > second.start) return text;
  const words = text.slice(first.start, first.end);
  return splice(splice(text, second.end, second.end, `  ${words}`), first.start, first.end, "");
};

const twice: Slip = (text, seed) => {
  const step = pick(stepsOf(text), seed);
  return step ? splice(text, step.end, step.end, `  ${text.slice(step.start, step.end)}`) : text;
};

const inPattern =
  (pattern: RegExp, instead: (found: string) => string): Slip =>
  (text, seed) => {
    const match = pick(
      [...text.replace(/\/\/.*/g, (comment) => " ".repeat(comment.length)).matchAll(pattern)],
      seed,
    );
    return match ? splice(text, match.index, match.index + match[0].length, instead(match[0])) : text;
  };

const swapLetters = (word: string) => word[0] + (word[2] ?? "") + word[1] + word.slice(3);

/** Each kind of slip. */
export const SLIPS: Readonly<Record<string, Slip>> = {
  "a statement forgotten": forget,
  "a statement after the one that needs it": tooLate,
  "a statement twice": twice,
  "an arrow torn in two": inPattern(/->|=>/g, ([first, second]) => `${first} ${second}`),
  "two letters swapped": inPattern(/\b[a-z][a-z-]{3,}\b/g, swapLetters),
  "an opening brace forgotten": inPattern(/\{/g, () => ""),
  "a closing brace forgotten": inPattern(/\}/g, () => ""),
  "a PASID beyond 20 bits": inPattern(/pasid \d+/g, () => "pasid 0x10_0000"),
  "PASID 0": inPattern(/pasid \d+/g, () => "pasid 0"),
  "a PASID forgotten": inPattern(/pasid \d+/g, () => ""),
  "a narrow width": inPattern(/pasid-width +\d+/g, () => "pasid-width 2"),
  "category 0": inPattern(/category \d/g, () => "category 0"),
  "an address eight digits too high": inPattern(/0x[0-9a-f_]+ \+ \d+[KMG]/g, (range) =>
    range.replace("0x", "0x8"),
  ),
  "no nesting": inPattern(/nesting +\w+/g, () => "nesting none"),
};

/** Every text that a slip makes of the examples, each once: at each place where it can happen. */
export function* slipped(slip: Slip): Generator<string> {
  for (const text of TEXTS) {
    const seen = new Set<string>();
    // A slip takes its place by a seed modulo the number of places, so that places come round again.
    for (let seed = 0; seed < 500; seed++) {
      const wrong = slip(text, seed);
      if (wrong === text || seen.has(wrong)) continue;
      seen.add(wrong);
      yield wrong;
    }
  }
}
