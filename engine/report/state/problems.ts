import type { Diagnostic, RunResult, ScenarioResult, Span, StepResult } from "../../language/index.js";
import type { Problem } from "./types.js";

/** What a run found about devices and spaces, each finding with those that its statement names. */
export class Problems<P> {
  private readonly ofDevices = new Map<number, Problem<P>[]>();
  private readonly ofSpaces = new Map<number, Problem<P>[]>();
  private readonly seen = new Set<Diagnostic>();
  private readonly devicesByName: ReadonlyMap<string, number>;
  private readonly devicesByPlace: ReadonlyMap<string, number>;

  /**
   * @param scenario the one whose findings count beside those of the start state
   * @param spacesByName numbers of the spaces that exist, by `owner.name` and, where it is unique, by `name`
   */
  constructor(
    { program, start, diagnostics }: Pick<RunResult, "program" | "start" | "diagnostics">,
    scenario: ScenarioResult | undefined,
    private readonly spacesByName: ReadonlyMap<string, number>,
    private readonly place: (span: Span) => P,
  ) {
    const { devices } = program.platform;
    this.devicesByName = new Map(devices.map(({ name }, index) => [name, index]));
    this.devicesByPlace = new Map(
      devices.map(({ origin }, index) => [keyOf(program.origins[origin]!), index]),
    );
    for (const step of [...start, ...(scenario?.steps ?? [])]) this.noteStep(step);
    for (const each of diagnostics) {
      if (each.scenario === undefined || each.scenario === scenario?.scenario.title) this.note(each);
    }
  }

  ofDevice(index: number): readonly Problem<P>[] {
    return this.ofDevices.get(index) ?? [];
  }

  ofSpace(number: number): readonly Problem<P>[] {
    return this.ofSpaces.get(number) ?? [];
  }

  /** A step's findings are about whatever its operation is about. */
  private noteStep({ step, diagnostics }: StepResult): void {
    if (step.kind !== "operation") return;
    const { operation } = step;
    for (const diagnostic of diagnostics) {
      if ("device" in operation) this.add(this.ofDevices, operation.device, diagnostic);
      if ("space" in operation) this.add(this.ofSpaces, operation.space, diagnostic);
      this.seen.add(diagnostic);
    }
  }

  /** Other findings say in their facts, or by where they stand, what they are about. */
  private note(diagnostic: Diagnostic): void {
    if (this.seen.has(diagnostic)) return;
    const { facts, span } = diagnostic;
    const device = this.devicesByName.get(String(facts?.device)) ?? this.devicesByPlace.get(keyOf(span));
    this.add(this.ofDevices, device, diagnostic);
    const name = facts?.owner === undefined ? `${facts?.space}` : `${facts.owner}.${facts.space}`;
    this.add(this.ofSpaces, this.spacesByName.get(name), diagnostic);
  }

  private add(lists: Map<number, Problem<P>[]>, key: number | undefined, diagnostic: Diagnostic): void {
    const { severity, code, message, span } = diagnostic;
    if (key === undefined || severity === "hint") return;
    const problem = { severity, code, message, place: this.place(span) };
    const list = lists.get(key);
    if (list) list.push(problem);
    else lists.set(key, [problem]);
  }
}

function keyOf({ file, start, end }: Span): string {
  return `${start} ${end} ${file}`;
}
