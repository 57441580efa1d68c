import type { Facts } from "../rules/rule.js";
import type { TokenList } from "./tokens.js";
import type { Assertion, EndpointNode, Outcome, OutcomeResult } from "./tree-assertions.js";
import type { FileItem, NumberList, OwnerItem, Property } from "./tree-declarations.js";
import type {
  Access,
  At,
  Name,
  PasidArgument,
  PciAddress,
  RangeNode,
  StringLiteral,
  Target,
  Word,
} from "./tree-leaves.js";
import type { Body, DataBlock } from "./tree-steps.js";

/*
 * The syntax tree of a `.ioasid` file. Every node has a `kind`, and UTF-16 offsets (`end` exclusive).
 * A part that is missing or unreadable in the text is `undefined`, and one syntax issue tells about it;
 * nothing that walks the tree has to report it again.
 */

export type * from "./tree-assertions.js";
export type * from "./tree-declarations.js";
export type * from "./tree-leaves.js";
export type * from "./tree-steps.js";

export type Node =
  | FileItem
  | OwnerItem
  | Body
  | DataBlock
  | Property
  | NumberList
  | PasidArgument
  | EndpointNode
  | Assertion
  | Outcome
  | OutcomeResult
  | Access
  | Target
  | RangeNode
  | Name
  | Word
  | StringLiteral
  | PciAddress;

/** One thing that is wrong with the text. */
export interface SyntaxIssue extends At {
  /** S001 to S039: the rule whose file has the words. */
  readonly rule: string;
  /** What the rule's sentences are filled with. */
  readonly facts: Facts;
}

/** A parsed text: whatever could be understood, and what could not. */
export interface SourceFile extends At {
  readonly kind: "file";
  readonly text: string;
  readonly items: readonly FileItem[];
  /** In text order. */
  readonly issues: readonly SyntaxIssue[];
  /** Every UTF-16 unit of the text, blanks and comments included. */
  readonly tokens: TokenList;
}
