import { formatted } from "../format/index.js";
import type { Analysis, CompileOptions } from "../lowering/analysis.js";
import { analyze, compile } from "../lowering/compile.js";
import { type Host, uapiOf } from "../names/load.js";
import type { Program } from "../program.js";
import { lineMap } from "../syntax/index.js";
import type { Piece } from "./draft.js";
import type { PortFinding } from "./finding.js";
import { type Inlined, importsCalls, inlined } from "./imports.js";
import { IommufdStatements } from "./iommufd/statements.js";
import { type OriginalPlaces, originalPlaces, throughLayout } from "./original-places.js";
import { RfcV2Statements } from "./rfc-v2/statements.js";
import { settle } from "./settle.js";
import { walk } from "./walk.js";

/** The interface that a configuration is rewritten for. */
export type PortTarget = "iommufd" | "rfc-v2";

/** A finding at its place in the file that it is about. */
export type PlacedFinding = PortFinding & {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
};

/** What a port may be told beside the file. */
export interface PortOptions extends CompileOptions {
  /** The result is to stand alone, so that no import stays. */
  readonly alone?: boolean;
}

/** A file for another interface, or a sentence that says why there is none. */
export type Ported =
  | {
      readonly kind: "ported";
      readonly text: string;
      readonly findings: readonly PlacedFinding[];
    }
  | { readonly kind: "refused"; readonly reason: string };

/** The same with the way back. */
export type PortedWithPlaces =
  | (Extract<Ported, { kind: "ported" }> & {
      /** What was ported. */
      readonly original: Program;
      /** Where in the original a part of the text was written; a line that was made besides, with what made it. */
      readonly placeOf: OriginalPlaces;
    })
  | Extract<Ported, { kind: "refused" }>;

/**
 * Rewrites a file of the RFC for another interface. Comments, declarations and layout stay; what has no
 * counterpart becomes a comment in its place and a finding. The result states what comes of it there: it is
 * run until it does. Imports that make calls are put in their places, so that the result stands alone.
 * @param file name of the file, in the form that `host.read` takes
 */
export function port(file: string, host: Host, to: PortTarget, options: PortOptions = {}): Ported {
  const ported = portWithPlaces(file, host, to, options);
  if (ported.kind === "refused") return ported;
  const { kind, text, findings } = ported;
  return { kind, text, findings };
}

/** The same, and where each part of the text comes from. */
export function portWithPlaces(
  file: string,
  host: Host,
  to: PortTarget,
  options: PortOptions = {},
): PortedWithPlaces {
  const analysis = analyze(file, host, options);
  const reason = whyNot(analysis, to);
  if (reason !== undefined) return { kind: "refused", reason };
  const { program } = analysis;
  const found = (at: Analysis, from: Host, source: Pick<Inlined, "placeOf">): PortedWithPlaces => {
    const { text, findings, places } = rewritten(at, from, to, options);
    const told = placed(analysis, findings, source.placeOf);
    return { kind: "ported", text, findings: told, original: program, placeOf: places(source) };
  };
  if (!importsCalls(analysis) && !options.alone) {
    return found(analysis, host, { placeOf: (offset) => ({ file, offset }) });
  }
  const resolve = (from: string, target: string) => {
    const name = host.resolve(from, target);
    return typeof name === "string" ? name : target;
  };
  const source = inlined(analysis, resolve);
  const single = withText(host, file, source.text);
  return found(analyze(file, single, options), single, source);
}

function whyNot({ program, trees }: Analysis, to: PortTarget): string | undefined {
  const { file, diagnostics, platform } = program;
  if (diagnostics.some(({ code, severity }) => code.startsWith("S") && severity === "error")) {
    return `${file} is not understood as a whole, so it was not ported; ioasid check shows what is wrong.`;
  }
  if (platform.uapi === "iommufd") {
    return to === "iommufd"
      ? `${file} is written for iommufd already.`
      : `${file} is written for iommufd; there is no way back to the RFC, which has no HWPTs and chooses the pPASIDs itself.`;
  }
  if (to !== "rfc-v2" || platform.uapi === "v1") return undefined;
  const stated =
    uapiOf(trees.get(file)?.items) === undefined ? ", which is what a file without uapi means" : "";
  return `${file} is written for RFC v2 already${stated}.`;
}

function rewritten(
  analysis: Analysis,
  host: Host,
  to: PortTarget,
  options: CompileOptions,
): {
  readonly text: string;
  readonly findings: readonly PortFinding[];
  readonly places: (source: Pick<Inlined, "placeOf">) => OriginalPlaces;
} {
  const { program } = analysis;
  const { file } = program;
  const source = program.sources.get(file)!;
  const statements = to === "iommufd" ? new IommufdStatements(analysis) : new RfcV2Statements(analysis);
  walk(analysis, statements);
  statements.finish();
  const { findings } = statements;
  const pieces = [uapiPiece(analysis, to), ...statements.pieces].sort((a, b) => a.start - b.start);
  const again = (text: string) => compile(file, withText(host, file, text), options);
  const interfaceName = to === "iommufd" ? "iommufd" : "RFC v2";
  const { text, stretches } = settle(source, pieces, { compile: again, interfaceName }, findings);
  const isLaidOut = formatted(source).text === source;
  const shown = isLaidOut ? formatted(text).text : text;
  const places = (from: Pick<Inlined, "placeOf">) =>
    throughLayout(originalPlaces(stretches, from), text, shown);
  return { text: shown, findings, places };
}

/** Findings at their places in the files of the original, those of imports first, each in text order. */
function placed(
  { program }: Analysis,
  findings: readonly PortFinding[],
  placeOf: (offset: number) => { readonly file: string; readonly offset: number },
): PlacedFinding[] {
  const maps = new Map([...program.sources].map(([name, text]) => [name, lineMap(text)]));
  const order = [...program.sources.keys()].reverse();
  return findings
    .map((finding) => {
      const { file, offset } = placeOf(finding.start);
      const end = offset + finding.end - finding.start;
      return { ...finding, file, start: offset, end, line: maps.get(file)!.position(offset).line + 1 };
    })
    .sort((a, b) => order.indexOf(a.file) - order.indexOf(b.file) || a.start - b.start);
}

/** The `uapi` statement of the new interface, in the place of the old one or before everything else. */
function uapiPiece({ program, trees }: Analysis, to: PortTarget): Piece {
  const { items, text } = trees.get(program.file)!;
  const line = (statement: string): Piece["parts"] => [
    { role: "made", text: statement, outcome: "", original: undefined, migrated: false },
  ];
  const stated = uapiOf(items);
  if (!stated) {
    const start = items[0]?.start ?? text.length;
    return { start, end: start, parts: line("uapi iommufd\n"), whole: undefined };
  }
  const { start, end, version } = stated;
  if (to === "iommufd") return { start, end, parts: line("uapi iommufd"), whole: undefined };
  const rest = text.slice(version!.end, end);
  return { start, end, parts: line(`${text.slice(start, version!.start)}v2${rest}`), whole: undefined };
}

/** A host for which a file has another text. */
export function withText(host: Host, file: string, text: string): Host {
  return {
    read: (path) => (path === file ? text : host.read(path)),
    resolve: (from, target) => host.resolve(from, target),
  };
}
