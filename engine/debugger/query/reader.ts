import {
  type Address,
  add,
  equal,
  parseDecimal,
  parseHex,
  previous,
  type Range,
  subtract,
  toBytes,
  ZERO,
} from "../../address/index.js";
import type { Machine, Platform } from "../../simulator/index.js";
import { type QueryToken, queryTokens } from "./tokens.js";

const SIZES = "KMGTP";

/**
 * Reads the parts of a query one after the other, and knows the names of a machine. A part that is missing or
 * unknown is `undefined`, and the first problem of the query tells why.
 */
export class QueryReader {
  private readonly tokens: readonly QueryToken[];
  private at = 0;
  private first: string | undefined;

  constructor(
    text: string,
    readonly machine: Machine,
  ) {
    this.tokens = queryTokens(text);
  }

  get platform(): Platform {
    return this.machine.platform;
  }

  /** A sentence that says why the query has no answer; `undefined` while it may have one. */
  get problem(): string | undefined {
    return this.first;
  }

  get isAtEnd(): boolean {
    return this.at >= this.tokens.length;
  }

  peek(): QueryToken | undefined {
    return this.tokens[this.at];
  }

  /** Takes a mark or a word when it is next. */
  take<T extends string>(...texts: readonly T[]): T | undefined {
    const next = this.peek();
    const found = next && next.kind !== "text" ? texts.find((text) => text === next.text) : undefined;
    if (found !== undefined) this.at += 1;
    return found;
  }

  expect(text: string): void {
    if (this.take(text) === undefined) this.fail(`"${text}" is missing ${this.whereText()}.`);
  }

  word(what: string): string | undefined {
    const next = this.peek();
    if (next?.kind !== "word") return this.fail(`${what} is missing ${this.whereText()}.`);
    this.at += 1;
    return next.text;
  }

  string(): string | undefined {
    const next = this.peek();
    if (next?.kind !== "text") return undefined;
    this.at += 1;
    return next.text;
  }

  /** A number of up to 64 bits. */
  address(what: string): Address | undefined {
    const next = this.peek();
    if (next?.kind !== "number") return this.fail(`${what} is missing ${this.whereText()}.`);
    this.at += 1;
    const value = numberOf(next.text);
    return value ?? this.fail(`"${next.text}" has more than 64 bits.`);
  }

  /** A number that is small enough to count with. */
  count(what: string): number | undefined {
    const value = this.address(what);
    if (value && value.page >= 2 ** 20) return this.fail(`${what} is below 2^32.`);
    return value && toBytes(value);
  }

  isNumberNext(): boolean {
    return this.peek()?.kind === "number";
  }

  device(): number | undefined {
    const name = this.word("The name of a device");
    if (name === undefined) return undefined;
    const found = this.platform.devices.findIndex((device) => device.name === name);
    return found >= 0 ? found : this.fail(`There is no device "${name}".`);
  }

  owner(): number | undefined {
    const name = this.word("The name of a guest or native owner");
    if (name === undefined) return undefined;
    const found = this.platform.owners.findIndex((owner) => owner.name === name);
    return found >= 0 ? found : this.fail(`There is no owner "${name}".`);
  }

  /** `ram[0x1000 + 4K]`, `ram[0x1000]`, `ram` or an address: host-physical bytes; one byte without a length. */
  region(): Range | undefined {
    if (this.isNumberNext()) return this.length(this.address("An address"), undefined);
    const name = this.word("A memory or an address");
    const index = name === undefined ? undefined : this.memory(name);
    if (index === undefined) return undefined;
    const memory = this.platform.memories[index]!;
    if (this.take("[") === undefined) {
      const last = this.sum(memory.physical, subtract(memory.virtual.last, memory.virtual.start));
      return last && { start: memory.physical, last };
    }
    const range = this.length(this.sum(memory.physical, this.address("An offset")), memory.physical);
    this.expect("]");
    return range;
  }

