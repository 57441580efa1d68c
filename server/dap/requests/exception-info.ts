import type { DebugProtocol } from "@vscode/debugprotocol";
import { exceptionsOf } from "../../../engine/debugger/index.js";
import { RULES } from "../../../engine/language/index.js";
import { paragraphs, plainText } from "../../../engine/report/index.js";
import type { Handler } from "./handler.js";

/** What is wrong at the last stop, and what the page of its rule says. */
export const exceptionInfo: Handler<DebugProtocol.ExceptionInfoArguments> = (debuggee, { threadId }) => {
  const thread = debuggee.thread(threadId);
  const [fact] = thread?.result ? exceptionsOf(thread.result) : [];
  const findings = thread?.result?.diagnostics ?? [];
  const told = findings.map(({ code, message }) => `${code}: ${message}`).join("\n");
  const rule = RULES.get(findings[0]?.code ?? "");
  const page = rule && plainText(paragraphs(rule.explanation));
  return {
    body: {
      exceptionId: fact?.names.at(-1) ?? fact?.filter ?? "outcome",
      description: told === "" ? (thread?.stopped.text ?? "") : page ? `${told}\n\n${page}` : told,
      breakMode: "always",
      ...(rule && page && { details: { typeName: rule.id, fullTypeName: rule.title, message: page } }),
    },
  };
};
