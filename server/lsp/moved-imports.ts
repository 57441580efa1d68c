import type { CancellationToken } from "vscode-languageserver";
import { importsOf } from "../../engine/services/index.js";
import type { Compiled } from "./compile.js";
import type { Context } from "./context.js";
import type { DocumentEdits } from "./document-edits.js";
import { relativePath } from "./uris.js";

/** Tells where a file is after some files and folders got other addresses. */
export class Moves {
  /** @param moves from old to new addresses, as the server spells them */
  constructor(private readonly moves: readonly { readonly from: string; readonly to: string }[]) {}

  /** The address of a file afterwards: its own, or one below that of a folder. */
  after(uri: string): string {
    for (const { from, to } of this.moves) {
      if (uri === from) return to;
      if (uri.startsWith(`${from}/`)) return to + uri.slice(from.length);
    }
    return uri;
  }
}

/**
 * The edits, made before files move, with which every import leads to the same file as before: those of files
 * that import a moved one, and those of moved files themselves.
 */
export async function importEdits(
  context: Context,
  moves: Moves,
  token: CancellationToken,
): Promise<DocumentEdits[]> {
  const seen = new Set<string>();
  const found: DocumentEdits[] = [];
  for (const program of await context.programs.all(token)) {
    for (const file of program.analysis.trees.keys()) {
      const key = program.keyOf(file);
      if (seen.has(key)) continue;
      seen.add(key);
      const edits = editsIn(context, program, file, moves);
      const [uri, version] = [program.uriOf(file), program.versionOf(file)];
      if (edits.length > 0) found.push({ uri, version, edits });
    }
  }
  return found;
}

function editsIn({ names }: Context, program: Compiled, file: string, moves: Moves): DocumentEdits["edits"] {
  const tree = program.analysis.trees.get(file);
  const from = program.keyOf(file);
  const places = program.places(file);
  return importsOf(tree!).flatMap(({ path, span }) => {
    const target = names.resolve(from, path);
    if ("error" in target) return [];
    const [newFrom, newTarget] = [moves.after(from), moves.after(target.uri)];
    if (newFrom === from && newTarget === target.uri) return [];
    const now = names.resolve(newFrom, path);
    if ("uri" in now && now.uri === newTarget) return [];
    const way = relativePath(newFrom, newTarget);
    const newText = path.startsWith("./") && !way.startsWith("../") ? `./${way}` : way;
    // A name with a quote in it cannot be written between quotes.
    return newText.includes('"') ? [] : [{ range: places.range(span), newText }];
  });
}
