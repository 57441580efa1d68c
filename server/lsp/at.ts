import type {
  CancellationToken,
  Location,
  Position,
  Range,
  TextDocumentIdentifier,
} from "vscode-languageserver";
import type { Span } from "../../engine/language/index.js";
import type { Compiled } from "./compile.js";
import type { Context } from "./context.js";
import type { TextPlaces } from "./positions.js";
import { isOfUnknownFile, type Simulated } from "./programs.js";
import { keyOf } from "./uris.js";

/** Where a request asks: the compiled root file, its name, and the offset. */
export interface AskedAt {
  readonly compiled: Compiled;
  readonly file: string;
  readonly places: TextPlaces;
  /** UTF-16 units from the start of the file. */
  readonly offset: number;
}

/**
 * A handler of requests that answers with `nothing` where there is nothing to say: about a document that is
 * closed, that never was one, or that holds no configuration, such as `ioasid.config.json`.
 * @param handler is given, behind the token, what the request reports its progress and its pieces with
 */
export function answered<P, R, M extends readonly unknown[] = []>(
  nothing: R,
  handler: (params: P, token: CancellationToken, ...progress: M) => Promise<R>,
): (params: P, token: CancellationToken, ...progress: M) => Promise<R> {
  return async (params, token, ...progress) => {
    try {
      return await handler(params, token, ...progress);
    } catch (error) {
      if (isOfUnknownFile(error)) return nothing;
      throw error;
    }
  };
}

/** The program of a document, as it stands. */
export async function programOf(
  { programs }: Context,
  { uri }: TextDocumentIdentifier,
  token: CancellationToken,
): Promise<Compiled> {
  return programs.compiled(keyOf(uri), token);
}

/** The program of a document, run to its end. */
export async function runOf(
  { programs }: Context,
  { uri }: TextDocumentIdentifier,
  token: CancellationToken,
): Promise<Simulated> {
  return programs.simulated(keyOf(uri), token);
}

/** The program of a document and the offset of a position in it; a position past the end means the end. */
export async function askedAt(
  context: Context,
  { textDocument, position }: { readonly textDocument: TextDocumentIdentifier; readonly position: Position },
  token: CancellationToken,
): Promise<AskedAt> {
  const compiled = await programOf(context, textDocument, token);
  const { file } = compiled;
  const places = compiled.places(file);
  return { compiled, file, places, offset: places.offset(position) };
}

/** A piece of a file in the form of the protocol. */
export function locationOf(compiled: Compiled, span: Span): Location {
  return { uri: compiled.uriOf(span.file), range: rangeOf(compiled, span) };
}

export function rangeOf(compiled: Compiled, span: Span): Range {
  return compiled.places(span.file).range(span);
}
