import { type Address, fromBigInt, ZERO } from "../../engine/address/index.js";
import { BUFFER } from "./user-memory.js";
import type { Variables } from "./variables.js";

/** Letters of map flags, as bits of the kernel's header; X is one that it does not know. */
const MAP_FLAGS: Readonly<Record<string, number>> = { f: 1, w: 2, r: 4, X: 0x8000_0000 };

const MAX_U64 = 2n ** 64n - 1n;

/** The arguments of one operation, read as the fields of its structure. */
export class Arguments {
  constructor(
    private readonly args: readonly string[],
    private readonly variables: Variables,
  ) {}

  get count(): number {
    return this.args.length;
  }

  text(at: number): string {
    return this.args[at] ?? "";
  }

  /** The name of a variable, without its dollar sign. */
  variable(at: number): string {
    return this.text(at).replace(/^\$/, "");
  }

  has(at: number): boolean {
    return this.args[at] !== undefined && this.args[at] !== "-";
  }

  /** A field of 64 bits. */
  u64(at: number, fallback = 0n): bigint {
    return this.has(at) ? saturated(this.#value(this.text(at))) : fallback;
  }

  /** A field of 32 bits, into which a longer value is cut. */
  u32(at: number, fallback = 0): number {
    return this.has(at) ? Number(BigInt.asUintN(32, saturated(this.#value(this.text(at))))) : fallback;
  }

  address(at: number): Address {
    return fromBigInt(this.u64(at)) ?? ZERO;
  }

  mapFlags(at: number): number {
    let flags = 0;
    for (const letter of this.text(at)) flags = (flags | (MAP_FLAGS[letter] ?? 0)) >>> 0;
    return flags;
  }

  #value(text: string): bigint {
    if (text.startsWith("$")) return this.variables.value(text.slice(1));
    return text.startsWith("@") ? BigInt(BUFFER) + BigInt(text.slice(1)) : BigInt(text);
  }
}

/** A number past 64 bits is read as the largest one, as strtoull(3) does. */
function saturated(value: bigint): bigint {
  return value > MAX_U64 ? MAX_U64 : value;
}
