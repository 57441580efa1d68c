import type { RunResult, Span } from "../../language/index.js";
import { refusalOf } from "../../language/index.js";
import { type Block, Places } from "../../report/index.js";
import type { Operation, Origin, Outcome } from "../../simulator/index.js";
import type { View } from "../view.js";
import { defPasidBlocks, memoryBlocks, stepBlocks } from "./explanations.js";
import { wordingsOf } from "./hints.js";
import type { HintSubject } from "./subjects.js";
import { decisiveOrigin, pasidOrigin, walkOf } from "./walk.js";
import { type FoundStep, findStep, type HintPart, type HintTopic, slotOrigin } from "./wording.js";

/** What a hint has to say when somebody asks. */
export interface HintDetails {
  readonly blocks: readonly Block[];
  /** For each part the statement that decided it; `undefined` where there is no other one. */
  readonly targets: readonly (Span | undefined)[];
}

/**
 * The explanation of a hint, and where a click on each of its parts leads. A walk is run again for it, with
 * the scenario up to its step.
 * @returns `undefined` when the view has no such hint
 */
export function hintDetails(view: View, subject: HintSubject, topic: HintTopic): HintDetails | undefined {
  const { program } = view.analysis;
  const wording = wordingsOf(view, subject).find((each) => each.topic === topic);
  if (!wording) return undefined;
  if (subject.kind === "memory")
    return { blocks: memoryBlocks(program.platform, subject.index), targets: [undefined] };
  const { result } = view;
  if (!result) return undefined;
  const places = new Places(program);
  const spanOf = (origin: Origin | undefined) => places.spanOf(origin);
  if (subject.kind !== "step") {
    const targets = wording.parts.map(({ origin }) => spanOf(origin));
    return { blocks: defPasidBlocks(result.machine, subject.index), targets };
  }
  const found = findStep(result, subject);
  if (!found) return undefined;
  const walked = walkOf(view, subject)?.result.outcome;
  const blocks = stepBlocks(places, found, topic, walked);
  const related = relatedSpan(found);
  const targets = wording.parts.map(
    (part) => spanOf(part.origin ?? originOf(result, found, walked, part)) ?? related,
  );
  return { blocks, targets };
}

/** The statement that decided a part of a hint, where its words do not know it. */
function originOf(
  run: RunResult,
  found: FoundStep,
  walked: Outcome | undefined,
  { text }: HintPart,
): Origin | undefined {
  if (walked) return text.startsWith("wire ") ? pasidOrigin(walked) : decisiveOrigin(walked);
  const { step, outcome } = found.result;
  if (step.kind !== "operation" || outcome?.kind !== "ok") return undefined;
  const { operation } = step;
  const { devices } = run.program.platform;
  switch (operation.kind) {
    case "attach":
    case "sva":
    case "bind":
    case "info-device":
      if (text.startsWith("pPASID ") && operation.kind === "attach")
        return firstAttach(run, found, operation);
      return text.startsWith("RID ") || text.startsWith("reports ")
        ? devices[devices[operation.device]!.wire]!.origin
        : undefined;
    case "kvm-map":
      if (text.endsWith(" already")) return slotOrigin(found.machine, operation.owner, operation.pasid);
      return text.startsWith("pPASID ") ? firstAttach(run, found, operation) : undefined;
    default:
      return undefined;
  }
}

/** The attach that fixed the global pPASID of a space (N6), when it is not the statement itself. */
function firstAttach(
  run: RunResult,
  { result, scenario }: FoundStep,
  { space }: Extract<Operation, { kind: "attach" | "kvm-map" }>,
): Origin | undefined {
  const answer = result.outcome?.kind === "ok" ? result.outcome.result : undefined;
  const physical = answer && "physical" in answer ? answer.physical : undefined;
  for (const { step, outcome } of [...run.start, ...(scenario?.steps ?? [])]) {
    if (step === result.step) return undefined;
    if (step.kind !== "operation" || step.operation.kind !== "attach") continue;
    const made = outcome?.kind === "ok" ? outcome.result : undefined;
    if (step.operation.space !== space || made?.kind !== "attachment") continue;
    if (made.namespace === "global" && made.pasid !== undefined && made.physical === physical)
      return step.origin;
  }
  return undefined;
}

/** The other side of a refusal or of a failed assertion: the first place that its finding shows. */
function relatedSpan({ result }: FoundStep): Span | undefined {
  const rule = result.outcome && refusalOf(result.outcome)?.rule;
  const finding = result.diagnostics.find(({ code }) => rule === undefined || code === rule);
  return finding?.related[0]?.span;
}
