import type { Diagnostic } from "../diagnostic.js";
import type { Program } from "../program.js";

/** Diagnostics as a person reads the files: the root file first, from top to bottom; equal places keep their order. */
export function inFileOrder(program: Program, diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const files = new Map<string, number>([[program.file, 0]]);
  for (const file of program.sources.keys()) if (!files.has(file)) files.set(file, files.size);
  const rank = (file: string): number => files.get(file) ?? files.size;
  return [...diagnostics].sort(
    (a, b) => rank(a.span.file) - rank(b.span.file) || a.span.start - b.span.start,
  );
}
