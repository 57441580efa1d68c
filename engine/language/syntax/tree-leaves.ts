import type { Address, Range } from "../../address/index.js";

/** Where a node lies. */
export interface At {
  readonly start: number;
  readonly end: number;
}

/** A name as declared or used: `gpa`, or `vm0.gpa` with its owner in front. */
export interface Name extends At {
  readonly kind: "name";
  /** The last part alone: `gpa` of `vm0.gpa`; empty where `vm0.` ends the text. */
  readonly text: string;
  /** The part before the dot. */
  readonly qualifier: Name | undefined;
  /** Offset at which the last part begins; equal to `start` in an unqualified name. */
  readonly textStart: number;
}

/** A word with a meaning in its place: `shared`, `hardware`, `page-table`, a page table format. */
export interface Word<Text extends string = string> extends At {
  readonly kind: "word";
  readonly text: Text;
}

export interface NumberLiteral extends At {
  readonly kind: "number";
  /** `undefined` when the number passes 64 bits or is malformed. */
  readonly value: Address | undefined;
  /** As written, with its separators and its size letter. */
  readonly text: string;
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

/** `START + LENGTH` or `FIRST..LAST`. */
export interface RangeNode extends At {
  readonly kind: "range";
  readonly form: "length" | "last";
  readonly first: NumberLiteral;
  /** The length, or the last byte. */
  readonly second: NumberLiteral | undefined;
  /** `undefined` when a part is missing, the length is zero or the end passes 2^64: already reported. */
  readonly value: Range | undefined;
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

export interface Access extends At {
  readonly kind: "access";
  readonly text: "r" | "w" | "rw" | "rx" | "rwx";
  /** Bits of READ, WRITE and EXEC of the simulator. */
  readonly bits: number;
}

/** `pasid N`; the whole node is there as soon as the word `pasid` is. */
export interface PasidArgument extends At {
  readonly kind: "pasid";
  readonly number: NumberLiteral | undefined;
}
