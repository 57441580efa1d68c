import {
  applyEdits,
  type Edit,
  format,
  outcomeText,
  parse,
  type RunResult,
  type StepResult,
} from "../../language/index.js";
import type { TextRange, View } from "../view.js";
import { type Action, refactoring } from "./action.js";

/** Answers of the language are words; several different ones of one page response are no outcome. */
const STATABLE = /^[\w#.[\] -]+$/;

/** A step that does what it is there for needs no word about it. */
const PLAIN = "ok";

/** `=> …` behind the statement at an offset, with what the engine found to come of it. */
export function stateOutcome(view: View, file: string, offset: number): readonly Action[] {
  const { result } = view;
  const found = result && stepAt(result, file, offset);
  const edit = found && stated(result, found);
  if (!edit) return [];
  const isRefused = found.outcome?.kind === "refused" && !found.passed;
  const title = `State \`${edit.text.trim()}\`${isRefused ? ", if this is what should happen" : ""}`;
  const action = refactoring("refactor.rewrite", title, edit);
  // What a refusal says is answered by stating it: the author knows then.
  return [isRefused ? { ...action, kind: "quickfix", resolves: found.diagnostics } : action];
}

/** Whether `stateOutcomes` has something to write for the scenario at an offset. */
export function hasOutcomesToState(view: View, file: string, offset: number): boolean {
  return statedInScenario(view, file, offset) !== undefined;
}

/**
 * The same for all steps of the scenario at an offset: those that passed without a word about it, and those
 * whose words are not what came. In a file that is laid out, the outcomes then stand below each other.
 */
export function stateOutcomes(view: View, file: string, offset: number): readonly Action[] {
  const found = statedInScenario(view, file, offset);
  if (!found) return [];
  const { tree, index, edits } = found;
  if (format(tree.text) !== tree.text) return [refactoring("refactor.rewrite", STATE_ALL, ...edits)];
  const { start, end } = tree.items[index]!;
  const laidOut = parse(format(applyEdits(tree.text, edits)));
  const { start: first, end: last } = laidOut.items[index]!;
  const text = laidOut.text.slice(first, last);
  return [refactoring("refactor.rewrite", STATE_ALL, { file, start, end, text })];
}

export const STATE_ALL = "State the outcomes of this scenario";

function statedInScenario({ result, analysis }: View, file: string, offset: number) {
  const tree = analysis.trees.get(file);
  const index = tree?.items.findIndex((item) => item.kind === "scenario" && holds(item, offset)) ?? -1;
  const item = tree?.items[index];
  if (!result || !tree || !item || file !== analysis.program.file) return undefined;
  const steps = result.scenarios
    .flatMap((each) => each.steps)
    .filter(({ step }) => holds(item, step.span.start));
  const edits = steps.flatMap((each) => {
    const isNews = each.passed || each.step.expectation;
    return isNews ? (stated(result, each) ?? []) : [];
  });
  return edits.length === 0 ? undefined : { tree, index, edits };
}

/** The edit that states an outcome; `undefined` where it is stated already, or nothing is to be said of it. */
function stated({ program }: RunResult, { step, outcome, passed }: StepResult): Edit | undefined {
  if (!outcome || (passed && step.expectation)) return undefined;
  const words = outcomeText(program.platform, outcome, step.expectation);
  if (!STATABLE.test(words) || (words === PLAIN && !step.expectation)) return undefined;
  const { file, end } = step.span;
  return step.expectation
    ? { ...step.expectation.span, text: `=> ${words}` }
    : { file, start: end, end, text: `  => ${words}` };
}

/** A step inside the braces of a space is one of its own, and begins later. */
function stepAt(result: RunResult, file: string, offset: number): StepResult | undefined {
  const steps = [result.start, ...result.scenarios.map((each) => each.steps)].flat();
  return steps.findLast(({ step: { span } }) => span.file === file && holds(span, offset));
}

function holds({ start, end }: TextRange, offset: number): boolean {
  return start <= offset && offset <= end;
}
