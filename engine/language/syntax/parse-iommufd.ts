import { quote } from "./issues.js";
import type { Unfinished } from "./parse-steps.js";
import type { BodyParser } from "./parse-tables.js";
import type { Parts } from "./parts.js";
import { belongsInBody } from "./places.js";
import { Punctuation, TokenKind } from "./tokens.js";
import type { DataBlock, ObjectStep, RangeNode, Word } from "./tree.js";
import { DATA_KINDS, HWPT_FLAGS } from "./words.js";

type Flag = ObjectStep["flags"][number];

/** What only some of the objects have. */
const NOTHING = {
  parent: undefined,
  device: undefined,
  flags: [],
  queue: undefined,
  data: undefined,
  dataBlock: undefined,
  id: undefined,
  incomplete: false,
  body: undefined,
} as const;

export function ioas(p: Parts, body: BodyParser): Unfinished {
  const name = p.newName("the name of the new object");
  return { kind: "object", makes: "ioas", ...NOTHING, name, body: body(`ioas ${quote(name?.text ?? "")}`) };
}

export function faultQueue(p: Parts): Unfinished {
  return { kind: "object", makes: "fault-queue", ...NOTHING, name: p.newName("the name of the new object") };
}

/** `viommu NAME on HWPT for DEV`. */
export function viommu(p: Parts): Unfinished {
  const name = p.newName("the name of the new object");
  p.needWord("on");
  const parent = p.name("an HWPT");
  p.needWord("for");
  const device = p.name("a device");
  return {
    kind: "object",
    makes: "viommu",
    ...NOTHING,
    name,
    parent,
    device,
    incomplete: !parent || !device,
  };
}

export function vdevice(p: Parts): Unfinished {
  const name = p.newName("the name of the new object");
  p.needWord("in");
  const parent = p.name("a vIOMMU");
  p.needWord("for");
  const device = p.name("a device");
  p.needWord("id");
  const id = p.number("the id that the guest knows");
  const incomplete = !parent || !device || !id?.value;
  return { kind: "object", makes: "vdevice", ...NOTHING, name, parent, device, id, incomplete };
}

export function hwpt(p: Parts, body: BodyParser): Unfinished {
  const name = p.newName("the name of the new object");
  p.needWord("on");
  const parent = p.name("an IOAS, an HWPT or a vIOMMU");
  p.needWord("for");
  const device = p.name("a device");
  const flags: Flag[] = [];
  for (let flag = hwptFlag(p); flag; flag = hwptFlag(p)) flags.push(flag);
  const asksQueue = p.acceptWord("fault");
  const queue = asksQueue ? p.name("a fault queue") : undefined;
  for (let flag = hwptFlag(p); flag; flag = hwptFlag(p)) flags.push(flag);
  const asksData = p.acceptWord("data");
  const data = asksData ? p.oneOf(DATA_KINDS, "the type of the data") : undefined;
  const dataBlock = data && readDataBlock(p);
  const incomplete = !parent || !device || (asksQueue && !queue) || (asksData && !data);
  const more = { flags, queue, data, dataBlock, id: undefined, incomplete };
  const lines = body(`hwpt ${quote(name?.text ?? "")}`);
  return { kind: "object", makes: "hwpt", name, parent, device, ...more, body: lines };
}

function hwptFlag(p: Parts): Flag | undefined {
  if (p.word === "pasid" && p.ahead(1).kind !== TokenKind.number) return p.takeWord("pasid");
  if (p.atEnd) p.want({ kind: "word", word: "pasid" });
  return p.optionalWord(HWPT_FLAGS) as Word<"nest-parent" | "dirty-tracking"> | undefined;
}

/** `{ at N }`; a brace with a line of a table in it is the body. */
function readDataBlock(p: Parts): DataBlock | undefined {
  if (p.mark !== Punctuation.openBrace || belongsInBody(p.ahead(1).word)) return undefined;
  const { start } = p;
  p.advance();
  const at = p.acceptWord("at") ? p.number("the address of the table in the parent") : undefined;
  p.need(Punctuation.closeBrace);
  return { kind: "data-block", at, start, end: p.previousEnd };
}

export function replace(p: Parts): Unfinished {
  const device = p.name("a device");
  const pasid = p.optionalPasid();
  p.needArrow();
  return { kind: "replace", device, pasid, space: p.name("an IOAS or an HWPT") };
}

export function copy(p: Parts): Unfinished {
  const space = p.name("an IOAS");
  const range = p.range("a range");
  p.needArrow();
  const destination = p.name("an IOAS");
  p.needWord("at");
  const at = p.number("the IOVA of the copy");
  return { kind: "copy", space, range, destination, at, access: p.optionalAccess() };
}

export function allowIovas(p: Parts): Unfinished {
  const space = p.name("an IOAS");
  p.beginList();
  const ranges: RangeNode[] = [];
  if (p.atEnd) p.want({ kind: "number", role: "a range" });
  while (p.kind === TokenKind.number) {
    ranges.push(p.range("a range")!);
    p.accept(Punctuation.comma);
  }
  return { kind: "allow-iovas", space, ranges };
}
