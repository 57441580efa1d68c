import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  compile,
  type Host,
  pageOf,
  RULES,
  runToEnd,
  type StepResult,
} from "../../../engine/language/index.js";

/** `attach EBUSY P005`: a kind of operation, what came back, and the rule that decided it. */
export type Answer = string;

/** Files that an example of a rule may import. */
const LIBRARY: ReadonlyMap<string, string> = new Map([["v1.ioasid", "uapi v1\n"]]);

/** Every refusal of a call in a file, in its start state and in its scenarios. */
export function answersOf(file: string, host: Host): Set<Answer> {
  const { start, scenarios } = runToEnd(compile(file, host));
  const steps = [...start, ...scenarios.flatMap((scenario) => scenario.steps)];
  return new Set(steps.flatMap(answerOf));
}

/** The same of a text that imports nothing but what an example may. */
export function answersIn(text: string): Set<Answer> {
  const read = (path: string) =>
    path === "self.ioasid" ? text : (LIBRARY.get(path) ?? { error: `There is no file "${path}".` });
  return answersOf("self.ioasid", { read, resolve: (_from, target) => target });
}

/** The refusals in the examples of all rules, in `examples/` and in the fixtures. */
export function knownAnswers(): Set<Answer> {
  const found = new Set<Answer>();
  const keep = (answers: Set<Answer>) => {
    for (const answer of answers) found.add(answer);
  };
  for (const rule of RULES.values()) {
    const { example } = pageOf(rule);
    keep(answersIn(example.raises));
    keep(answersIn(example.avoids));
  }
  for (const file of [...filesBelow("examples"), ...filesBelow("test")]) keep(answersOf(file, DISK));
  return found;
}

const DISK: Host = {
  read: (path) => {
    try {
      return readFileSync(path, "utf8");
    } catch {
      return { error: `There is no file "${path}".` };
    }
  },
  resolve: (from, target) => join(dirname(from), target),
};

/** ENQCMD is no call: what stops it at the CPU or the portal counts only where it is an errno (P029). */
function answerOf({ step, outcome }: StepResult): Answer[] {
  if (step.kind !== "operation" || outcome?.kind !== "refused") return [];
  return [`${step.operation.kind} ${outcome.refusal.errno} ${outcome.refusal.rule}`];
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return filesBelow(path);
    return path.endsWith(".ioasid") ? [path] : [];
  });
}
