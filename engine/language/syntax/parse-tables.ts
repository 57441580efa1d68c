import { quote } from "./issues.js";
import type { Unfinished } from "./parse-steps.js";
import type { Parts } from "./parts.js";
import { TokenKind } from "./tokens.js";
import type { Body, Name, NumberLiteral, Word } from "./tree.js";
import type { NameRole } from "./wanted.js";
import { TABLE_KINDS } from "./words.js";

/** Reads `{ map … pte … entry … }` when the brace is there. */
export type BodyParser = (block: string) => Body | undefined;

function tableWords(p: Parts): { at: NumberLiteral | undefined; format: Word | undefined } {
  const at = p.acceptWord("at") ? p.number("the address of the table in the parent") : undefined;
  const format = p.acceptWord("format") ? p.anyWord("the name of a page table format") : undefined;
  return { at, format };
}

export function ioasid(p: Parts, body: BodyParser): Unfinished {
  const name = p.newName("the name of the new IOASID");
  const nested = p.acceptWord("on");
  const parent = nested ? p.name("the parent IOASID") : undefined;
  const table = p.optionalWord(TABLE_KINDS) ?? misspeltKind(p);
  if (table === undefined && (p.word === "at" || p.word === "format")) {
    p.missing(`\`page-table\` or \`pasid-table\` before \`${p.word}\``);
  }
  const words = tableWords(p);
  return { kind: "ioasid", name, parent, nested, table, ...words, body: body(`ioasid ${shown(name)}`) };
}

function misspeltKind(p: Parts): Word<"page-table" | "pasid-table"> | undefined {
  if (p.kind !== TokenKind.identifier || p.newline || p.word !== "") return undefined;
  return p.oneOf(TABLE_KINDS, "the kind of table");
}

export function bindTable(p: Parts, table: "page-table" | "pasid-table", body: BodyParser): Unfinished {
  const word = table === "page-table" ? "bind-pgtable" : "bind-pasid-table";
  const space = p.name("an IOASID");
  const words = tableWords(p);
  return { kind: "bind-table", table, space, ...words, body: body(`${word} ${shown(space)}`) };
}

function shown(name: Name | undefined): string {
  return quote(name?.text ?? "");
}

/** The space of `map`, `pte` or `entry`, which a body leaves out because its statement names it. */
function subject(p: Parts, inBody: boolean, what: NameRole): Name | undefined {
  if (!inBody) return p.name(what);
  if (p.kind !== TokenKind.identifier) return undefined;
  const name = p.name(what)!;
  p.issues.add("S032", name.start, name.end, { name: quote(name.text), statement: p.statement });
  return name;
}

export function map(p: Parts, inBody: boolean): Unfinished {
  const space = subject(p, inBody, p.iommufd ? "an IOAS" : "an IOASID");
  const range = p.range("a range");
  p.needArrow();
  const target = p.target();
  const access = p.optionalAccess();
  return { kind: "map", space, range, target, access, outcome: undefined, start: 0, end: 0 };
}

export function pte(p: Parts, inBody: boolean): Unfinished {
  const space = subject(p, inBody, p.iommufd ? "an HWPT" : "an IOASID");
  const range = p.range("a range");
  const none = p.optionalWord(["none"] as const);
  if (none === undefined) p.needArrow();
  const target = none ?? p.target();
  const access = none ? undefined : p.optionalAccess();
  return { kind: "pte", space, range, target, access, outcome: undefined, start: 0, end: 0 };
}

export function entry(p: Parts, inBody: boolean): Unfinished {
  const table = subject(p, inBody, "a PASID table");
  const pasid = p.number("a PASID");
  const none = p.optionalWord(["none"] as const);
  if (none !== undefined) return { kind: "entry", table, pasid, space: none };
  p.needArrow();
  return { kind: "entry", table, pasid, space: p.name(p.iommufd ? "an HWPT" : "an IOASID") };
}
