import { boot, type Machine, type Operation } from "../../simulator/index.js";
import type { Diagnostic } from "../diagnostic.js";
import type { Program, Step } from "../program.js";
import { Causes } from "../run/causes.js";
import { refusalOf, wireOf } from "../run/match.js";
import type { StepResult } from "../run/result.js";
import { Stepper } from "../run/stepper.js";
import { outcomeText } from "../run/words.js";
import { isLine, type Line, type Piece, type Placed, type Rendered, render } from "./draft.js";
import type { PortFinding } from "./finding.js";
import { sameOutcome, sameWire } from "./same-outcome.js";

/** What settling asks of its surroundings. */
export interface Trial {
  compile(text: string): Program;
  /** "iommufd" or "RFC v2". */
  readonly interfaceName: string;
}

/**
 * Runs the ported text until it states what comes of it: outcomes of calls become those of the new
 * interface; a call that would now do what it was refused before, a request that comes to something else and
 * an assertion that does not hold any more become comments. A run goes on behind a statement that goes, as if it
 * had not been there, so that one run is enough where no name goes.
 */
export function settle(
  source: string,
  pieces: readonly Piece[],
  trial: Trial,
  findings: PortFinding[],
): Rendered {
  for (;;) {
    const rendered = render(source, pieces);
    const program = trial.compile(rendered.text);
    const settler = new Settler(program, rendered, source, trial, findings);
    if (settler.dropNameless(program.diagnostics)) continue;
    const settled = settler.run();
    if (settled === "same") return rendered;
    if (settled === "rewritten") return render(source, pieces);
  }
}

/** A run as far as it has come. */
interface Course {
  machine: Machine;
  causes: Causes;
}

/** "again": some statement can only be judged when the text as it is now has run. */
type Settled = "same" | "rewritten" | "again";

class Settler {
  private readonly stepper: Stepper;

  constructor(
    private readonly program: Program,
    private readonly rendered: Rendered,
    private readonly source: string,
    private readonly trial: Trial,
    private readonly findings: PortFinding[],
  ) {
    this.stepper = new Stepper(program, false);
  }

  /** Runs everything, and judges each statement by the state in which those before it leave the machine. */
  run(): Settled {
    const { start, scenarios, platform } = this.program;
    const course: Course = { machine: boot(platform), causes: new Causes() };
    // What the start state does decides every scenario, so it is settled first.
    const settled = [this.block(start, course)];
    if (settled[0] !== "again") {
      for (const { steps } of scenarios) settled.push(this.block(steps, copyOf(course)));
    }
    if (settled.includes("again")) return "again";
    return settled.includes("rewritten") ? "rewritten" : "same";
  }

  /** Runs the statements of a block, without those that have to go. */
  private block(steps: readonly Step[], course: Course): Settled {
    let settled: Settled = "same";
    let inside: Placed | undefined;
    for (const step of steps) {
      const { start, end } = step.span;
      const placed = this.rendered.lines.get(start);
      const before = placed && mayGo(placed.line) ? copyOf(course) : undefined;
      const result = this.stepper.run(course.machine, step, course.causes);
      if (!placed) {
        // A line of a body that stayed in its braces has no place for another outcome.
        if (!inside?.piece.whole || end > inside.end || result.passed) continue;
        inside.piece.whole = undefined;
        settled = "again";
        continue;
      }
      inside = placed;
      const verdict = this.judge(placed, result);
      if (verdict === "same") continue;
      if (settled === "same") settled = "rewritten";
      if (verdict === "restated") continue;
      // Whatever is about its name has to go too, which the next reading of the text finds out.
      if (step.kind === "operation" && NAMING.has(step.operation.kind)) return "again";
      if (before) Object.assign(course, before);
    }
    return settled;
  }

  /** Statements about names that are no more, because what made them has become a comment. */
  dropNameless(diagnostics: readonly Diagnostic[]): boolean {
    let dropped = false;
    for (const { code, severity, span } of diagnostics) {
      if (severity !== "error" || !code.startsWith("S")) continue;
      const at = [...this.rendered.lines].find(([start, { end }]) => start <= span.start && span.start < end);
      if (!at) continue;
      this.drop(at[1].line, at[1].piece, "What it names is not there any more.");
      dropped = true;
    }
    return dropped;
  }

