import { type Address, formatSize, lengthOf, toBigInt } from "../../address/index.js";
import { type Analysis, groupedHex, syntax } from "../../language/index.js";
import { type Action, refactoring } from "./action.js";

/** The digits below this are the same in every base. */
const BASE_MATTERS = 10;

/** The number at an offset in its other forms: hexadecimal, decimal, and as a size where it is a whole one. */
export function rewriteNumber(analysis: Analysis, file: string, offset: number): readonly Action[] {
  const tree = analysis.trees.get(file);
  const path = tree ? syntax.nodesAt(tree, offset) : [];
  const node = path.at(-1);
  // The code of a fault is written as the kernel prints it.
  if (node?.kind !== "number" || !node.value || path.at(-2)?.kind === "fault") return [];
  const { value, text, start, end } = node;
  if (value.page === 0 && value.offset < BASE_MATTERS) return [];
  const form = formOf(text);
  return forms(value)
    .filter(([each]) => each !== form)
    .map(([, words]) =>
      refactoring("refactor.rewrite", `Write \`${words}\` instead of \`${text}\``, {
        file,
        start,
        end,
        text: words,
      }),
    );
}

type Form = "hexadecimal" | "decimal" | "size";

function formOf(text: string): Form {
  if (/[KMGTP]$/.test(text)) return "size";
  return text.startsWith("0x") ? "hexadecimal" : "decimal";
}

function forms(value: Address): (readonly [Form, string])[] {
  const size = sizeOf(value);
  return [
    ["hexadecimal", groupedHex(value)],
    ["decimal", toBigInt(value).toString()],
    ...(size === undefined ? [] : [["size", size] as const]),
  ];
}

/** `1G`; `undefined` for what is no whole size. */
function sizeOf(value: Address): string | undefined {
  const size = formatSize(value);
  return size.startsWith("0x") ? undefined : size;
}

/** The range at an offset in its other form: `START + LENGTH`, or `FIRST..LAST`. */
export function rewriteRange(analysis: Analysis, file: string, offset: number): readonly Action[] {
  const tree = analysis.trees.get(file);
  const node = tree && syntax.nodesAt(tree, offset).findLast(({ kind }) => kind === "range");
  const words = node?.kind === "range" ? otherForm(node) : undefined;
  if (!node || words === undefined) return [];
  const { start, end } = node;
  const title = `Write \`${words}\` instead of \`${tree.text.slice(start, end)}\``;
  return [refactoring("refactor.rewrite", title, { file, start, end, text: words })];
}

/** `undefined` for the whole of the 64-bit space, whose length is no number of 64 bits. */
function otherForm({ form, first, value }: syntax.RangeNode): string | undefined {
  if (!value) return undefined;
  if (form === "length") return `${first.text}..${groupedHex(value.last)}`;
  const length = lengthOf(value);
  return length && `${first.text} + ${sizeOf(length) ?? groupedHex(length)}`;
}
