import type { Call } from "../call.js";
import type { Operation } from "../operation.js";
import type { Result } from "../outcome.js";
import type { Refusal } from "../refusal.js";
import type { Space } from "../state.js";

/** An operation of one kind, with its arguments. */
export type OperationOf<K extends Operation["kind"]> = Extract<Operation, { kind: K }>;

/** What a call gave: an errno with its reason, something, or just success. */
export type Answer = Refusal | Result | undefined;

/**
 * A version of the kernel interface. Each implements what is its own and knows nothing of the others; the
 * machine behind them is the same.
 */
export interface FrontDoor {
  /** What every IOASID command asks first: `map`, `unmap`, `free`, `invalidate`, `info`, and table calls. */
  beforeCommand(call: Call, space: Space, command: string): Refusal | undefined;
  /** What an attach without vPASID asks besides the common checks. */
  beforeAttach(call: Call, space: Space, device: number): Refusal | undefined;
  ioasid(call: Call, operation: OperationOf<"ioasid">): Answer;
  bind(call: Call, operation: OperationOf<"bind">): Answer;
  bindTable(call: Call, operation: OperationOf<"bind-table">): Answer;
  unbindTable(call: Call, operation: OperationOf<"unbind-table">): Answer;
  register(call: Call, operation: OperationOf<"register">): Answer;
  unregister(call: Call, operation: OperationOf<"unregister">): Answer;
  infoSpace(call: Call, operation: OperationOf<"info-space">): Answer;
  /** Page responses must name a device. */
  readonly namedResponses: boolean;
}
