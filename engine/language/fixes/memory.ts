import {
  add,
  compare,
  covers,
  formatSize,
  intersection,
  lengthOf,
  overlaps,
  type Range,
  rangeOfLength,
  subtract,
  toHex,
  without,
} from "../../address/index.js";
import type { Memory } from "../../simulator/index.js";
import type { RegisterStep, Target } from "../syntax/index.js";
import { choice, type Fix } from "./fix.js";
import { ownerOf } from "./pasids.js";
import type { PlacedAs, Site } from "./site.js";
import type { Placed } from "./statements.js";

/** A part of one memory, by its virtual addresses. */
interface Part {
  readonly memory: Memory;
  readonly range: Range;
}

/** A registration in the text, and what it registers. */
interface Registered {
  readonly step: PlacedAs<"register" | "unregister">;
  readonly part: Part;
}

/**
 * Registrations for the target of a mapping: an existing one that then reaches far enough, one more for what
 * is missing, or the whole memory where nothing of it is registered.
 */
export function registerTarget(site: Site): Fix[] {
  const call = site.statement("map");
  const target = call && targetOf(site, call);
  if (!target) return [];
  const known = site.related("register", "unregister").flatMap((step) => {
    const part = step.node.region && regionOf(site, step, step.node.region);
    return part ? [{ step, part }] : [];
  });
  const missing = known
    .reduce((left, { part }) => left.flatMap((range) => without(range, part.range)), [target])
    .flatMap((range) => partsOf(site, call, range));
  if (missing.length === 0) return [];
  return [...widened(site, known, missing), ...added(site, call, known, missing)];
}

/** A registration that is there, written so long that it takes in the one part that is missing. */
function widened(site: Site, known: readonly Registered[], missing: readonly Part[]): Fix[] {
  const [part, ...others] = missing;
  if (!part || others.length > 0) return [];
  return known.flatMap(({ step, part: { memory, range } }) => {
    const union = memory === part.memory && joined(range, part.range);
    const { region } = step.node;
    if (!union || !region) return [];
    const words = regionText(site, step, { memory, range: union });
    const title = `Register \`${words}\` instead of \`${site.text({ ...region, file: step.file })}\``;
    return [choice(title, site.replace(step.file, region, words))];
  });
}

/** A registration for each part that is missing; of the whole memory, where nothing of it is registered. */
function added(
  site: Site,
  call: PlacedAs<"map">,
  known: readonly Registered[],
  missing: readonly Part[],
): Fix[] {
  const anchor = around(site, call);
  const exact = missing.map((part) => `register ${regionText(site, call, part)}`);
  const whole = new Set(missing.map(({ memory }) => `register ${nameOf(site, call, memory)}`));
  const isNew = missing.every(({ memory }) => known.every(({ part }) => part.memory !== memory));
  const fixes = [writeBefore(site, anchor, exact)];
  if (isNew && exact.some((each) => !whole.has(each))) fixes.push(writeBefore(site, anchor, [...whole]));
  return fixes;
}

/** The mappings in the way taken away before the call of the finding. */
export function unmapFirst(site: Site): Fix[] {
  const call = site.statement("unregister", "register", "attach");
  if (!call) return [];
  return site.related("map").flatMap((map) => {
    const { range, space } = map.node;
    const holder = around(site, map);
    const named =
      space ??
      ("name" in holder.node ? holder.node.name : "space" in holder.node ? holder.node.space : undefined);
    if (!range || named?.kind !== "name") return [];
    const owner = call.block?.kind === "scenario" ? ownerOf(site, holder)?.name : undefined;
    const name = owner === undefined ? named.text : `${owner}.${named.text}`;
    return [writeBefore(site, call, [`unmap ${name} ${site.text({ ...range, file: map.file })}`])];
  });
}

/**
 * A target in a memory of the caller: the number taken as an offset of one, which a guest-physical address
 * often is; or as much of the memory as there is.
 */
export function targetInMemory(site: Site): Fix[] {
  const call = site.statement("map");
  const { range, target } = call?.node ?? {};
  const length = range?.value && lengthOf(range.value);
  if (!call || !range?.value || !target || !length) return [];
  const owner = ownerOf(site, call);
  if (target.kind === "number") {
    return site.platform.memories.flatMap((memory) => {
      const start = target.value && add(memory.virtual.start, target.value);
      const meant = start && rangeOfLength(start, length);
      if (site.platform.owners[memory.owner] !== owner || !meant || !covers(memory.virtual, meant)) return [];
      const words = `${nameOf(site, call, memory)}[${target.text}]`;
      return [
        choice(`Write \`${words}\`, if that is the offset meant`, site.replace(call.file, target, words)),
      ];
    });
  }
  const part = regionOf(site, call, target);
  const rest = part && lengthOf({ start: part.range.start, last: part.memory.virtual.last });
  if (!rest || compare(rest, length) >= 0) return [];
  const words = `${range.first.text} + ${formatSize(rest)}`;
  return [
    choice(
      `Map \`${words}\`, which is all that ${part.memory.name} has`,
      site.replace(call.file, range, words),
    ),
  ];
}

