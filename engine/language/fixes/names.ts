import { nodesAt } from "../syntax/index.js";
import { choice, type Fix } from "./fix.js";
import type { Site } from "./site.js";

/**
 * Ways out of a name that is declared twice: another name for the second, or the second taken away. Which
 * of them was meant, and which of the two the rest of the file speaks of, only the author knows.
 */
export function otherName(site: Site): Fix[] {
  const name = site.text(site.span);
  const free = freeName(name, (each) => isTaken(site, each));
  const rename = choice(`Call this one \`${free}\``, site.instead(free));
  const statement = statementAt(site);
  if (!statement) return [rename];
  const removal = choice(`Remove this one; the first "${name}" counts`, site.removeLine(statement));
  return [rename, removal];
}

/** The next name of a series: `wq0`, `wq1`; a name without a number begins with 2. */
function freeName(name: string, isTaken: (name: string) => boolean): string {
  const [, stem, digits] = /^(.*?)(\d{0,6})$/.exec(name)!;
  let number = digits === "" ? 2 : Number(digits) + 1;
  while (isTaken(`${stem}${number}`)) number += 1;
  return `${stem}${number}`;
}

/** Whatever has the name, of whatever owner: one that is new everywhere is never ambiguous. */
function isTaken({ analysis }: Site, name: string): boolean {
  return analysis.symbols.definitions.some((definition) => definition.name === name);
}

/** The whole declaration of the name at the finding. */
function statementAt({ analysis, span }: Site) {
  const tree = analysis.trees.get(span.file);
  const path = tree ? nodesAt(tree, span.start) : [];
  const name = path.findIndex((node) => node.kind === "name");
  const statement = path[name - 1];
  return statement && { file: span.file, start: statement.start, end: statement.end };
}
