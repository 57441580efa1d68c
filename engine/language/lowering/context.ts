import type { Address } from "../../address/index.js";
import type { Origin } from "../../simulator/index.js";
import type { DefinitionKind, Entry } from "../names/definition.js";
import type { Names } from "../names/names.js";
import type { Reporter } from "../names/reporter.js";
import type { Span } from "../program.js";
import type { At, Name, NumberLiteral, Property, PropertyWord } from "../syntax/index.js";

/** What every part of a compilation works with. */
export class Context {
  /** Spans by origin. */
  readonly origins: Span[] = [];

  constructor(
    readonly reporter: Reporter,
    readonly names: Names,
  ) {}

  /** A new origin for a statement, or for the part of it from its first word to `end`. */
  origin(file: string, { start }: At, end: number): Origin {
    return this.origins.push({ file, start, end }) - 1;
  }

  /** Makes a name of a declaration known; `undefined` when there is none, or when it is taken. */
  declare(
    file: string,
    node: At & { readonly name: Name | undefined; readonly documentation: string | undefined },
    kind: DefinitionKind,
    owner?: Entry,
  ): Entry | undefined {
    const { name, documentation } = node;
    if (!name || name.text === "") return undefined;
    const span = { file, start: name.textStart, end: name.end };
    const statement = { file, start: node.start, end: node.end };
    return this.names.declare({ name: name.text, kind, owner, span, statement, documentation });
  }

  /**
   * A number of a declaration that has to lie in a range.
   * @returns `undefined` when it is missing, malformed or outside, which is reported by someone
   */
  small(
    file: string,
    literal: NumberLiteral | undefined,
    word: string,
    low: number,
    high: number,
  ): number | undefined {
    if (!literal?.value) return undefined;
    const value = numberOf(literal.value);
    if (value >= low && value <= high) return value;
    const { start, end, text } = literal;
    this.reporter.report("S056", { word, value: text, low, high }, { file, start, end });
    return undefined;
  }
}

/** The number that an address holds; exact for everything that a PASID or a width can be. */
export function numberOf({ page, offset }: Address): number {
  return page * 4096 + offset;
}

type ValueOf<W extends PropertyWord, P = Property> = P extends {
  readonly name: infer N;
  readonly value: infer V;
}
  ? W extends N
    ? V
    : never
  : never;

/** The value of the first property of a name: a second one is reported by the parser and does not count. */
export function propertyOf<W extends PropertyWord>(
  properties: readonly Property[],
  word: W,
): ValueOf<W> | undefined {
  for (const property of properties)
    if (property.name === word) return property.value as ValueOf<W> | undefined;
  return undefined;
}

/** Whether a flag is written. */
export function has(properties: readonly Property[], word: PropertyWord): boolean {
  return properties.some(({ name }) => name === word);
}
