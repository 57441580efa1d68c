import type { Address } from "../../address/index.js";
import { codeText, refusalOf, wireOf } from "../../language/index.js";
import { expectedWords, explainOutcome, statementText, stepOutcome } from "../../report/index.js";
import type { Thread } from "../thread.js";
import { list, type Variable, variable } from "./variable.js";

/** What the statement at the position asks, what comes of it, and the stages of its walk. */
export function stepVariables(thread: Thread): Variable[] {
  const { timeline, position, result, stages } = thread;
  const step = timeline.steps[position.step];
  if (!step || !result) return [variable("statement", "none: every step has run")];
  const { program } = timeline;
  const { outcome, passed, diagnostics } = result;
  const comes = position.at === "after" ? "outcome" : "outcome to come";
  const found: Variable[] = [
    variable("statement", timeline.handMade(step) ?? statementText(program, step)),
    { ...variable(comes, stepOutcome(program.platform, result)), query: "outcome" },
  ];
  const expected = expectedWords(program, result);
  if (expected !== undefined) found.push(variable("stated", `${expected}${passed ? "" : " (differs)"}`));
  const why = outcome && explainOutcome(program.platform, outcome, askedAddress(thread));
  if (why) found.push(variable("because", why));
  const wire = outcome && wireOf(outcome);
  if (wire)
    found.push({
      ...variable(
        "wire",
        wire.pasid === undefined ? "no PASID" : `PASID ${wire.pasid} (0x${wire.pasid.toString(16)})`,
      ),
      query: "wire",
    });
  if (outcome?.kind === "fault" && outcome.fault.code !== undefined)
    found.push({ ...variable("code", codeText(outcome.fault.code)), query: "code" });
  const rule = outcome && refusalOf(outcome)?.rule;
  if (rule !== undefined) found.push({ ...variable("rule", rule), query: "rule" });
  for (const { code, message } of diagnostics) found.push(variable(code, message));
  if (stages.length > 0) {
    const walk = stages.map(({ kind, text }, index) => variable(`${index + 1} ${kind}`, text));
    found.push(variable("walk", stageText(thread), list(walk)));
  }
  return found;
}

function stageText({ position, stages }: Thread): string {
  return typeof position.at === "number"
    ? `stage ${position.at + 1} of ${stages.length}`
    : `${stages.length} stages`;
}

function askedAddress({ timeline, position }: Thread): Address | undefined {
  const step = timeline.steps[position.step];
  if (step?.kind !== "operation") return undefined;
  if (step.operation.kind === "dma") return step.operation.range.start;
  return "address" in step.operation ? step.operation.address : undefined;
}
