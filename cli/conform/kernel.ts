import { boot, Call, iommufd, type Machine, type Refusal } from "../../engine/simulator/index.js";
import type { Sequence } from "./corpus.js";
import { mockPlatform } from "./mock-platform.js";
import { UserMemory } from "./user-memory.js";
import { Variables } from "./variables.js";

/** The process that the sequences were recorded in: the one owner of the platform. */
export const PROCESS = 0;

/** What an operation answers: the name of an errno and its outputs. */
export interface Reply {
  readonly errno: string;
  readonly out?: string;
}

export const DONE: Reply = { errno: "0" };

/** The machine of one sequence, with what the test driver keeps beside it. */
export class Kernel {
  readonly machine: Machine;
  readonly variables = new Variables();
  readonly memory = new UserMemory();
  /** Mock devices that were made, so the index of the next one in the platform. */
  mockDevices = 0;
  /** Mock device to the bound device behind it. */
  readonly bound = new Map<number, number>();
  #number = 0;
  #filled = false;

  constructor(sequence: Sequence) {
    this.machine = boot(mockPlatform(sequence));
  }

  /** A number for a new object. */
  draw(): number {
    this.#number += 1;
    return this.#number;
  }

  /** Keeps the context from being empty once an object is gone; one object does for all freed ids. */
  fillIds(): void {
    if (this.#filled) return;
    this.#filled = true;
    iommufd.createIoas(this.call(), PROCESS, this.draw(), "a filled id");
  }

  call(): Call {
    return new Call(this.machine, 0, undefined);
  }
}

/** The reply of a refusal, or of success. */
export function replyOf(refusal: Refusal | undefined, out?: string): Reply {
  if (refusal) return { errno: refusal.errno };
  return out === undefined ? DONE : { errno: "0", out };
}
