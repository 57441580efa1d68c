import { type Address, lengthOf, type Range } from "../../address/index.js";
import { EXEC, READ, WRITE } from "../../simulator/index.js";
import type { SourceText } from "./source-text.js";
import type { ACCESS_WORDS } from "./words.js";

/*
 * The leaves of the tree. Those that large files have thousands of are classes: what follows from the rest of a
 * leaf is no field of it, since a tree that is small is a tree that the collector is done with quickly.
 */

/** Where a node lies. */
export interface At {
  readonly start: number;
  readonly end: number;
}

/** Where something is written when that lies elsewhere; each leaf that is moved asks for its own. */
export type SourceMove = (source: SourceText) => SourceText;

/** A name as declared or used: `gpa`, or `vm0.gpa` with its owner in front. */
export class Name implements At {
  /**
   * @param text the last part alone: `gpa` of `vm0.gpa`; empty where `vm0.` ends the text
   * @param qualifier the part before the dot
   */
  constructor(
    readonly text: string,
    readonly qualifier: Name | undefined,
    readonly start: number,
    readonly end: number,
  ) {}

  get kind(): "name" {
    return "name";
  }

  /** Offset at which the last part begins; equal to `start` in an unqualified name. */
  get textStart(): number {
    return this.end - this.text.length;
  }

  /** The same in another place, as each leaf makes it. @param by UTF-16 units */
  moved(by: number): Name {
    return new Name(this.text, this.qualifier?.moved(by), this.start + by, this.end + by);
  }
}

/** A word with a meaning in its place: `shared`, `hardware`, `page-table`, a page table format. */
export interface Word<Text extends string = string> extends At {
  readonly kind: "word";
  readonly text: Text;
}

export class NumberLiteral implements At {
  /**
   * @param source where it is written
   * @param value `undefined` when the number passes 64 bits or is malformed
   */
  constructor(
    private readonly source: SourceText,
    readonly value: Address | undefined,
    readonly start: number,
    readonly end: number,
  ) {}

  get kind(): "number" {
    return "number";
  }

  /** As written, with its separators and its size letter. */
  get text(): string {
    return this.source.slice(this.start, this.end);
  }

  moved(by: number, sourceOf: SourceMove): NumberLiteral {
    return new NumberLiteral(sourceOf(this.source), this.value, this.start + by, this.end + by);
  }
}

export interface StringLiteral extends At {
  readonly kind: "string";
  /** Without the quotes. */
  readonly value: string;
}

/** A PCI address `[domain:]bus:device.function`. */
export interface PciAddress extends At {
  readonly kind: "pci-address";
  readonly text: string;
  /** Requester id: segment << 16 | bus << 8 | device << 3 | function; `undefined` when malformed. */
  readonly rid: number | undefined;
}

/** The numbers of a range that is none: the second is missing, or they make no range. */
interface RangeParts {
  readonly first: NumberLiteral;
  readonly second: NumberLiteral | undefined;
}

/** `START + LENGTH` or `FIRST..LAST`. */
export class RangeNode implements At {
  /**
   * @param source where it is written
   * @param value `undefined` when a part is missing, the length is zero or the end passes 2^64: already reported
   * @param firstEnd where the first number ends, @param secondStart where the second one begins
   * @param end behind the second number, or behind what stands in its place
   * @param parts the numbers themselves, where the range does not tell them
   */
  private constructor(
    private readonly source: SourceText,
    readonly form: "length" | "last",
    readonly value: Range | undefined,
    readonly start: number,
    private readonly firstEnd: number,
    private readonly secondStart: number,
    readonly end: number,
    private readonly parts: RangeParts | undefined,
  ) {}

  /** The range that two numbers make. @param end behind the second number, or behind what stands in its place */
  static of(
    source: SourceText,
    form: RangeNode["form"],
    value: Range | undefined,
    first: NumberLiteral,
    second: NumberLiteral | undefined,
    end: number,
  ): RangeNode {
    const parts = value === undefined ? { first, second } : undefined;
    return new RangeNode(source, form, value, first.start, first.end, second?.start ?? end, end, parts);
  }

  get kind(): "range" {
    return "range";
  }

  get first(): NumberLiteral {
    const { parts, source, start, firstEnd } = this;
    return parts?.first ?? new NumberLiteral(source, this.value?.start, start, firstEnd);
  }

  /** The length, or the last byte. */
  get second(): NumberLiteral | undefined {
    const { parts, source, value, secondStart, end } = this;
    if (parts) return parts.second;
    const number = value && (this.form === "length" ? lengthOf(value) : value.last);
    return new NumberLiteral(source, number, secondStart, end);
  }

  moved(by: number, sourceOf: SourceMove): RangeNode {
    const { form, value, start, firstEnd, secondStart, end, parts } = this;
    const moved = parts && {
      first: parts.first.moved(by, sourceOf),
      second: parts.second?.moved(by, sourceOf),
    };
    const source = sourceOf(this.source);
    return new RangeNode(source, form, value, start + by, firstEnd + by, secondStart + by, end + by, moved);
  }
}

/** `NAME`, `NAME[OFFSET]`, `NAME[OFFSET + LENGTH]` or `NAME[FIRST..LAST]` of a memory. */
export interface Region extends At {
  readonly kind: "region";
  readonly memory: Name;
  readonly index: NumberLiteral | RangeNode | undefined;
  /** `[` was written: with no `index`, the offset is missing rather than left out. */
  readonly bracketed: boolean;
}

export type Target = Region | NumberLiteral;

/** What a mapping permits, as it is written. */
export type AccessWord = (typeof ACCESS_WORDS)[number];

const ACCESS_BITS: Readonly<Record<AccessWord, number>> = {
  r: READ,
  w: WRITE,
  rw: READ | WRITE,
  rx: READ | EXEC,
  rwx: READ | WRITE | EXEC,
};

export class Access implements At {
  constructor(
    readonly text: AccessWord,
    readonly start: number,
    readonly end: number,
  ) {}

  get kind(): "access" {
    return "access";
  }

  moved(by: number): Access {
    return new Access(this.text, this.start + by, this.end + by);
  }

  /** Bits of READ, WRITE and EXEC of the simulator. */
  get bits(): number {
    return ACCESS_BITS[this.text];
  }
}

/** `pasid N`; the whole node is there as soon as the word `pasid` is. */
export interface PasidArgument extends At {
  readonly kind: "pasid";
  readonly number: NumberLiteral | undefined;
}
