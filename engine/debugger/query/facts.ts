import { fromBytes } from "../../address/index.js";
import { refusalOf, type StepResult, wireOf } from "../../language/index.js";
import { stepOutcome } from "../../report/index.js";
import type { Outcome } from "../../simulator/index.js";
import { memoryReference } from "../memory/place.js";
import type { Thread } from "../thread.js";
import { type Answer, booleanAnswer, numberAnswer, textAnswer } from "./answer.js";

/** Words that say something of the step at the position: what came, or will come, of it. */
export const FACTS: Readonly<Record<string, { readonly about: string; answer(thread: Thread): Answer }>> = {
  outcome: {
    about: "The outcome of the statement, in the words that can stand after =>.",
    answer: (thread) =>
      of(thread, (result) => textAnswer(stepOutcome(thread.timeline.program.platform, result))),
  },
  fault: {
    about: "The name of its fault.",
    answer: (thread) => of(thread, ({ outcome }) => textAnswer(faultOf(outcome)?.name ?? "none")),
  },
  code: {
    about: "The hardware's code of its fault.",
    answer: (thread) => of(thread, ({ outcome }) => numberAnswer(faultOf(outcome)?.code)),
  },
  errno: {
    about: "The errno of a refused call.",
    answer: (thread) =>
      of(thread, ({ outcome }) => textAnswer((outcome && refusalOf(outcome)?.errno) ?? "none")),
  },
  rule: {
    about: "The rule that refused the call.",
    answer: (thread) =>
      of(thread, ({ outcome }) => textAnswer((outcome && refusalOf(outcome)?.rule) ?? "none")),
  },
  wire: {
    about: "The PASID that the bus saw.",
    answer: (thread) => of(thread, ({ outcome }) => numberAnswer(outcome && wireOf(outcome)?.pasid)),
  },
  hpa: {
    about: "The host-physical address that a DMA reached.",
    answer: (thread) =>
      of(thread, ({ outcome }) =>
        outcome?.kind === "reached"
          ? {
              text: stepOutcome(thread.timeline.program.platform, thread.result!),
              value: outcome.physical,
              memory: memoryReference(outcome.physical),
            }
          : textAnswer("none"),
      ),
  },
  passed: {
    about: "Whether the statement came to what its author stated.",
    answer: (thread) => of(thread, ({ passed }) => booleanAnswer(passed)),
  },
  step: {
    about: "The number of the statement in the scenario, from 1; in the start state words that say so.",
    answer: ({ position, timeline }) => {
      const number = position.step - timeline.first + 1;
      return number > 0
        ? { text: String(number), value: fromBytes(number) }
        : textAnswer(`start state, statement ${position.step + 1}`);
    },
  },
};

function of(thread: Thread, answer: (result: StepResult) => Answer): Answer {
  return thread.result ? answer(thread.result) : textAnswer("none");
}

function faultOf(outcome: Outcome | undefined) {
  return outcome?.kind === "fault" || outcome?.kind === "page-request" ? outcome.fault : undefined;
}
