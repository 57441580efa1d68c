import type { CancellationToken, Location } from "vscode-languageserver";
import type { Span } from "../../engine/language/index.js";
import { type AskedAt, askedAt, locationOf } from "./at.js";
import type { Compiled } from "./compile.js";
import type { Context } from "./context.js";
import { keyOf } from "./uris.js";

/** Where a request asks, with all programs of the workspace. */
export interface AskedEverywhere extends AskedAt {
  /** The document's own program, or one that imports it, and then those of all other root files. */
  readonly programs: readonly Compiled[];
}

/**
 * Like `askedAt`, when the answer depends on every file that shares the names of this one. The document may be
 * one that is known only because a root file imports it.
 */
export async function askedEverywhere(
  context: Context,
  params: Parameters<typeof askedAt>[1],
  token: CancellationToken,
): Promise<AskedEverywhere> {
  const all = await context.programs.all(token);
  const key = keyOf(params.textDocument.uri);
  const importer = context.programs.has(key) ? undefined : all.find(({ reads }) => reads.has(key));
  const file = importer && [...importer.analysis.trees.keys()].find((each) => importer.keyOf(each) === key);
  if (!importer || file === undefined) {
    const asked = await askedAt(context, params, token);
    return { ...asked, programs: ownFirst(asked.compiled, all) };
  }
  const places = importer.places(file);
  const offset = places.offset(params.position);
  return { compiled: importer, file, places, offset, programs: ownFirst(importer, all) };
}

/**
 * Like `askedAt`, with those programs that are known to hold the document and are compiled already: enough
 * for what is asked at each move of the cursor.
 */
export async function askedNearby(
  context: Context,
  params: Parameters<typeof askedAt>[1],
  token: CancellationToken,
): Promise<AskedEverywhere> {
  const asked = await askedAt(context, params, token);
  const { programs } = context;
  const others = programs.using(asked.compiled.uri).flatMap((uri) => programs.current(uri) ?? []);
  return { ...asked, programs: ownFirst(asked.compiled, others) };
}

/**
 * What the document's own program says of a place, or the first program that imports the document, when the
 * document means something only there.
 */
export async function firstAnswer<T>(
  context: Context,
  params: Parameters<typeof askedAt>[1],
  token: CancellationToken,
  ask: (program: Compiled, file: string, offset: number) => T | undefined,
): Promise<{ readonly program: Compiled; readonly answer: T } | undefined> {
  const { compiled, file, offset } = await askedAt(context, params, token);
  const own = ask(compiled, file, offset);
  if (own !== undefined) return { program: compiled, answer: own };
  for (const program of await context.programs.all(token)) {
    const answer = program.analysis.trees.has(file) ? ask(program, file, offset) : undefined;
    if (answer !== undefined) return { program, answer };
  }
  return undefined;
}

function ownFirst(own: Compiled, all: readonly Compiled[]): readonly Compiled[] {
  return [own, ...all.filter((each) => each.uri !== own.uri)];
}

/** Turns places in files of several programs into the form of the protocol. */
export class Locations {
  private readonly holders = new Map<string, Compiled>();

  constructor(programs: readonly Compiled[]) {
    for (const program of programs) {
      for (const file of program.analysis.trees.keys()) {
        if (!this.holders.has(file)) this.holders.set(file, program);
      }
    }
  }

  /** A program that holds a file. */
  holder(file: string): Compiled | undefined {
    return this.holders.get(file);
  }

  /** @param spans in files that the programs hold; others are left out */
  of(spans: readonly Span[]): Location[] {
    return spans.flatMap((span) => {
      const holder = this.holders.get(span.file);
      return holder ? [locationOf(holder, span)] : [];
    });
  }
}
