import { ALLOWABLE_RULES, syntax } from "../../language/index.js";
import { pciItems, pendingAddresses, requestAddresses } from "./addresses.js";
import { assertedValues } from "./assertions.js";
import { blockItems } from "./blocks.js";
import { commentItems, ruleItem } from "./comments.js";
import { importItems } from "./imports.js";
import { type Completion, type CompletionList, inOrder, Rank, type Ranked, stop, tab } from "./item.js";
import { hasMoreNames, nameItems, newSpaceItems } from "./names.js";
import { exitItems, faultItems, outcomeItems, wireItems } from "./outcomes.js";
import { pasidItems, physicalItems } from "./pasids.js";
import { formatItems, pageSizes, propertyItems, valueItems } from "./properties.js";
import { backingItems, lengthItems, memoryRanges, offsetItems, rangeItems } from "./ranges.js";
import { type CompletionRequest, Site } from "./site.js";
import { Spot } from "./spot.js";
import { statementItems } from "./statements.js";
import { markItems, wordItems } from "./words.js";

/**
 * What may stand at a place of a file, the most probable first: that and no more which the parser would take
 * there, with the names and numbers that fit as the machine stands right before the statement. Nothing is
 * offered in strings but those of imports, and nothing in comments but switches.
 */
export function completionsAt(request: CompletionRequest): CompletionList {
  const site = new Site(request);
  const { beginning, word } = site;
  const trivia = lastToken(beginning.tree.tokens);
  if (trivia?.kind === "comment") {
    const start = site.absolute(trivia.start);
    const { view, file, text, offset } = request;
    return commentItems({ view, file, before: text.slice(start, offset), start });
  }
  if (trivia?.kind === "string") return inString(request, site, site.absolute(trivia.start));
  const wanted = beginning.wanted.filter((each) => goesOn(site, each));
  const spots = wanted.map((each) => new Spot(site, each));
  const ranked = spots.flatMap((spot) => itemsFor(spot).map((item) => placed(spot, item)));
  const isIncomplete = spots.some((spot) => isOpenEnded(spot));
  const items = inOrder(ranked).map((item) => inserted(site, item));
  const mustFollow = wanted.length > 0 && !wanted.some(({ kind }) => BEGINNINGS.has(kind));
  return { replace: { start: word.start, end: word.end }, items, isIncomplete, mustFollow };
}

/** Where one of them may begin, nothing else has to follow. */
const BEGINNINGS: ReadonlySet<syntax.Wanted["kind"]> = new Set(["statement", "property", "member"]);

function itemsFor(spot: Spot): Ranked[] {
  const { wanted } = spot;
  switch (wanted.kind) {
    case "statement":
      return [...statementItems(spot, wanted.place), ...blockItems(spot, wanted.place)];
    case "property":
      return propertyItems(spot, wanted.of);
    case "value":
      return valueItems(spot, wanted.property);
    case "word":
      return wordItems(spot, wanted.word);
    case "mark":
      return markItems(spot, wanted.mark);
    case "name":
      return nameItems(spot, wanted.role, wanted.qualifier);
    case "new-name":
      return wanted.role === "the name of the new IOASID" ? newSpaceItems(spot) : [];
    case "number":
      return numberItems(spot, wanted.role);
    case "any-word":
      return wanted.role === "the name of a page table format" ? formatItems() : allowedRules();
    case "string":
      return [stringItem(spot)];
    case "pci-address":
      return pciItems(spot);
    case "member":
      return nameItems(spot, "a device", undefined).filter((item) => !isMember(spot, item));
    case "outcome":
      return outcomeItems(spot);
    case "fault":
      return faultItems(spot);
    case "exit-reason":
      return exitItems(spot);
  }
}

