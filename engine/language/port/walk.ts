import { boot, type Machine } from "../../simulator/index.js";
import type { Analysis } from "../lowering/analysis.js";
import type { Step } from "../program.js";
import { Causes } from "../run/causes.js";
import type { StepResult } from "../run/result.js";
import { Stepper } from "../run/stepper.js";
import type { Body, Step as StepNode } from "../syntax/index.js";

/** One step of the original: what it came to, and the machine before and after it. */
export interface Visit {
  readonly node: StepNode;
  /** `undefined` for a statement that does nothing by itself. */
  readonly result: StepResult | undefined;
  /** Of a `map` or an `unmap`, of which a file has thousands and nobody asks, the same as `after`. */
  readonly before: Machine;
  readonly after: Machine;
}

/** What is made of the statements of a file, one after the other. */
export interface Visitor {
  /** A scenario begins, from the start state. @returns called at its end */
  scenario(): () => void;
  /** A statement begins, and ends when all its steps were given to `step`. */
  begin(node: StepNode): void;
  step(visit: Visit): void;
  end(node: StepNode): void;
}

/** Runs a file step by step: its start state, then every scenario from a copy of that. */
export function walk({ program, trees }: Analysis, visitor: Visitor): void {
  const steps = new Map<number, Step>();
  for (const step of [...program.start, ...program.scenarios.flatMap((each) => each.steps)]) {
    if (step.span.file === program.file) steps.set(step.span.start, step);
  }
  const { items } = trees.get(program.file)!;
  const stepper = new Stepper(program, false);
  const start = boot(program.platform);
  const startCauses = new Causes();
  const run = (statements: readonly { readonly kind: string }[], machine: Machine, causes: Causes) => {
    for (const node of statements.filter(isStep)) {
      visitor.begin(node);
      for (const each of [node, ...bodyOf(node)]) {
        const step = steps.get(each.start);
        const before = each.kind === "map" || each.kind === "unmap" ? machine : machine.fork();
        const result = step && stepper.run(machine, step, causes);
        visitor.step({ node: each, result, before, after: machine });
      }
      visitor.end(node);
    }
  };
  for (const item of items) {
    if (item.kind === "guest" || item.kind === "native") run(item.items, start, startCauses);
    if (item.kind === "allow") run([item], start, startCauses);
  }
  for (const item of items) {
    if (item.kind !== "scenario") continue;
    const leave = visitor.scenario();
    run(item.steps, start.fork(), startCauses.copy());
    leave();
  }
}

const DECLARATIONS: ReadonlySet<string> = new Set(["memory", "process", "viommu", "misplaced"]);

function isStep(node: { readonly kind: string }): node is StepNode {
  return !DECLARATIONS.has(node.kind);
}

function bodyOf(node: StepNode): StepNode[] {
  const body: Body | undefined = "body" in node ? node.body : undefined;
  return (body?.steps ?? []).filter((each) => each.kind !== "misplaced");
}
