import type { DebugProtocol } from "@vscode/debugprotocol";
import { completeQuery, evaluate, isProblem } from "../../../engine/debugger/index.js";
import type { Handler } from "./handler.js";

export const ask: Handler<DebugProtocol.EvaluateArguments> = (debuggee, { expression, frameId }) => {
  const thread = debuggee.asked(frameId);
  if (!thread) return { body: { refused: "No scenario stands still, so there is no state to ask." } };
  const answer = evaluate(expression, thread);
  if (isProblem(answer)) return { body: { refused: answer.problem } };
  const { lines, text, memory } = answer;
  const variablesReference = lines && lines.length > 0 ? debuggee.values.openLines(lines, thread) : 0;
  return { body: { result: text, variablesReference, ...(memory && { memoryReference: memory }) } };
};

export const completions: Handler<DebugProtocol.CompletionsArguments> = (
  debuggee,
  { text, column, line, frameId },
) => {
  const thread = debuggee.asked(frameId);
  if (!thread) return { body: { targets: [] } };
  const { counting } = debuggee;
  const lines = text.split("\n");
  const query = lines[(line ?? counting.line) - counting.line] ?? "";
  const { start, words } = completeQuery(query.slice(0, column - counting.column), thread.machine);
  const length = column - counting.column - start;
  return {
    body: {
      targets: words.map(({ word, kind, about }) => ({
        label: word,
        type: TYPES[kind],
        start: start + counting.column,
        length,
        ...(about !== "" && { detail: about }),
      })),
    },
  };
};

/** The pictures of the console. */
const TYPES = { question: "function", fact: "property", name: "variable", word: "keyword" } as const;
