import type { Platform } from "../../simulator/index.js";
import type { At } from "../syntax/index.js";
import { choice, type Edit, type Fix } from "./fix.js";
import { lineStart } from "./layout.js";
import type { Site } from "./site.js";

/** The calls of the other version, for the whole program: its root file says which. */
export function otherVersion(site: Site, version: Platform["uapi"]): Fix[] {
  const [root] = site.analysis.trees;
  if (!root) return [];
  const [file, tree] = root;
  const stated = tree.items.find((item) => item.kind === "uapi");
  const title = `Begin the file with \`uapi ${version}\``;
  if (stated?.version) return [choice(title, site.replace(file, stated.version, version))];
  const [first] = tree.items;
  return first && !stated ? [choice(title, beforeDeclaration(site, file, first, `uapi ${version}`))] : [];
}

/** Something in front of a declaration of the top level, and of the comment that belongs to that. */
export function beforeDeclaration(site: Site, file: string, first: At, words: string): Edit {
  const source = site.source(file);
  let start = lineStart(source, first.start);
  if (source.slice(start, first.start).trim() !== "") return site.beforeAt(file, first, words);
  while (start > 0 && source.startsWith("//", lineStart(source, start - 1)))
    start = lineStart(source, start - 1);
  return site.beforeAt(file, { start, end: start }, words);
}
