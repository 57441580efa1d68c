import { toHex } from "../address/index.js";
import type { Diagnostic, Position, Program, RunResult, Span, StepResult } from "../language/index.js";
import type { Machine, Outcome, Stage } from "../simulator/index.js";
import type {
  CheckJson,
  DiagnosticJson,
  FileJson,
  RangeJson,
  RunJson,
  StageJson,
  StepJson,
  TablesJson,
} from "./json-types.js";
import { requiredMappings, vmxTableReport } from "./kvm.js";
import { stepOutcome } from "./outcome.js";
import { pasidTableReport } from "./pasid-tables.js";
import { Places } from "./places.js";
import { expectedWords, statementText } from "./statement.js";

/** Raised when a field changes its meaning or goes away; a new field does not raise it. */
const VERSION = 1;

/** The value that `ioasid check --format json` prints: every diagnostic of every file, in file order. */
export function checkJson(
  files: readonly { readonly program: Program; readonly diagnostics: readonly Diagnostic[] }[],
): CheckJson {
  return {
    version: VERSION,
    diagnostics: files.flatMap(({ program, diagnostics }) => diagnosticsJson(program, diagnostics)),
  };
}

/** The value that `ioasid run --format json` prints. */
export function runJson(results: readonly RunResult[]): RunJson {
  return { version: VERSION, files: results.map(fileJson) };
}

function fileJson(result: RunResult): FileJson {
  const { program } = result;
  const places = new Places(program);
  return {
    file: program.file,
    diagnostics: diagnosticsJson(program, result.diagnostics, places),
    scenarios: result.scenarios.map(({ scenario, passed, steps }) => ({
      title: scenario.title,
      passed,
      steps: steps.map((step) => stepJson(program, places, step)),
    })),
    tables: tablesJson(result.machine),
  };
}

function diagnosticsJson(
  program: Program,
  diagnostics: readonly Diagnostic[],
  places = new Places(program),
): DiagnosticJson[] {
  return diagnostics.map(({ code, severity, errno, message, span, related }) => ({
    file: span.file,
    code,
    severity,
    ...(errno !== undefined && { errno }),
    message,
    range: rangeJson(places, span),
    related: related.map((place) => ({
      file: place.span.file,
      range: rangeJson(places, place.span),
      message: place.message,
    })),
  }));
}

function rangeJson(places: Places, span: Span): RangeJson {
  return { start: plain(places.startOf(span)), end: plain(places.endOf(span)) };
}

function plain({ line, character }: Position): Position {
  return { line, character };
}

/** A step of a run with what came of it. */
export function stepJson(program: Program, places: Places, result: StepResult): StepJson {
  const { platform } = program;
  const { step, outcome, passed } = result;
  return {
    line: places.startOf(step.span).line,
    text: statementText(program, step),
    outcome: stepOutcome(platform, result),
    expected: expectedWords(program, result) ?? null,
    passed,
    wire: (outcome && wirePasid(outcome)) ?? null,
    ppasid: (outcome && physicalPasid(outcome)) ?? null,
    hpa: outcome?.kind === "reached" ? toHex(outcome.physical) : null,
    stages: (outcome?.stages ?? []).map((stage) => stageJson(places, stage)),
  };
}

function wirePasid(outcome: Outcome): number | undefined {
  return "wire" in outcome ? outcome.wire.pasid : undefined;
}

/** The number that the step allocated, wrote into a KVM slot, or was looked up under. */
function physicalPasid(outcome: Outcome): number | undefined {
  if (outcome.kind !== "ok") return wirePasid(outcome);
  const { result } = outcome;
  return result?.kind === "attachment" || result?.kind === "kvm-slot" ? result.physical : undefined;
}

function stageJson(places: Places, stage: Stage): StageJson {
  const span = places.spanOf(stage.origin);
  return {
    kind: stage.kind,
    text: stage.text,
    level: stage.level ?? null,
    index: stage.index ?? null,
    file: span?.file ?? null,
    line: span ? places.startOf(span).line : null,
  };
}

/** The tables of a machine as rows of plain values. */
export function tablesJson(machine: Machine): TablesJson {
  return {
    pasid: pasidTableReport(machine).flatMap(({ rid, entries }) =>
      entries.map(({ ppasid, vpasid, device, use, space, namespace }) => ({
        rid,
        ppasid,
        vpasid: vpasid ?? null,
        device,
        use,
        space,
        namespace,
      })),
    ),
    kvm: vmxTableReport(machine).flatMap(({ guest, slots }) =>
      slots.map(({ origin: _, ...slot }) => ({ guest, ...slot })),
    ),
    kvmRequired: requiredMappings(machine).map(({ origin: _, ...need }) => ({
      ...need,
      current: need.current ?? null,
    })),
  };
}
