import { type Analysis, syntax } from "../../language/index.js";
import type { Named, NameEverywhere } from "./everywhere.js";
import { Shift } from "./shift.js";
import { whatChanges } from "./what-changes.js";

/** A program, and how to compile it again with other texts for some of its files. */
export interface Recompilable extends Named {
  recompiled(texts: ReadonlyMap<string, string>): Analysis;
}

const NAME = /^[A-Za-z_]\w*(-\w+)*$/;

const RESERVED: ReadonlySet<string> = new Set(syntax.RESERVED_WORDS);

/** Words that mean something in some place; a name may be one, where that place is not taken. */
const WORDS: ReadonlySet<string> = new Set([
  ...syntax.CONTEXT_WORDS,
  ...syntax.ERRNO_NAMES,
  ...syntax.FAULT_NAMES,
]);

/** Why no thing of the language can have a name, in a sentence; `undefined` when one can. */
export function nameRefusal(name: string): string | undefined {
  if (RESERVED.has(name)) {
    return name === "pasid"
      ? "`pasid` introduces a PASID wherever it stands, so nothing can have it as its name."
      : `\`${name}\` begins a statement wherever it stands, so nothing can have it as its name.`;
  }
  if (NAME.test(name)) return undefined;
  return `${JSON.stringify(name)} cannot be a name: a name begins with a letter or \`_\`, and goes on with letters, digits, \`_\` and single \`-\` between them.`;
}

/**
 * Why a program would not be the same with a new name, in a sentence: the name is taken, would hide or be
 * hidden by another one, or makes some use of a name ambiguous. `undefined` when nothing else changes.
 * @param renamed with all its places; those in other files than the program's do not matter here
 * @param name that `nameRefusal` has nothing against
 */
export function renameRefusal(
  program: Recompilable,
  renamed: NameEverywhere,
  name: string,
): string | undefined {
  if (isFresh(program, renamed.definition.name, name)) return undefined;
  const { analysis } = program;
  const places = renamed.places.filter(({ file }) => analysis.trees.has(file));
  const shift = new Shift(places, name);
  const texts = new Map(
    [...new Set(places.map(({ file }) => file))].map((file) => [
      file,
      shift.text(file, analysis.trees.get(file)?.text ?? ""),
    ]),
  );
  return whatChanges(analysis, program.recompiled(texts), shift, name);
}

/**
 * Whether a name is certain to change nothing, without compiling: nothing is written like the new name, and
 * wherever the old one stands it was understood, so that no other use waits for either of them.
 */
function isFresh({ analysis: { trees, symbols } }: Named, before: string, after: string): boolean {
  if (WORDS.has(after)) return false;
  for (const [file, tree] of trees) {
    if (!wordsAt(tree, after).next().done) return false;
    for (const start of wordsAt(tree, before)) {
      if (symbols.at(file, start)?.span.start !== start) return false;
    }
  }
  return true;
}

/** Where a word stands that is no statement's, outside of comments and strings. */
function* wordsAt({ text, tokens }: syntax.SourceFile, word: string): Generator<number> {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const token = tokens.at(at);
    const isWhole = tokens.start(token) === at && tokens.end(token) === at + word.length;
    if (isWhole && tokens.kind(token) === syntax.TokenKind.identifier) yield at;
  }
}
