import {
  type Analysis,
  analyze,
  type Diagnostic,
  type Host,
  type Program,
} from "../../../engine/language/index.js";

/** Files that exist only in a test, by name; an import means the name as it is written. */
export function hostOf(files: Readonly<Record<string, string>>): Host {
  return {
    read: (path) => files[path] ?? { error: `"${path}" does not exist.` },
    resolve: (_from, target) =>
      target.startsWith("..") ? { error: `"${target}" is outside of the workspace folder.` } : target,
  };
}

/** Compiles a text as `main.ioasid`, with other files beside it. */
export function analyzeText(text: string, files: Readonly<Record<string, string>> = {}): Analysis {
  return analyze("main.ioasid", hostOf({ ...files, "main.ioasid": text }));
}

export function compileText(text: string, files: Readonly<Record<string, string>> = {}): Program {
  return analyzeText(text, files).program;
}

/** Code and place of each diagnostic: `S040 "nix"`; in another file: `S040 "nix" in other.ioasid`. */
export function told(program: Program): string[] {
  return program.diagnostics.map((diagnostic) => {
    const { file } = diagnostic.span;
    return `${diagnostic.code} "${textOf(program, diagnostic.span)}"${file === "main.ioasid" ? "" : ` in ${file}`}`;
  });
}

/** Text and message of each related place of a diagnostic. */
export function relatedOf(program: Program, diagnostic: Diagnostic | undefined): string[] {
  return (diagnostic?.related ?? []).map(({ span, message }) => `"${textOf(program, span)}": ${message}`);
}

export function textOf(program: Program, span: { file: string; start: number; end: number }): string {
  return (program.sources.get(span.file) ?? "").slice(span.start, span.end);
}

/** A host with one of everything that names can stand for. */
export const HARDWARE = `iommu vtd { }
cpu { enqcmd  pasid-translation }
pdev dsa at 6a:01.0 behind vtd { pasid-width 20  ats  page-requests  enqcmd }
mdev wq0 on dsa { category 5  queue shared }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
`;
