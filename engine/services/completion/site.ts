import {
  type Analysis,
  type Definition,
  type DefinitionKind,
  type Moment,
  momentAt,
  type Step,
  syntax,
} from "../../language/index.js";
import type { Machine, Platform } from "../../simulator/index.js";
import { type Statement, statementsAt, statementsIn } from "../structure/statements.js";
import type { View } from "../view.js";
import { Reading } from "./reading.js";
import { machineBefore, type Part } from "./replays.js";
import { Scope } from "./scope.js";
import { type WordAt, wordAt } from "./word.js";

/** A file as it stands, and a place in it. */
export interface CompletionRequest {
  /** What is known of the file; it may be of an older text, so that nobody has to wait for a newer one. */
  readonly view: View;
  readonly file: string;
  readonly text: string;
  /** UTF-16 units from the start of `text`. */
  readonly offset: number;
  /** Paths of the files that an `import` of this file may name, as it would write them. */
  readonly paths?: readonly string[];
}

/**
 * The surroundings of a cursor: what the parser would take there, the statement that is being written, the
 * names that can be seen, and the machine as it stands right before the statement runs.
 */
export class Site {
  readonly word: WordAt;
  readonly analysis: Analysis;
  readonly file: string;
  readonly text: string;
  readonly paths: readonly string[];
  /** The text up to the word. */
  private readonly reading: Reading;
  /** So many units of the text are as they were when the file was compiled. */
  private readonly same: number;
  private readonly steps = new Map<Statement, Step | undefined>();

  constructor(private readonly request: CompletionRequest) {
    const { view, file, text, offset, paths } = request;
    this.analysis = view.analysis;
    this.file = file;
    this.text = text;
    this.paths = paths ?? [];
    this.word = wordAt(text, offset);
    const compiled = view.analysis.trees.get(file);
    this.same = compiled ? syntax.commonStart(compiled.text, text) : 0;
    const { start } = this.word;
    this.reading = compiled ? Reading.short(compiled, text, this.same, start) : Reading.whole(text, start);
  }

  /** What the parser reads before the word, and what it would take in its place. */
  get beginning(): syntax.Beginning {
    return this.reading.beginning;
  }

  /** What the parser would take at another place of the line, before the word. */
  wantedAt(offset: number): readonly syntax.Wanted[] {
    return this.reading.wantedAt(offset);
  }

  /** Whether nothing but blanks and comments stands before the word on its line. */
  get isOnNewLine(): boolean {
    const { tokens, text } = this.beginning.tree;
    let last = tokens.length - 1;
    while (last >= 0 && tokens.kind(last) <= syntax.TokenKind.blockComment) last -= 1;
    return last < 0 || /[\r\n]/.test(text.slice(tokens.end(last)));
  }

  /** Columns before the word on its line. */
  get indentation(): number {
    return this.word.start - lineStart(this.text, this.word.start);
  }

  /** Columns before the first letter of the line on which a statement begins; -1 for none. */
  indentationOf({ from }: syntax.Wanted): number {
    if (from < 0) return -1;
    const at = this.absolute(from);
    return /^[ \t]*/.exec(this.text.slice(lineStart(this.text, at), at))?.[0].length ?? 0;
  }

  get platform(): Platform {
    return this.analysis.program.platform;
  }

  /** The statements around a part, the outermost first; the last is the one that the part belongs to. */
  path({ from }: syntax.Wanted): readonly Statement[] {
    const path: Statement[] = [];
    let list = statementsIn(this.beginning.tree);
    for (;;) {
      const found = list.findLast(({ start }) => start <= from);
      if (!found) return path;
      path.push(found);
      if (found.start === from) return path;
      list = statementsIn(found);
    }
  }

  /**
   * A statement of the beginning as it was compiled, with what stands behind the cursor; `undefined` when it
   * is new.
   */
  whole<S extends Statement>({ start, kind }: S): S | undefined {
    const tree = this.analysis.trees.get(this.file);
    const at = this.absolute(start);
    if (!tree || at >= this.same) return undefined;
    const found = statementsAt(tree, at).find((each) => each.start === at);
    return found?.kind === kind ? (found as S) : undefined;
  }

  /** Offset in the file of an offset in the beginning. */
  absolute(offset: number): number {
    return this.reading.absolute(offset);
  }

  scope(path: readonly Statement[]): Scope {
    const [outer] = path;
    const owner = outer?.kind === "guest" || outer?.kind === "native" ? outer.name?.text : undefined;
    const scenario = outer?.kind === "scenario" ? this.absolute(outer.start) : undefined;
    return new Scope(this.analysis, { file: this.file, owner, scenario });
  }

  /**
   * The machine right before a statement runs; `undefined` when it would take long to find out.
   * @param what "structure" is enough for attachments and PASIDs: mappings and requests are left out
   */
  machine(path: readonly Statement[], what: Part): Machine | undefined {
    return machineBefore(this.request.view, this.momentOf(path), what);
  }

  private momentOf(path: readonly Statement[]): Moment {
    const { program } = this.analysis;
    const [outer] = path;
    const inner = path.at(-1);
    if (!outer || !inner || !isBlock(outer)) return { scenario: undefined, steps: program.start.length };
    // What the cursor stands in is the statement that is being written, or the block around a new one.
    const at = inner === outer ? this.word.start : this.absolute(inner.start);
    return momentAt(program, this.file, Math.min(at, this.same), outer.kind === "scenario");
  }

  /** The compiled step of a statement that is being written; `undefined` when it was another one then. */
  step(statement: Statement): Step | undefined {
    if (!this.steps.has(statement)) this.steps.set(statement, this.compiledStep(statement));
    return this.steps.get(statement);
  }

  private compiledStep(statement: Statement): Step | undefined {
    const start = this.absolute(statement.start);
    const { program, unread } = this.analysis;
    const isIt = ({ span }: Step): boolean => span.file === this.file && span.start === start;
    if (start >= this.same) return undefined;
    const found =
      unread.find(isIt) ??
      program.start.find(isIt) ??
      program.scenarios.flatMap(({ steps }) => steps.filter(isIt))[0];
    return found && this.headOf(statement) === this.compiledHead(found) ? found : undefined;
  }

  /** A statement without its outcome and its braces. */
  private headOf(statement: Statement): string {
    const outcome = "outcome" in statement ? statement.outcome : undefined;
    const body = "body" in statement ? statement.body : undefined;
    const end = body?.start ?? outcome?.start ?? statement.end;
    return this.text.slice(this.absolute(statement.start), this.absolute(end)).trimEnd();
  }

  /** The same of the text that was compiled; the origin of a step has its outcome left out, and its braces. */
  private compiledHead({ origin }: Step): string {
    const { origins, sources } = this.analysis.program;
    const span = origins[origin];
    return span ? (sources.get(span.file)?.slice(span.start, span.end) ?? "") : "";
  }

  /** What a written name stands for. */
  find(
    path: readonly Statement[],
    name: syntax.Name | undefined,
    kinds: readonly DefinitionKind[],
  ): Definition | undefined {
    return this.scope(path).find(name, kinds);
  }
}

function isBlock({ kind }: Statement): boolean {
  return kind === "guest" || kind === "native" || kind === "scenario";
}

function lineStart(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && text[at - 1] !== "\n" && text[at - 1] !== "\r") at -= 1;
  return at;
}
