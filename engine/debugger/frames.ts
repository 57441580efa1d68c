import type { Span } from "../language/index.js";
import { statementText } from "../report/index.js";
import type { Stage } from "../simulator/index.js";
import type { Thread } from "./thread.js";

/** A level of the call stack: the hardware inside a statement inside a scenario. */
export type Frame =
  | {
      readonly kind: "stage";
      readonly name: string;
      /** The statement that decided it: the attach, the map, the `kvm map`; absent where none did. */
      readonly span: Span | undefined;
      readonly stage: Stage;
    }
  | { readonly kind: "statement" | "scenario"; readonly name: string; readonly span: Span };

/**
 * The call stack at a thread's position, the innermost first: the stage of the walk and, below it, every
 * stage that led there, so that walking up the stack walks through the configuration; then the statement,
 * then the scenario.
 */
export function framesOf(thread: Thread): Frame[] {
  const { timeline, position, stages, isAtEnd } = thread;
  const { program, scenario } = timeline;
  const frames: Frame[] = [];
  if (typeof position.at === "number") {
    for (const stage of stages.slice(0, position.at + 1).reverse()) {
      const name = `${stage.kind}: ${stage.text}`;
      frames.push({ kind: "stage", name, span: spanOf(thread, stage.origin), stage });
    }
  }
  const step = timeline.steps[position.step];
  if (step) {
    const words = timeline.handMade(step) ?? statementText(program, step);
    const name = position.at === "after" ? `${words} (done)` : words;
    frames.push({ kind: "statement", name, span: step.span });
  }
  const name = isInStart(thread) ? "start state" : `scenario "${scenario.title}"`;
  frames.push({ kind: "scenario", name: isAtEnd ? `${name}, at its end` : name, span: scenario.span });
  return frames;
}

function spanOf({ timeline }: Thread, origin: number | undefined): Span | undefined {
  return origin === undefined ? undefined : timeline.program.origins[origin];
}

function isInStart({ timeline, position }: Thread): boolean {
  return position.step < timeline.first;
}
