import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
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

/** Every kind of slip, applied to some place of some example. */
export const mutated: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(...TEXTS),
    fc.constantFrom<Slip>(
      forget,
      tooLate,
      twice,
      inPattern(/->|=>/g, ([first, second]) => `${first} ${second}`),
      inPattern(/\b[a-z][a-z-]{3,}\b/g, swapLetters),
      inPattern(/pasid \d+/g, () => "pasid 0x10_0000"),
      inPattern(/pasid \d+/g, () => "pasid 0"),
      inPattern(/pasid \d+/g, () => ""),
      inPattern(/pasid-width +\d+/g, () => "pasid-width 2"),
      inPattern(/category \d/g, () => "category 0"),
      inPattern(/0x[0-9a-f_]+ \+ \d+[KMG]/g, (range) => range.replace("0x", "0x8")),
      inPattern(/nesting +\w+/g, () => "nesting none"),
    ),
    fc.nat(1000),
  )
  .map(([text, slip, seed]) => slip(text, seed));