  private judge({ line, piece }: Placed, result: StepResult): "same" | "restated" | "gone" {
    if (line.role === "claim") return this.claim(line, piece, result);
    if (line.role === "made") return this.made(line, piece, result);
    const before = line.original!.outcome!;
    const after = result.outcome!;
    const [was, is] = [refusalOf(before)?.errno, after.kind === "refused" ? after.refusal.errno : undefined];
    const { interfaceName } = this.trial;
    if (before.kind === "refused" && is === undefined) {
      const why = `${interfaceName} does not refuse this with ${was}, so it is left out: what follows would change.`;
      return this.drop(line, piece, why);
    }
    if (after.kind === "refused" && before.kind === "refused") {
      if (result.passed || !line.original!.passed) return "same";
      return this.restate(line, ` => ${is}`);
    }
    if (line.role === "call") {
      if (after.kind !== "refused" || result.passed) return "same";
      this.find(piece, `${interfaceName} refuses this with ${is}: ${whyOf(result)}`);
      return this.restate(line, ` => ${is}`);
    }
    if (line.migrated && sameOutcome(before, after, "any wire") && !sameWire(before, after)) {
      if (result.passed) return "same";
      const wire = wireOf(after)?.pasid ?? "none";
      this.find(
        piece,
        `The number is the VMM's and moves along, so ${wire} is on the wire after the migration.`,
      );
      return this.restate(line, line.outcome.replace(/wire\s+\w+/, `wire ${wire}`));
    }
    if (sameOutcome(before, after) && (result.passed || !line.original!.passed)) return "same";
    const { platform } = this.program;
    const [old, now] = [before, after].map((outcome) => outcomeText(platform, outcome));
    return this.drop(line, piece, `Behind ${interfaceName} this comes to "${now}" and not to "${old}".`);
  }

  private claim(line: Line, piece: Piece, result: StepResult): "same" | "gone" {
    if (result.passed || !line.original!.passed) return "same";
    return this.drop(line, piece, `Behind ${this.trial.interfaceName} this does not hold.`);
  }

  private made(line: Line, piece: Piece, result: StepResult): "same" | "restated" {
    const { outcome, passed } = result;
    if (passed || outcome?.kind !== "refused") return "same";
    const { errno } = outcome.refusal;
    this.find(piece, `\`${line.text}\`, which this needs, is refused with ${errno}: ${whyOf(result)}`);
    // A table that is not made takes no entries either.
    line.text = line.text.replace(/ \{ pte [^}]*\}$/, "");
    return this.restate(line, ` => ${errno}`);
  }

  private restate(line: Line, outcome: string): "same" | "restated" {
    if (line.outcome === outcome) return "same";
    line.outcome = outcome;
    return "restated";
  }

  private drop(line: Line, piece: Piece, message: string): "gone" {
    const isAlone = piece.whole === line || piece.parts.length === 1;
    const comment = isAlone ? this.source.slice(piece.start, piece.end) : line.text + line.outcome;
    piece.parts =
      piece.whole === line
        ? [{ comment }]
        : piece.parts.map((part) => (isLine(part) && part === line ? { comment } : part));
    piece.whole = undefined;
    this.find(piece, message);
    return "gone";
  }

  private find({ start, end }: Piece, message: string): void {
    this.findings.push({ start, end, message });
  }
}

/** Operations that make what has a name. */
const NAMING: ReadonlySet<Operation["kind"]> = new Set([
  "ioasid",
  "ioas",
  "hwpt",
  "fault-queue",
  "viommu",
  "vdevice",
]);

/** Whether a statement may turn out to have no place in the new text, after it has run. */
function mayGo({ role, original }: Line): boolean {
  return role === "request" || (role === "call" && original!.outcome!.kind === "refused");
}

function copyOf({ machine, causes }: Course): Course {
  return { machine: machine.fork(), causes: causes.copy() };
}

/** The sentence of the rule that refused a call. */
function whyOf({ diagnostics, outcome }: StepResult): string {
  const rule = outcome && refusalOf(outcome)?.rule;
  const { message = "" } = diagnostics.find(({ code }) => code === rule) ?? {};
  return `${message} (${rule})`;
}
