import type { Entry } from "../names/definition.js";
import type { Host, Source } from "../names/load.js";
import { diagnosticOf, isSyntaxRule, Reporter } from "../names/reporter.js";
import { Shift } from "../names/shift.js";
import { mappedNames } from "../names/table.js";
import type { Span, Step } from "../program.js";
import { type At, type Reparsed, reparse, type Step as StepNode } from "../syntax/index.js";
import { Allowances } from "./allowances.js";
import {
  type Analysis,
  analysisOf,
  type Compilation,
  type CompileOptions,
  type LoweredBlock,
} from "./analysis.js";
import { analyze } from "./compile.js";
import { Context } from "./context.js";
import { Moved } from "./moved.js";
import type { Lookup, Place } from "./place.js";
import { Spaces } from "./spaces.js";
import { StepLowering } from "./steps.js";

/** Beyond so many findings, some are no longer told, and which ones depends on all that are before them. */
const MANY_FINDINGS = 90;

/** Statements that make no name, end none and change nothing that other statements are lowered with. */
type Local = Exclude<StepNode, { kind: "ioasid" | "object" | "free" | "destroy" | "allow" }>;

/** Of these, those that may stand in the body of another one. */
type Line = Extract<Local, { kind: "map" | "pte" | "entry" }>;

const LOCAL: ReadonlySet<string> = new Set<Exclude<Local["kind"], "bind">>([
  "unbind",
  "attach",
  "detach",
  "replace",
  "sva",
  "bind-table",
  "unbind-table",
  "map",
  "unmap",
  "pte",
  "entry",
  "copy",
  "allow-iovas",
  "invalidate",
  "register",
  "unregister",
  "kvm-map",
  "kvm-unmap",
  "kvm-translation",
  "kvm-unknown",
  "info",
  "dma",
  "enqcmd",
  "enqcmds",
  "set-pasid",
  "respond",
  "migrate",
  "assert",
]);

/**
 * Compiles a program that was compiled before. Where one of its texts has become another one, only the statements
 * in which it differs are read again, and where nothing else can follow from them, only they are lowered again.
 * What comes of it is what `analyze` gives.
 * @param before the last analysis of the same root file
 */
export function analyzeAgain(before: Analysis, host: Host, options: CompileOptions = {}): Analysis {
  const { compilation } = before;
  const isComparable = isSame(compilation.options, options);
  const all = changedSources(compilation, host);
  if (all?.length === 0 && isComparable) return before;
  const changed = all?.length === 1 ? all[0] : undefined;
  const parsed = changed && reparse(changed.source.tree, changed.text);
  if (parsed && isComparable && isRepeatable(compilation) && isOfLocal(parsed, compilation)) {
    const again = new Again(compilation, changed.source, parsed).compilation();
    if (again) return analysisOf(again);
  }
  return analyze(compilation.file, host, options, (file, text) => {
    const tree = parsed && file === changed.source.file ? parsed.tree : compilation.sources.get(file)?.tree;
    return tree?.text === text ? tree : undefined;
  });
}

/** Whether nothing follows for other statements from those that have changed. */
function isOfLocal({ gone, come }: Reparsed, { lookup }: Compilation): boolean {
  return [...gone, ...come].every(
    ({ kind }) => LOCAL.has(kind) || (kind === "bind" && !lookup.isBinderAsked),
  );
}

/** Whether a statement is lowered in the same way at whatever time. */
function isRepeatable({ context, lookup, allowances }: Compilation): boolean {
  const { reporter, names } = context;
  return allowances.isEmpty && lookup.binder.isSteady && isToldWhole(reporter) && !names.hasBroken;
}

function isToldWhole({ diagnostics }: Reporter): boolean {
  return diagnostics.length < MANY_FINDINGS;
}

function isSame(a: CompileOptions, b: CompileOptions): boolean {
  const [ofA, ofB] = [a.config?.config, b.config?.config];
  return a.levels === b.levels && a.uapi === b.uapi && ofA?.file === ofB?.file && ofA?.text === ofB?.text;
}

/** A file of a program with the text that it has now. */
interface Changed {
  readonly source: Source;
  readonly text: string;
}

/** Files whose texts are others now; `undefined` where one is missing, or an import does not mean what it meant. */
function changedSources(
  { sources, imports, context }: Compilation,
  host: Host,
): readonly Changed[] | undefined {
  // A file that could not be read may be there now.
  if (context.reporter.diagnostics.some(({ code }) => code === "S044")) return undefined;
  if (imports.some(({ from, path, target }) => host.resolve(from, path) !== target)) return undefined;
  const changed: Changed[] = [];
  // Each is asked for, since the host notes what a program reads.
  for (const source of sources.values()) {
    const text = host.read(source.file);
    if (typeof text !== "string") return undefined;
    if (text !== source.text) changed.push({ source, text });
  }
  return changed;
}

/** Stands for a block that is not there. */
const NO_BLOCK: LoweredBlock = {
  file: "",
  index: -1,
  imported: false,
  owner: undefined,
  local: undefined,
  scenario: undefined,
  steps: 0,
  stepsEnd: 0,
  origins: 0,
  originsEnd: 0,
};

class Again {
  private readonly shift: Shift;
  private readonly moved: Moved;
  private readonly context: Context;
  private readonly lookup: Lookup;
  private readonly unread: Step[] = [];
  /** The steps of the statements that came. */
  private readonly come: Step[] = [];

