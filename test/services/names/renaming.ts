import { type Analysis, analyze, runToEnd } from "../../../engine/language/index.js";
import {
  type NameEverywhere,
  nameEverywhere,
  nameRefusal,
  type Recompilable,
  renameRefusal,
} from "../../../engine/services/index.js";
import { type Files, hostOf } from "../programs.js";

/** What comes of a renaming: the texts of all files with the new name, or why there is none. */
export type Renamed = { readonly files: Files } | { readonly refusal: string };

/** Renames the name at an offset of a file, as an editor does; `undefined` where no name is. */
export function renamed(files: Files, file: string, offset: number, name: string): Renamed | undefined {
  const programs = [file, ...Object.keys(files).filter((each) => each !== file)].map((root) =>
    recompilable(files, root),
  );
  const found = nameEverywhere(programs, file, offset);
  if (!found) return undefined;
  const refusal =
    nameRefusal(name) ??
    programs.map((program) => renameRefusal(program, found, name)).find((each) => each !== undefined);
  return refusal === undefined ? { files: replaced(files, found, name) } : { refusal };
}

/** The texts with the name replaced in all its places, whatever that does to them. */
export function replaced(files: Files, { places }: NameEverywhere, name: string): Files {
  const texts = { ...files };
  for (const { file, start, end } of places.toReversed()) {
    const text = texts[file] ?? "";
    texts[file] = text.slice(0, start) + name + text.slice(end);
  }
  return texts;
}

function recompilable(files: Files, root: string): Recompilable {
  return {
    analysis: analyze(root, hostOf(files)),
    recompiled: (texts) => analyze(root, hostOf({ ...files, ...Object.fromEntries(texts) })),
  };
}

/**
 * Everything that a program does and that is found in it, as text, with two names made one: equal for programs
 * that differ in nothing but the name.
 */
export function meaning(files: Files, root: string, one: string, other: string): string {
  const { program, symbols } = analyze(root, hostOf(files));
  const { start, scenarios, diagnostics } = runToEnd(program);
  const steps = [start, ...scenarios.map((each) => each.steps)].map((list) =>
    list.map(({ step, outcome, assertion, passed }) => [
      step.kind === "operation" ? step.operation : step.assertion,
      step.expectation?.outcome,
      outcome,
      assertion?.kind,
      passed,
    ]),
  );
  const codes = diagnostics.map(({ code, severity, span }) => `${code} ${severity} ${lineOf(files, span)}`);
  const names = symbols.definitions.map((each) =>
    symbols.references(each).map((span) => lineOf(files, span)),
  );
  const text = JSON.stringify([program.platform, steps, codes.sort(), names]);
  return text.replace(/[A-Za-z_]\w*(?:-\w+)*/g, (word) => (word === one || word === other ? "•" : word));
}

/** Line and number of the words before a place: the same whatever the names are. */
function lineOf(files: Files, { file, start }: { readonly file: string; readonly start: number }): string {
  const lines = (files[file] ?? "").slice(0, start).split("\n");
  return `${file}:${lines.length}:${(lines.at(-1)?.match(/[\w-]+/g) ?? []).length}`;
}

/** The places of all names of a file as its own program has them. */
export function namesIn(
  files: Files,
  file: string,
): readonly { readonly start: number; readonly name: string }[] {
  const { symbols }: Analysis = analyze(file, hostOf(files));
  return symbols.inFile(file).map(({ span, definition }) => ({ start: span.start, name: definition.name }));
}
