import { choiceStop, plain, stop } from "./item.js";

/**
 * The form of a statement as a snippet: what may be left out is left out, names and numbers are tab stops,
 * and words of which one is to be chosen are a choice.
 * @param form as the parser's messages show it: `dma DEV [pasid N] read|write|exec ADDRESS-or-RANGE [priv]`
 * @param choicesFor texts for the tab stop of a word such as `DEV`; empty when there are none
 */
export function snippetOf(form: string, choicesFor: (word: string) => readonly string[]): string {
  let stops = 0;
  const parts = withoutOptional(form)
    .split(" ")
    .map((part) => {
      const [, opening = "", word = "", closing = ""] = /^("?)(.*?)([",]*)$/.exec(part) ?? [];
      const text = partOf(word, () => ++stops, choicesFor);
      return `${opening}${text}${closing}`;
    });
  return parts.join(" ");
}

/** A form without its `[…]`, also nested ones. */
function withoutOptional(form: string): string {
  let left = form;
  for (let before = ""; before !== left; ) {
    before = left;
    left = left.replace(/ *\[[^[\]]*\]/g, "");
  }
  return left;
}

/** Numbers are there already, so that the statement can be read as it is. */
const NUMBERS: Readonly<Record<string, string>> = { ADDRESS: "0x1000", N: "1", RANGE: "0x0 + 1G" };

function partOf(
  word: string,
  nextStop: () => number,
  choicesFor: (word: string) => readonly string[],
): string {
  const choices = choicesFor(word);
  if (choices.length > 1) return choiceStop(nextStop(), choices);
  if (choices.length === 1) return stop(nextStop(), choices[0]!);
  if (/^[a-z-]+(?:\|[a-z-]+)+$/.test(word)) return choiceStop(nextStop(), word.split("|"));
  const name = word.replace(/-or-.*|\|.*/, "");
  if (/^[A-Z]/.test(name)) return stop(nextStop(), NUMBERS[name] ?? name);
  return /^\d/.test(word) ? stop(nextStop(), word) : plain(word);
}
