import { type Address, compare, fromBytes, parseHex } from "../../address/index.js";

/** What a query compares: a number or an address as an `Address`, anything else as text. */
export type Scalar = Address | string | boolean | undefined;

/** One line of an answer with several, or of something that can be opened. */
export interface AnswerLine {
  readonly name: string;
  readonly value: string;
}

/** What a query says. */
export interface Answer {
  /** For a person, on one line. */
  readonly text: string;
  readonly value: Scalar;
  readonly lines?: readonly AnswerLine[];
  /** Where the bytes are that it speaks of; see `memoryReference`. */
  readonly memory?: string;
  /** The word that it is, where that names nothing: good to compare with, and no answer by itself. */
  readonly unknown?: string;
}

/** Why a query has no answer: a sentence with what would work. */
export interface Problem {
  readonly problem: string;
}

export function isProblem(value: Answer | Problem): value is Problem {
  return "problem" in value;
}

export function numberAnswer(value: number | undefined, none = "none"): Answer {
  return value === undefined
    ? { text: none, value: "none" }
    : { text: `${value} (0x${value.toString(16)})`, value: fromBytes(value) };
}

export function textAnswer(text: string, lines?: readonly AnswerLine[]): Answer {
  return { text, value: text, ...(lines && { lines }) };
}

export function booleanAnswer(value: boolean): Answer {
  return { text: String(value), value };
}

/** Whether an answer counts as true in a condition: not `false`, `none` or nothing. */
export function isTrue({ value }: Answer): boolean {
  return value !== undefined && value !== false && value !== "none" && value !== "";
}

/** Compares two values; `undefined` where they cannot be ordered. */
export function ordered(a: Scalar, b: Scalar): number | undefined {
  const [left, right] = [addressOf(a), addressOf(b)];
  return left && right ? compare(left, right) : undefined;
}

export function equalScalars(a: Scalar, b: Scalar): boolean {
  const order = ordered(a, b);
  return order === undefined ? String(a) === String(b) : order === 0;
}

function addressOf(value: Scalar): Address | undefined {
  if (typeof value === "object") return value;
  return typeof value === "string" && /^0x/i.test(value) ? parseHex(value) : undefined;
}
