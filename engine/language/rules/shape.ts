import type { Origin, Platform } from "../../simulator/index.js";
import type { Facts, Rule } from "./rule.js";

/** A function that a physical function provides; both are indices of devices. */
export interface VirtualFunction {
  readonly device: number;
  readonly physical: number;
}

/** The declared hardware, with what the machine does not need to know of it. */
export interface Shape {
  readonly platform: Platform;
  readonly virtualFunctions: readonly VirtualFunction[];
}

/** One place where declared hardware does not fit together. */
export interface ShapeCase<A = Facts> {
  readonly facts: A;
  /** Of the declaration that has to change. */
  readonly origin: Origin;
  readonly related: readonly { readonly origin: Origin; readonly message: string }[];
}

/** A rule about declarations alone, which no call is needed to see. */
export interface ShapeRule<A = Facts> extends Rule<A> {
  /** Every case in the declared hardware, in the order of the declarations. */
  check(shape: Shape): Iterable<ShapeCase<A>>;
}
