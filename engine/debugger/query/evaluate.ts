import type { Machine } from "../../simulator/index.js";
import type { Thread } from "../thread.js";
import {
  type Answer,
  booleanAnswer,
  equalScalars,
  isTrue,
  ordered,
  type Problem,
  textAnswer,
} from "./answer.js";
import { COMMANDS, nameAnswer } from "./commands.js";
import { FACTS } from "./facts.js";
import { QueryReader } from "./reader.js";

/**
 * Answers a query (docs/debug-queries.md) at a thread's position; nothing is changed by it.
 * @param machine the state to ask; that of the position when left out
 */
export function evaluate(text: string, thread: Thread, machine: Machine = thread.machine): Answer | Problem {
  const reader = new QueryReader(text, machine);
  const answer = either(reader, thread);
  if (reader.problem === undefined && !reader.isAtEnd) {
    reader.fail(`Nothing may stand ${reader.whereText().replace("before", "at")}.`);
  }
  if (answer?.unknown !== undefined) {
    const known = [...Object.keys(COMMANDS), ...Object.keys(FACTS)].join(", ");
    const help = `A query is a name, or begins with one of ${known}.`;
    reader.fail(`There is no name "${answer.unknown}" at this moment. ${help}`);
  }
  return reader.problem === undefined ? answer! : { problem: reader.problem };
}

/** Whether a condition holds; one that makes no sense does not. */
export function holds(text: string, thread: Thread, machine?: Machine): boolean {
  const answer = evaluate(text, thread, machine);
  return "problem" in answer ? false : isTrue(answer);
}

function either(reader: QueryReader, thread: Thread): Answer | undefined {
  let answer = both(reader, thread);
  while (reader.take("||") !== undefined) {
    const other = both(reader, thread);
    answer = answer && other && booleanAnswer(isTrue(answer) || isTrue(other));
  }
  return answer;
}

function both(reader: QueryReader, thread: Thread): Answer | undefined {
  let answer = not(reader, thread);
  while (reader.take("&&") !== undefined) {
    const other = not(reader, thread);
    answer = answer && other && booleanAnswer(isTrue(answer) && isTrue(other));
  }
  return answer;
}

function not(reader: QueryReader, thread: Thread): Answer | undefined {
  if (reader.take("!") === undefined) return comparison(reader, thread);
  const answer = not(reader, thread);
  return answer && booleanAnswer(!isTrue(answer));
}

function comparison(reader: QueryReader, thread: Thread): Answer | undefined {
  const left = primary(reader, thread);
  const mark = reader.take("==", "!=", "<=", ">=", "<", ">");
  if (mark === undefined) return left;
  const right = primary(reader, thread);
  if (!left || !right) return undefined;
  if (mark === "==") return booleanAnswer(equalScalars(left.value, right.value));
  if (mark === "!=") return booleanAnswer(!equalScalars(left.value, right.value));
  const order = ordered(left.value, right.value);
  if (order === undefined) return reader.fail(`"${left.text}" and "${right.text}" have no order.`);
  if (mark === "<") return booleanAnswer(order < 0);
  if (mark === ">") return booleanAnswer(order > 0);
  return booleanAnswer(mark === "<=" ? order <= 0 : order >= 0);
}

function primary(reader: QueryReader, thread: Thread): Answer | undefined {
  if (reader.take("(") !== undefined) {
    const answer = either(reader, thread);
    reader.expect(")");
    return answer;
  }
  const quoted = reader.string();
  if (quoted !== undefined) return textAnswer(quoted);
  if (reader.isNumberNext()) {
    const value = reader.address("A number");
    return value && { text: value.page < 2 ** 20 ? String(value.page * 4096 + value.offset) : "", value };
  }
  const word = reader.word("A question, a name or a number");
  if (word === undefined) return undefined;
  if (Object.hasOwn(FACTS, word)) return FACTS[word]?.answer(thread);
  if (Object.hasOwn(COMMANDS, word)) return COMMANDS[word]?.answer(reader, thread);
  // What is no name is taken at its word, so that `fault == no-pasid-entry` needs no quotes.
  return nameAnswer(reader, word) ?? { ...textAnswer(word), unknown: word };
}
