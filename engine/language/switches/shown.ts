import type { Diagnostic } from "../diagnostic.js";
import { diagnosticOf, type Place } from "../names/reporter.js";
import type { Span } from "../program.js";
import type { StepResult } from "../run/result.js";
import { type Ignore, type LevelSetting, SEVERITIES, type Switches } from "./switches.js";

const RANKS = { hint: 0, information: 1, warning: 2, error: 3 } as const;

/** What is shown of the findings of one program or one run, and which switches were of use in it. */
export class Shown {
  private readonly used: Set<Ignore>;

  constructor(private readonly switches: Switches) {
    this.used = new Set(switches.used);
  }

  /** Those that are not hidden, at their levels; the same array when no switch concerns them. */
  list(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
    if (diagnostics.length === 0) return diagnostics;
    const shown = diagnostics.flatMap((diagnostic) => this.one(diagnostic) ?? []);
    const isSame =
      shown.length === diagnostics.length && shown.every((each, index) => each === diagnostics[index]);
    return isSame ? diagnostics : shown;
  }

  /** A step with the findings that are shown of it; one that failed keeps an error in any case (S070). */
  step(result: StepResult): StepResult {
    const diagnostics = this.list(result.diagnostics);
    if (diagnostics === result.diagnostics) return result;
    const errors = result.passed ? [] : result.diagnostics.filter(isError);
    if (errors.length === 0 || diagnostics.some(isError)) return { ...result, diagnostics };
    const rules = [...new Set(errors.map(({ code }) => code))].join(", ");
    const related = errors.flatMap((error) => this.placeOfSwitch(error));
    return {
      ...result,
      diagnostics: [...diagnostics, diagnosticOf("S070", { rules }, errors[0]!.span, related)],
    };
  }

  /** Which switches have hidden something so far. */
  get usedIgnores(): ReadonlySet<Ignore> {
    return this.used;
  }

  /** Switches of one file that hid nothing, after everything has been shown. */
  unused(file: string): readonly Diagnostic[] {
    const idle = this.switches.ignores.filter((each) => each.span.file === file && !this.used.has(each));
    return this.list(idle.map(({ rule, reach, span }) => diagnosticOf("S066", { rule, reach }, span, [])));
  }

  private one(diagnostic: Diagnostic): Diagnostic | undefined {
    const ignore = this.ignoreOf(diagnostic);
    if (ignore) {
      this.used.add(ignore);
      return undefined;
    }
    const setting = this.switches.levels.get(diagnostic.code);
    return setting ? atLevel(diagnostic, setting) : diagnostic;
  }

  /** The innermost switch that covers a finding. */
  private ignoreOf({ code, span }: Diagnostic): Ignore | undefined {
    const ignores = this.switches.index.get(span.file)?.get(code);
    if (!ignores) return undefined;
    let found = lastUpTo(ignores, span.start);
    // What encloses the last one that begins before the finding is the only other one that can cover it.
    while (found && found.covers.end <= span.start) found = found.outer;
    return found;
  }

  private placeOfSwitch(error: Diagnostic): readonly Place[] {
    const ignore = this.ignoreOf(error);
    if (ignore) return [place(ignore.span, `this hides ${ignore.rule}`)];
    const setting = this.switches.levels.get(error.code);
    return setting?.span ? [place(setting.span, `this sets ${error.code} to "${setting.level}"`)] : [];
  }
}

function place(span: Span, message: string): Place {
  return { span, message };
}

function isError({ severity }: Diagnostic): boolean {
  return severity === "error";
}

function atLevel(diagnostic: Diagnostic, { level }: LevelSetting): Diagnostic | undefined {
  if (level === "off") return undefined;
  const severity = SEVERITIES[level];
  const isRaised = RANKS[severity] > RANKS[diagnostic.severity];
  if (severity === diagnostic.severity || (isRaised && diagnostic.lowered)) return diagnostic;
  return { ...diagnostic, severity };
}

function lastUpTo(ignores: readonly Ignore[], offset: number): Ignore | undefined {
  let low = 0;
  let high = ignores.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ignores[middle]!.covers.start <= offset) low = middle + 1;
    else high = middle;
  }
  return ignores[low - 1];
}
