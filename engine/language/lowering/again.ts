import type { Origin } from "../../simulator/index.js";
import type { Entry } from "../names/definition.js";
import type { Host, Source } from "../names/load.js";
import { diagnosticOf, isSyntaxRule, Reporter } from "../names/reporter.js";
import { Shift } from "../names/shift.js";
import { mappedNames } from "../names/table.js";
import type { Span, Step } from "../program.js";
import { type OwnerItem, type Reparsed, reparse, type Step as StepNode } from "../syntax/index.js";
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
import type { Lookup, Place } from "./place.js";
import { Spaces } from "./spaces.js";
import { StepLowering } from "./steps.js";

/** Beyond so many findings, some are no longer told, and which ones depends on all that are before them. */
const MANY_FINDINGS = 90;

/** Statements that make no name, end none and change nothing that other statements are lowered with. */
type Local = Exclude<StepNode, { kind: "ioasid" | "object" | "free" | "destroy" | "bind" | "allow" }>;

/** Of these, those that may stand in the body of another one. */
type Line = Extract<Local, { kind: "map" | "pte" | "entry" }>;

const FAR_REACHING: ReadonlySet<OwnerItem["kind"]> = new Set([
  "ioasid",
  "object",
  "free",
  "destroy",
  "bind",
  "allow",
  "memory",
  "process",
  "viommu",
  "misplaced",
]);

/**
 * Compiles a program that was compiled before. Where one of its texts has become another one, only the statements
 * in which it differs are read again, and where nothing else can follow from them, only they are lowered again.
 * What comes of it is what `analyze` gives.
 * @param before the last analysis of the same root file
 */
export function analyzeAgain(before: Analysis, host: Host, options: CompileOptions = {}): Analysis {
  const { compilation } = before;
  const changed = changedSource(compilation, host);
  const parsed = changed && reparse(changed.source.tree, changed.text);
  if (parsed && isRepeatable(compilation) && isSame(compilation.options, options)) {
    const again = new Again(compilation, changed.source, parsed).compilation();
    if (again) return analysisOf(again);
  }
  return analyze(compilation.file, host, options, (file, text) => {
    const tree = parsed && file === changed.source.file ? parsed.tree : compilation.sources.get(file)?.tree;
    return tree?.text === text ? tree : undefined;
  });
}

function isLocal(node: OwnerItem): node is Local {
  return !FAR_REACHING.has(node.kind);
}

/** Whether a statement is lowered in the same way at whatever time. */
function isRepeatable({ context, lookup, allowances }: Compilation): boolean {
  const { reporter, names } = context;
  return (
    allowances.isEmpty &&
    lookup.binder.isSteady &&
    isToldWhole(reporter) &&
    reporter.diagnostics.every(({ code }) => code !== "S044") &&
    !names.hasBroken
  );
}

function isToldWhole({ diagnostics }: Reporter): boolean {
  return diagnostics.length < MANY_FINDINGS;
}

function isSame(a: CompileOptions, b: CompileOptions): boolean {
  const [ofA, ofB] = [a.config?.config, b.config?.config];
  return a.levels === b.levels && a.uapi === b.uapi && ofA?.file === ofB?.file && ofA?.text === ofB?.text;
}

/** The one file of a program whose text is another one now, where all imports mean what they meant. */
function changedSource(
  { sources, imports }: Compilation,
  host: Host,
): { readonly source: Source; readonly text: string } | undefined {
  let changed: { readonly source: Source; readonly text: string } | undefined;
  if (imports.some(({ from, path, target }) => host.resolve(from, path) !== target)) return undefined;
  // Each is asked for, since the host notes what a program reads.
  for (const source of sources.values()) {
    const text = host.read(source.file);
    if (text === source.text) continue;
    if (changed || typeof text !== "string") return undefined;
    changed = { source, text };
  }
  return changed;
}