  constructor(
    private readonly before: Compilation,
    private readonly source: Source,
    private readonly parsed: Reparsed,
  ) {
    const { from, oldEnd, newEnd } = parsed;
    this.shift = new Shift(source.file, from, oldEnd, newEnd - oldEnd);
    const reporter = new Reporter();
    this.moved = new Moved(this.shift);
    const { entryOf } = this.moved;
    this.context = new Context(reporter, before.context.names.shifted(reporter, this.shift, entryOf));
    this.lookup = before.lookup.with(this.context, entryOf);
  }

  /** `undefined` where it cannot be told what the statements belong to, or where they are wrong in many places. */
  compilation(): Compilation | undefined {
    const { before, source, parsed, shift, context, lookup } = this;
    const number = before.blocks.findIndex((each) => this.isChanged(each));
    // What stands in no block that is lowered does nothing: everything behind it moves.
    const block = before.blocks[number] ?? NO_BLOCK;
    const old = before.context.origins;
    const gone = stretch(old, block.origins, block.originsEnd, (span) => span, shift);
    for (let at = 0; at < gone.start; at++) context.origins.push(shift.span(old[at]!));
    const listed = block.scenario === undefined ? before.start : before.scenarios[block.scenario]!.steps;
    const range = stretch(listed, block.steps, block.stepsEnd, ({ span }) => span, shift);
    const around = parsed.around && this.spaceOf(parsed.around, listed.slice(block.steps, range.start));
    if (parsed.around && !around) return undefined;
    if (block.scenario !== undefined && [...parsed.gone, ...parsed.come].some(({ kind }) => kind === "bind"))
      return undefined;
    this.unbind(listed.slice(range.start, range.end));
    this.tell();
    if (block !== NO_BLOCK) this.lower(block, around);
    if (!isToldWhole(context.reporter)) return undefined;
    const renumbered = { from: gone.end, by: context.origins.length - gone.end };
    for (let at = gone.end; at < old.length; at++) context.origins.push(shift.span(old[at]!));
    const places = { old, now: context.origins };
    const steps = (list: readonly Step[]): Step[] =>
      list.map((each) => this.moved.step(each, renumbered, places));
    const list = [...steps(listed.slice(0, range.start)), ...this.come, ...steps(listed.slice(range.end))];
    const more = list.length - listed.length;
    const now = { ...source, text: parsed.tree.text, tree: parsed.tree };
    return {
      ...before,
      sources: new Map(before.sources).set(source.file, now),
      context,
      lookup,
      start: block.scenario === undefined ? list : steps(before.start),
      scenarios: before.scenarios.map((each, index) => ({
        title: each.title,
        span: shift.span(each.span),
        steps: index === block.scenario ? list : steps(each.steps),
      })),
      unread: [...steps(before.unread.filter(({ span }) => !shift.isGone(span))), ...this.unread].sort(
        (a, b) => a.origin - b.origin,
      ),
      blocks: before.blocks.map((each, index) =>
        this.moved.block(each, index - number, each.scenario === block.scenario ? more : 0, renumbered.by),
      ),
    };
  }

  private isChanged({ file, index }: LoweredBlock): boolean {
    return file === this.source.file && index === this.parsed.item;
  }

  /** Statements that are gone have bound no device. */
  private unbind(gone: readonly Step[]): void {
    for (const step of gone) {
      if (step.kind !== "operation" || step.operation.kind !== "bind") continue;
      if (step.expectation?.outcome.kind !== "errno") this.lookup.binder.forget(step.operation.device);
    }
  }

  /** What is told of the statements that stay. */
  private tell(): void {
    const { before, shift, parsed, source, context } = this;
    const { file } = source;
    const { reporter } = context;
    for (const { rule, facts, start, end } of parsed.tree.issues) {
      reporter.add(diagnosticOf(rule, facts, { file, start, end }, []));
    }
    for (const each of before.context.reporter.diagnostics) {
      const isOfSyntax = each.span.file === file && isSyntaxRule(each.code);
      if (!isOfSyntax && !shift.isGone(each.span)) reporter.add(shift.finding(each));
    }
  }

  /** The space of a statement that stays. @param steps of the block, up to the body of that statement */
  private spaceOf({ start }: At, steps: readonly Step[]): Entry | undefined {
    const step = steps.findLast(({ span }) => span.start === start);
    if (step?.kind !== "operation" || !("space" in step.operation)) return undefined;
    const { space } = step.operation;
    return this.context.names.space(space);
  }

  private lower({ file, imported, owner, local }: LoweredBlock, around: Entry | undefined): void {
    const { before, lookup, unread, come, parsed } = this;
    const { entryOf } = this.moved;
    const scope = {
      owner: owner && entryOf(owner),
      local: local && mappedNames(local, (entries) => entries.map(entryOf)),
    };
    const place: Place = { file, text: parsed.tree.text, imported, owner: scope.owner, scope, out: come };
    const { memories } = before.platform;
    const lowering = new StepLowering(lookup, new Spaces(lookup), new Allowances(), memories, unread);
    for (const node of parsed.come as readonly Local[]) {
      if (around) lowering.line(place, node as Line, around);
      else lowering.lower(place, node);
    }
  }
}

/** What of a list in text order an edit has taken away; `end` exclusive. */
function stretch<T>(
  list: readonly T[],
  first: number,
  end: number,
  spanOf: (each: T) => Span,
  { from, oldEnd }: Shift,
): { readonly start: number; readonly end: number } {
  let start = first;
  while (start < end && spanOf(list[start]!).start < from) start++;
  let behind = start;
  while (behind < end && spanOf(list[behind]!).start < oldEnd) behind++;
  return { start, end: behind };
}
