import {
  type Address,
  add,
  formatRange,
  formatSize,
  lengthOf,
  type Range,
  rangeOfLength,
  subtract,
  toHex,
  without,
  ZERO,
} from "../../address/index.js";
import type { RangeNode, Target } from "../syntax/index.js";
import { removeCall } from "./common.js";
import { choice, type Edit, type Fix } from "./fix.js";
import type { PlacedAs, Site } from "./site.js";

/** `START + LENGTH` in the other form, where the second number was meant as the last byte, or the reverse. */
export function otherForm({ form, first, second }: RangeNode): string | undefined {
  if (!first.value || !second?.value) return undefined;
  return form === "length" ? `${first.text}..${second.text}` : `${first.text} + ${second.text}`;
}

/** Whether the two numbers of a range make one in a form, which may be the other one. */
export function isRange({ first, second }: RangeNode, form: RangeNode["form"]): boolean {
  if (!first.value || !second?.value) return false;
  if (form === "length") return rangeOfLength(first.value, second.value) !== undefined;
  return (
    first.value.page < second.value.page ||
    (first.value.page === second.value.page && first.value.offset <= second.value.offset)
  );
}

/** Whole pages: the start rounded down and the length up; an end that was meant exclusive loses its byte. */
export function wholePages({ form, value }: RangeNode): string | undefined {
  if (!value) return undefined;
  const start: Address = { page: value.start.page, offset: 0 };
  if (
    form === "last" &&
    value.start.offset === 0 &&
    value.last.offset === 0 &&
    value.last.page > start.page
  ) {
    return formatRange({ start, last: { page: value.last.page - 1, offset: 4095 } });
  }
  const length = lengthOf(value);
  const pages = length && length.page + (length.offset > 0 ? 1 : 0);
  const range = pages && rangeOfLength(start, { page: pages, offset: 0 });
  return range ? formatRange(range) : undefined;
}

/** The mapping written as the parts of its range that lie outside a hole, each with its part of the target. */
export function mapAround(site: Site, { file, node }: PlacedAs<"map">, hole: Range): Fix[] {
  const { space, range, target, access } = node;
  if (!range?.value || !target) return [];
  const parts = without(range.value, hole).flatMap((part) => {
    const to = targetOf(target, subtract(part.start, range.value!.start), part);
    const name = space ? `${site.text({ file, ...at(space) })} ` : "";
    return to === undefined
      ? []
      : [`map ${name}${formatRange(part)} -> ${to}${access ? ` ${access.text}` : ""}`];
  });
  if (parts.length === 0) return removeCall(site, `all of which lies in ${formatRange(hole)}`, false);
  const source = site.source(file);
  const line = source.slice(source.lastIndexOf("\n", node.start - 1) + 1, node.start);
  const separator = line.trim() === "" ? `\n${line}` : "  ";
  const end = node.outcome ? node.outcome.start : node.end;
  const edit: Edit = site.replace(
    file,
    { start: node.start, end },
    parts.join(separator) + (node.outcome ? " " : ""),
  );
  return [choice(`Map around ${formatRange(hole)}`, edit)];
}

/** The part of a target that begins `delta` bytes into it and is as long as a range. */
function targetOf(target: Target, delta: Address, part: Range): string | undefined {
  const length = lengthOf(part);
  if (!length) return undefined;
  if (target.kind === "number") {
    const start = target.value && add(target.value, delta);
    return start && toHex(start);
  }
  const { index } = target;
  const base = index === undefined ? ZERO : index.kind === "number" ? index.value : index.value?.start;
  const offset = base && add(base, delta);
  const owner = target.memory.qualifier ? `${target.memory.qualifier.text}.` : "";
  return offset && `${owner}${target.memory.text}[${toHex(offset)} + ${formatSize(length)}]`;
}

function at({ start, end }: { readonly start: number; readonly end: number }) {
  return { start, end };
}

/** The range of the finding's place in the other form, where that makes one. */
export function rangeInstead(site: Site): Fix[] {
  const range = site.node("range");
  if (!range) return [];
  const words = isRange(range, range.form === "length" ? "last" : "length") ? otherForm(range) : undefined;
  return words === undefined
    ? []
    : [choice(`Write \`${words}\``, site.replace(site.span.file, range, words))];
}

/**
 * A range whose length was meant as the address where it ends, written with its last byte.
 * @param width bits that it then has to fit
 */
export function endInstead(site: Site, width: number): Fix[] {
  const range = site.statement("map", "pte")?.node.range;
  const end = range?.form === "length" ? range.second?.value : undefined;
  if (!range?.first.value || !end || end.offset !== 0 || end.page <= range.first.value.page) return [];
  if (width < 64 && end.page > 2 ** (width - 12)) return [];
  const words = `${range.first.text}..${toHex({ page: end.page - 1, offset: 4095 })}`;
  return [choice(`Write \`${words}\``, site.replace(site.span.file, range, words))];
}

/** Range and target of the call in whole pages. */
export function alignCall(site: Site): Fix[] {
  const call = site.statement("map", "pte", "unmap", "invalidate");
  const range = call?.node.range;
  if (!call || !range) return [];
  const edits: Edit[] = [];
  const words = wholePages(range);
  if (words !== undefined && !isAligned(range.value)) edits.push(site.replace(call.file, range, words));
  const target = "target" in call.node ? call.node.target : undefined;
  const number = target?.kind === "number" ? target : target?.kind === "region" ? firstOf(target) : undefined;
  if (number?.value && number.value.offset !== 0) {
    edits.push(site.replace(call.file, number, toHex({ page: number.value.page, offset: 0 })));
  }
  return edits.length === 0 ? [] : [choice("Round to whole pages of 4K", ...edits)];
}

function firstOf({ index }: Extract<Target, { kind: "region" }>) {
  return index?.kind === "range" ? index.first : index;
}

function isAligned(range: Range | undefined): boolean {
  return range?.start.offset === 0 && range.last.offset === 4095;
}
