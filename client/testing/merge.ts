import type { CoveredStatement, FileCoverage } from "../../server/protocol/index.js";

/** The coverage of several runs as one: what two of them used of a file is counted together. */
export function mergeCoverage(runs: readonly (readonly FileCoverage[])[]): FileCoverage[] {
  const files = new Map<string, FileCoverage>();
  for (const { uri, statements, declarations } of runs.flat()) {
    const known = files.get(uri);
    files.set(uri, {
      uri,
      statements: merged([...(known?.statements ?? []), ...statements], () => ""),
      declarations: merged([...(known?.declarations ?? []), ...declarations], ({ name }) => name),
    });
  }
  return [...files.values()];
}

function merged<T extends CoveredStatement>(list: readonly T[], nameOf: (each: T) => string): T[] {
  const byPlace = new Map<string, T>();
  for (const each of list) {
    const { start, end } = each.range;
    const key = [nameOf(each), start.line, start.character, end.line, end.character].join(" ");
    const known = byPlace.get(key);
    byPlace.set(key, known ? { ...known, count: known.count + each.count } : each);
  }
  return [...byPlace.values()];
}