function numberItems(spot: Spot, role: syntax.NumberRole): Ranked[] {
  switch (role) {
    case "a PASID":
    case "a PASID, or `any`":
    case "a PASID, or `none`":
      return pasidItems(spot);
    case "the physical PASID":
      return physicalItems(spot);
    case "a physical PASID, or `none`":
      return assertedValues(spot);
    case "the PASID on the wire, or `none`":
      return wireItems(spot);
    case "a range":
      return rangeItems(spot);
    case "the length of the range":
      return lengthItems(spot);
    case "an address":
    case "an address or a range":
      return requestAddresses(spot);
    case "the address of the page request":
      return pendingAddresses(spot);
    case "an offset or a range":
      return offsetItems(spot);
    case "the virtual addresses of the memory":
      return memoryRanges(spot);
    case "a host-physical address":
      return backingItems(spot);
    case "a size":
      return pageSizes();
    case "a number":
    case "the id that the guest knows":
    case "the IOVA of the copy":
    case "the last address of the range":
    case "the address of the table in the parent":
      return [];
  }
}

/** The rules that `allow` can turn into information. */
function allowedRules(): Ranked[] {
  return ALLOWABLE_RULES.map((id) => ruleItem(id, Rank.fits));
}

/** Functions alone are grouped, and each once. */
function isMember({ statement, platform }: Spot, { label }: Completion): boolean {
  const isHere = statement?.kind === "group" && statement.members.some(({ text }) => text === label);
  return isHere || platform.devices.some(({ name, kind }) => name === label && kind === "mdev");
}

function stringItem({ statement }: Spot): Ranked {
  const isImport = statement?.kind === "import";
  const snippet = isImport ? `"${tab(0)}"` : `"${stop(1, "what it shows")}"`;
  return { label: '"…"', kind: "mark", insert: '"', snippet, filter: '"', goesOn: isImport, rank: Rank.fits };
}

function inString(request: CompletionRequest, site: Site, start: number): CompletionList {
  const { text, offset } = request;
  const wanted = site.wantedAt(start).find(({ kind }) => kind === "string");
  const statement = wanted && new Spot(site, wanted).statement;
  const none = { replace: { start: offset, end: offset }, items: [], isIncomplete: false, mustFollow: false };
  if (statement?.kind !== "import") return none;
  const [rest = ""] = text.slice(offset, offset + 1024).split(/[\r\n]/, 1);
  return importItems({ typed: text.slice(start + 1, offset), rest, offset, paths: site.paths });
}

/** The comment or the string that the text ends in, when it ends in one. */
function lastToken(
  tokens: syntax.TokenList,
): { readonly kind: "comment" | "string"; readonly start: number } | undefined {
  const kind = syntax.endsInside(tokens);
  return kind && { kind, start: tokens.start(tokens.length - 1) };
}

/**
 * Whether the statement would go on here: on a line of its own, what may be left out is looked for only when
 * the line stands deeper than the statement does.
 */
function goesOn(site: Site, wanted: syntax.Wanted): boolean {
  if (wanted.kind === "statement" || wanted.kind === "property" || wanted.kind === "member") return true;
  return !site.isOnNewLine || site.indentation > site.indentationOf(wanted);
}

/** Behind a statement that is complete, another one is less probable than the rest of this one. */
function placed({ site, wanted }: Spot, item: Ranked): Ranked {
  if (wanted.kind !== "statement" || site.isOnNewLine || site.beginning.wanted.length === 1) return item;
  return { ...item, rank: item.rank + Rank.next };
}

/** Whether other texts are offered when more is typed: numbers are looked for, and of many names some. */
function isOpenEnded(spot: Spot): boolean {
  const { wanted } = spot;
  if (wanted.kind === "number") return true;
  return wanted.kind === "name" && wanted.qualifier === undefined && hasMoreNames(spot, wanted.role);
}

/** The text as it fits between what stands before and behind it. */
function inserted({ text, word }: Site, item: Completion): Completion {
  const after = text.slice(word.end, word.end + 1);
  const before = text.slice(Math.max(0, word.start - 1), word.start);
  const gap = /[>=+{}\],"]/.test(before) && !/^[\]}]/.test(item.insert) ? " " : "";
  const line = text.slice(word.end).match(/^[^\r\n]*/)?.[0] ?? "";
  // Where more stands behind, the rest of the statement is there already.
  const isAlone = /^\s*(?:\}|\/\/|\/\*|$)/.test(line);
  const insert = gap + (/^[ \t]/.test(after) ? item.insert.replace(/ $/, "") : item.insert);
  const { snippet, ...plain } = item;
  if (snippet === undefined || !isAlone) return { ...plain, insert };
  return { ...plain, insert, snippet: gap + snippet };
}