/** `backed-by N` taken away, so that the engine gives the memory a place of its own. */
export function freeBacking(site: Site): Fix[] {
  const memory = site.node("memory");
  const { file } = site.span;
  if (!memory?.backedBy) return [];
  const start = site.source(file).lastIndexOf("backed-by", memory.backedBy.start);
  return [choice("Leave `backed-by` out", site.removePart(file, { start, end: memory.backedBy.end }))];
}

/** A virtual address in the place of an offset, as the offset that it has in the memory. */
export function offsetInstead(site: Site): Fix[] {
  const region = site.node("region");
  const { file } = site.span;
  const number = region?.index?.kind === "range" ? region.index.first : region?.index;
  const { value } = number ?? {};
  if (!region || !number || !value) return [];
  const { text, qualifier } = region.memory;
  return site.platform.memories.flatMap((memory) => {
    const isNamed = memory.name === text && (!qualifier || qualifier.text === ownerName(site, memory));
    if (!isNamed || compare(value, memory.virtual.start) < 0 || compare(value, memory.virtual.last) > 0)
      return [];
    const offset = toHex(subtract(value, memory.virtual.start));
    const title = `Write offset \`${offset}\`, which has the virtual address ${number.text}`;
    return [choice(title, site.replace(file, number, offset))];
  });
}

function writeBefore(site: Site, anchor: Placed, statements: readonly string[]): Fix {
  const edits = statements.map((each) => site.before(anchor, each));
  const edit = { ...edits[0]!, text: edits.map(({ text }) => text).join("") };
  return choice(`Write \`${statements.join("` and `")}\` before \`${site.name(anchor)}\``, edit);
}

/** The statement that the lines of a body belong to, or the line itself. */
function around(site: Site, call: Placed): Placed {
  if (!call.inBody) return call;
  const holders = site.all("ioasid", "bind-table");
  return (
    holders.findLast(
      ({ file, node }) => file === call.file && node.start < call.node.start && call.node.end <= node.end,
    ) ?? call
  );
}

/** Virtual addresses that a mapping leads to. */
function targetOf(site: Site, call: PlacedAs<"map">): Range | undefined {
  const { range, target } = call.node;
  const start = target && range?.value && startOf(site, call, target);
  return start && { start, last: add(start, subtract(range!.value!.last, range!.value!.start)) ?? start };
}

function startOf(site: Site, call: PlacedAs<"map">, target: Target) {
  return target.kind === "number" ? target.value : regionOf(site, call, target)?.range.start;
}

/** A region as it is written, to the end of its memory where no length is. */
function regionOf(site: Site, placed: Placed, region: NonNullable<RegisterStep["region"]>): Part | undefined {
  const { text, qualifier } = region.memory;
  const owner = qualifier?.text ?? ownerOf(site, placed)?.name;
  const memory = site.platform.memories.find(
    (each) => each.name === text && (owner === undefined || ownerName(site, each) === owner),
  );
  if (!memory) return undefined;
  const { index } = region;
  if (!index) return { memory, range: memory.virtual };
  const first = index.kind === "range" ? index.value?.start : index.value;
  const start = first && add(memory.virtual.start, first);
  const length = index.kind === "range" ? index.value && lengthOf(index.value) : undefined;
  if (!start) return undefined;
  const range = length ? rangeOfLength(start, length) : { start, last: memory.virtual.last };
  return range && { memory, range };
}

function ownerName({ platform }: Site, memory: Memory): string | undefined {
  return platform.owners[memory.owner]?.name;
}

/** The memories behind some virtual addresses of the caller. */
function partsOf(site: Site, call: Placed, range: Range): Part[] {
  const owner = ownerOf(site, call);
  return site.platform.memories.flatMap((memory) => {
    if (site.platform.owners[memory.owner] !== owner) return [];
    const part = intersection(memory.virtual, range);
    return part ? [{ memory, range: part }] : [];
  });
}

/** Two ranges as one, where they meet. */
function joined(a: Range, b: Range): Range | undefined {
  const [low, high] = a.start.page < b.start.page ? [a, b] : [b, a];
  const behind = add(low.last, { page: 0, offset: 1 });
  const meets = overlaps(low, high) || (behind && toHex(behind) === toHex(high.start));
  return meets ? { start: low.start, last: high.last } : undefined;
}

function regionText(site: Site, placed: Placed, { memory, range }: Part): string {
  const name = nameOf(site, placed, memory);
  const length = lengthOf(range);
  if (!length || covers(range, memory.virtual)) return name;
  return `${name}[${toHex(subtract(range.start, memory.virtual.start))} + ${formatSize(length)}]`;
}

/** A memory as a statement there names it. */
function nameOf(site: Site, { block }: Placed, memory: Memory): string {
  return block?.kind === "scenario" ? `${ownerName(site, memory)}.${memory.name}` : memory.name;
}
