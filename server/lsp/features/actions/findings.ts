import type { CancellationToken, Diagnostic as LspDiagnostic, Position, Range } from "vscode-languageserver";
import type { Diagnostic } from "../../../../engine/language/index.js";
import type { View } from "../../../../engine/services/index.js";
import type { Compiled } from "../../compile.js";
import type { Context } from "../../context.js";
import { lspFinding } from "../../findings.js";

/** Findings that a client speaks of, as the program has them that they were found with. */
export interface AskedFindings {
  readonly compiled: Compiled;
  /** Without a run where none was needed to know the findings. */
  readonly view: View;
  readonly pairs: ReadonlyMap<Diagnostic, LspDiagnostic>;
}

/**
 * Finds what a client speaks of in the program of its document, then in those that import it. A finding that
 * is not known any more is passed over: the text has changed since the client heard of it.
 */
export async function askedFindings(
  context: Context,
  uri: string,
  asked: readonly LspDiagnostic[],
  token: CancellationToken,
): Promise<readonly AskedFindings[]> {
  const { programs } = context;
  const left = new Set(asked.filter(({ source }) => source === "ioasid"));
  const roots = new Set([uri, ...programs.using(uri)].filter((root) => programs.has(root)));
  const found: AskedFindings[] = [];
  for (const root of roots) {
    if (left.size === 0) break;
    const compiled = await programs.compiled(root, token);
    const { analysis } = compiled;
    const take = (view: View, diagnostics: readonly Diagnostic[]): void => {
      const pairs = matched(context, compiled, uri, diagnostics, left);
      if (pairs.size > 0) found.push({ compiled, view, pairs });
    };
    take({ analysis, result: programs.finished(compiled) }, analysis.program.diagnostics);
    if (left.size === 0) break;
    const ran = await programs.simulated(root, token);
    if (ran.compiled === compiled && ran.result) take(ran, ran.result.diagnostics);
  }
  return found;
}

/** The findings of a file that are those of the client, by place and code; takes these off its list. */
function matched(
  { client }: Context,
  compiled: Compiled,
  uri: string,
  diagnostics: readonly Diagnostic[],
  left: Set<LspDiagnostic>,
): Map<Diagnostic, LspDiagnostic> {
  const codes = new Set([...left].map(({ code }) => code));
  const own = diagnostics
    .filter(({ code, span }) => codes.has(code) && compiled.keyOf(span.file) === uri)
    .map((diagnostic) => ({ diagnostic, said: lspFinding(compiled, diagnostic, client.form) }));
  const pairs = new Map<Diagnostic, LspDiagnostic>();
  // Several cases of a rule at one place differ in their words, which a client may have shortened or marked.
  for (const sameWords of [true, false]) {
    for (const { diagnostic, said } of own) {
      if (pairs.has(diagnostic)) continue;
      const found = [...left].find(
        (each) =>
          each.code === said.code &&
          isSameRange(each.range, said.range) &&
          (!sameWords || each.message === said.message),
      );
      if (!found) continue;
      pairs.set(diagnostic, found);
      left.delete(found);
    }
  }
  return pairs;
}

function isSameRange(a: Range, b: Range): boolean {
  return isSamePosition(a.start, b.start) && isSamePosition(a.end, b.end);
}

function isSamePosition(a: Position, b: Position): boolean {
  return a.line === b.line && a.character === b.character;
}
