import {
  type Children,
  type ExceptionFilter,
  ExceptionStop,
  evaluate,
  framesOf,
  isProblem,
  NO_STOPS,
  type Stops,
  scopesOf,
  type Variable,
} from "../../engine/debugger/index.js";
import { Places } from "../../engine/report/index.js";
import { standing, threadOf } from "./threads.js";

/** Values of one list that a script prints. */
const SHOWN = 12;

/**
 * Plays a script against a program, and prints each of its lines with what comes of it: `next`, `in`, `out`,
 * `back`, `continue [FILTER]`, `reverse [FILTER]`, `travel N`, `frames`, `show SCOPE`, `ask QUERY`.
 */
export function play(text: string, title: string | undefined, script: string): string {
  const thread = threadOf(text, title);
  const places = new Places(thread.timeline.program);
  const lines = ["", standing(thread)];
  for (const line of script.split("\n").filter((each) => each.trim() !== "" && !each.startsWith("//"))) {
    const [word = "", ...rest] = line.trim().split(" ");
    const argument = rest.join(" ");
    lines.push("", `> ${line.trim()}`);
    switch (word) {
      case "next":
        thread.next();
        break;
      case "in":
        thread.stepIn();
        break;
      case "out":
        thread.stepOut();
        break;
      case "back":
        thread.stepBack();
        break;
      case "continue":
        thread.forward(stopsAt(argument));
        break;
      case "reverse":
        thread.backward(stopsAt(argument));
        break;
      case "travel":
        thread.travel(thread.timeline.first + Number(argument));
        break;
      case "frames":
        for (const { name, span } of framesOf(thread)) {
          lines.push(`  ${name}${span ? `  (line ${places.startOf(span).line + 1})` : ""}`);
        }
        continue;
      case "show": {
        const scope = scopesOf(thread).find(({ name }) => name === argument);
        if (!scope) throw new Error(`There is no scope "${argument}".`);
        lines.push(...tree(scope.children(), "  "));
        continue;
      }
      case "ask": {
        const answer = evaluate(argument, thread);
        if (isProblem(answer)) lines.push(`  problem: ${answer.problem}`);
        else {
          lines.push(`  ${answer.text}`);
          for (const { name, value } of answer.lines ?? []) lines.push(`    ${name}: ${value}`);
        }
        continue;
      }
      default:
        throw new Error(`A script has no "${word}".`);
    }
    lines.push(standing(thread));
  }
  return `${lines.join("\n").trimStart()}\n`;
}

function stopsAt(filter: string): Stops {
  if (filter === "") return NO_STOPS;
  return { ...NO_STOPS, after: [new ExceptionStop(filter as ExceptionFilter, "", () => "")] };
}

function tree(children: Children, indent: string): string[] {
  const lines = children
    .page(0, SHOWN)
    .flatMap((each: Variable) => [
      `${indent}${each.name}: ${each.value}`,
      ...(each.children ? tree(each.children, `${indent}  `) : []),
    ]);
  return children.count > SHOWN ? [...lines, `${indent}… ${children.count - SHOWN} more`] : lines;
}
