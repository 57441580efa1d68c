import type { Debuggee } from "../debuggee.js";

/** Why a request is refused: a sentence for a person. */
export interface Refused {
  readonly refused: string;
}

/** What a request is answered with, and what happens after the answer was sent. */
export interface Answered {
  readonly body?: object | Refused;
  readonly after?: () => void;
}

/** Answers one kind of request. */
export type Handler<A = never> = (debuggee: Debuggee, asked: A) => Answered | Promise<Answered>;

export function isRefusal(body: object): body is Refused {
  return "refused" in body;
}