class Again {
  private readonly shift: Shift;
  private readonly entries = new Map<Entry, Entry>();
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
    const entryOf = (entry: Entry): Entry => this.entryOf(entry);
    this.context = new Context(reporter, before.context.names.shifted(reporter, this.shift, entryOf));
    this.lookup = before.lookup.with(this.context, entryOf);
  }

  /** `undefined` where more may follow from what has changed. */
  compilation(): Compilation | undefined {
    const { before, source, parsed, shift, context } = this;
    if (!parsed.gone.every(isLocal) || !parsed.come.every(isLocal)) return undefined;
    const { file } = source;
    const number = before.blocks.findIndex((each) => each.file === file && each.index === parsed.item);
    const block = before.blocks[number];
    if (!block) return undefined;
    this.tell();
    const old = before.context.origins;
    const gone = stretch(old, block.origins, block.originsEnd, (span) => span, shift);
    for (let at = 0; at < gone.start; at++) context.origins.push(shift.span(old[at]!));
    const listed = block.scenario === undefined ? before.start : before.scenarios[block.scenario]!.steps;
    const { start, end } = stretch(listed, block.steps, block.stepsEnd, ({ span }) => span, shift);
    const around = parsed.around && this.spaceOf(parsed.around, listed.slice(block.steps, start));
    if (parsed.around && !around) return undefined;
    this.lower(block, around);
    const moved = context.origins.length - gone.end;
    for (let at = gone.end; at < old.length; at++) context.origins.push(shift.span(old[at]!));
    const step = (each: Step): Step => this.step(each, gone.end, moved);
    const list = [...listed.slice(0, start).map(step), ...this.come, ...listed.slice(end).map(step)];
    const unread = before.unread.filter(({ span }) => !shift.isGone(span)).map(step);
    const tree = { text: parsed.tree.text, tree: parsed.tree };
    return {
      ...before,
      sources: new Map(before.sources).set(file, { ...source, ...tree }),
      context,
      lookup: this.lookup,
      start: block.scenario === undefined ? list : before.start.map(step),
      scenarios: before.scenarios.map(({ title, span, steps }, index) => ({
        title,
        span: shift.span(span),
        steps: index === block.scenario ? list : steps.map(step),
      })),
      unread: [...unread, ...this.unread].sort((a, b) => a.origin - b.origin),
      blocks: before.blocks.map((each, index) =>
        this.block(
          each,
          index - number,
          each.scenario === block.scenario ? list.length - listed.length : 0,
          moved,
        ),
      ),
    };
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
  private spaceOf({ start }: OwnerItem, steps: readonly Step[]): Entry | undefined {
    const step = steps.findLast(({ span }) => span.start === start);
    if (step?.kind !== "operation" || !("space" in step.operation)) return undefined;
    const { space } = step.operation;
    return this.context.names.space(space);
  }

  private lower({ file, imported, owner, local }: LoweredBlock, around: Entry | undefined): void {
    const { before, lookup, unread, come, parsed } = this;
    const entryOf = (entry: Entry): Entry => this.entryOf(entry);
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

  /** A step that stays. @param from the first origin that is another number now, @param by how much */
  private step(step: Step, from: Origin, by: number): Step {
    const { kind, imported } = step;
    const isRenumbered = by !== 0 && step.origin >= from;
    const origin = isRenumbered ? step.origin + by : step.origin;
    const span = this.spanOf(step, origin);
    if (span === step.span && !isRenumbered) return step;
    const stated = step.expectation;
    const expectation = stated && { ...stated, span: this.shift.span(stated.span) };
    if (kind === "assertion") return { kind, origin, span, expectation, imported, assertion: step.assertion };
    const operation = isRenumbered ? { ...step.operation, origin } : step.operation;
    return { kind, origin, span, expectation, imported, operation };
  }

  /** A statement without an outcome is what its origin is: then they have one place, not two that are equal. */
  private spanOf(step: Step, origin: Origin): Span {
    const isOne = this.before.context.origins[step.origin] === step.span;
    return isOne ? this.context.origins[origin]! : this.shift.span(step.span);
  }

  /** @param distance from the block that changed, @param steps how many steps that has more, @param origins and origins */
  private block(block: LoweredBlock, distance: number, steps: number, origins: number): LoweredBlock {
    if (distance < 0) return this.renamed(block);
    const before = distance === 0 ? 0 : 1;
    return this.renamed({
      ...block,
      steps: block.steps + before * steps,
      stepsEnd: block.stepsEnd + steps,
      origins: block.origins + before * origins,
      originsEnd: block.originsEnd + origins,
    });
  }

  private renamed(block: LoweredBlock): LoweredBlock {
    if (this.shift.by === 0) return block;
    const owner = block.owner && this.entryOf(block.owner);
    const local = block.local && mappedNames(block.local, (list) => list.map((each) => this.entryOf(each)));
    return { ...block, owner, local };
  }

  /** What a name stands for, with its places as they are now. */
  private entryOf(entry: Entry): Entry {
    if (this.shift.by === 0) return entry;
    let now = this.entries.get(entry);
    if (!now) {
      const span = this.shift.span(entry.span);
      const statement = this.shift.span(entry.statement);
      const owner = entry.owner && this.entryOf(entry.owner);
      const isSame = span === entry.span && statement === entry.statement && owner === entry.owner;
      now = isSame ? entry : { ...entry, span, statement, owner };
      this.entries.set(entry, now);
    }
    return now;
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
