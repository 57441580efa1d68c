import type { DebugProtocol } from "@vscode/debugprotocol";
import { COMMANDS, evaluate, FACTS, isProblem } from "../../../engine/debugger/index.js";
import type { Debuggee } from "../debuggee.js";
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

export const completions: Handler<DebugProtocol.CompletionsArguments> = (debuggee, { text, column }) => {
  const before = text.slice(0, column - debuggee.counting.column);
  const start = before.search(/[\w.-]*$/);
  const word = before.slice(start);
  const isFirst = before.slice(0, start).trim() === "";
  const names = [...(isFirst ? Object.keys(COMMANDS) : []), ...Object.keys(FACTS), ...namesOf(debuggee)];
  return {
    body: {
      targets: names
        .filter((name) => name.startsWith(word))
        .map((label) => ({ label, start: start + debuggee.counting.column, length: word.length })),
    },
  };
};

function namesOf({ program }: Debuggee): string[] {
  if (!program) return [];
  const { devices, owners, memories, processes } = program.platform;
  const owned = [...memories, ...processes].map(({ name, owner }) => `${owners[owner]!.name}.${name}`);
  return [...devices.map(({ name }) => name), ...owners.map(({ name }) => name), ...owned];
}