  /** `0x1000`, `0x1000 + 4K` or `0x1000..0x1fff`: addresses of a space. */
  range(): Range | undefined {
    return this.length(this.address("An address or a range"), undefined);
  }

  /** Index of a memory by its name, with its owner in front or without where it is the only one. */
  memory(name: string): number | undefined {
    const { memories } = this.platform;
    const fitting = memories.flatMap((memory, index) =>
      this.isNamed(memory.name, memory.owner, name) ? [index] : [],
    );
    const [found, ...others] = fitting;
    if (found === undefined) return this.fail(`There is no memory "${name}".`);
    if (others.length === 0) return found;
    return this.ambiguous(
      name,
      fitting.map((index) => memories[index]!),
    );
  }

  process(name: string): number | undefined {
    const { processes } = this.platform;
    const fitting = processes.flatMap((process, index) =>
      this.isNamed(process.name, process.owner, name) ? [index] : [],
    );
    return fitting.length === 1 ? fitting[0] : undefined;
  }

  /** The same, where a query needs one. */
  neededSpace(): number | undefined {
    const name = this.word("The name of a space");
    if (name === undefined) return undefined;
    const [found, ...others] = this.spacesNamed(name);
    if (found === undefined) return this.fail(`There is no space "${name}" at this moment.`);
    if (others.length === 0) return found.number;
    return this.ambiguous(name, [found, ...others]);
  }

  /** Number of the space of a name that is there at the moment; `undefined` for none, and for several. */
  space(name: string): number | undefined {
    const [found, ...others] = this.spacesNamed(name);
    return others.length === 0 ? found?.number : undefined;
  }

  private spacesNamed(name: string) {
    return [...this.machine.spaces.entries()].flatMap(([, space]) =>
      this.isNamed(space.name, space.owner, name) ? [space] : [],
    );
  }

  /** Notes why the query has no answer; only the first reason counts. */
  fail(problem: string): undefined {
    this.first ??= problem;
    return undefined;
  }

  /** `after "wq0"`, for a message about what is missing. */
  whereText(): string {
    const next = this.peek();
    if (next) return `before "${next.text}"`;
    const last = this.tokens.at(-1);
    return last ? `after "${last.text}"` : "in an empty query";
  }

  /** The second half of a range, when there is one: `+ 4K` or `..0x1fff`. */
  private length(start: Address | undefined, base: Address | undefined): Range | undefined {
    if (this.take("+") !== undefined) {
      const length = this.address("A length");
      if (!start || !length) return undefined;
      if (equal(length, ZERO)) return this.fail("A length is at least one byte.");
      const last = this.sum(start, previous(length));
      return last && { start, last };
    }
    if (this.take("..") !== undefined) {
      const end = this.address("The last address");
      const last = base ? this.sum(base, end) : end;
      return start && last && { start, last };
    }
    return start && { start, last: start };
  }

  private sum(a: Address, b: Address | undefined): Address | undefined {
    return b && (add(a, b) ?? this.fail("The range ends beyond 2^64."));
  }

  private isNamed(own: string, owner: number, name: string): boolean {
    return name === own || name === `${this.platform.owners[owner]!.name}.${own}`;
  }

  private ambiguous(
    name: string,
    all: readonly { readonly name: string; readonly owner: number }[],
  ): undefined {
    const names = all.map((each) => `${this.platform.owners[each.owner]!.name}.${each.name}`);
    return this.fail(`"${name}" can be ${names.join(" or ")}; write which.`);
  }
}

/** A number as the language writes it: decimal or hexadecimal, with `_`, and with a size letter. */
function numberOf(text: string): Address | undefined {
  const plain = text.replaceAll("_", "");
  if (/^0x/i.test(plain)) return parseHex(plain);
  const power = SIZES.indexOf(plain.slice(-1).toUpperCase()) + 1;
  if (power === 0) return parseDecimal(plain);
  let value: Address | undefined = parseDecimal(plain.slice(0, -1));
  for (let round = 0; round < power * 10 && value; round += 1) value = add(value, value);
  return value;
}
