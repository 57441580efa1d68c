import type { syntax } from "../../language/index.js";
import type { Category, Errno, FaultName } from "../../simulator/index.js";
import type { TextRange } from "../view.js";

/** What an offered text is; an editor has a picture for each. */
export type CompletionKind =
  | "statement"
  | "property"
  | "word"
  | "mark"
  | "device"
  | "space"
  | "memory"
  | "owner"
  | "process"
  | "iommu"
  | "number"
  | "outcome"
  | "rule"
  | "file"
  | "block";

/** Where the documentation of an offered text comes from; a plain value, so that it can be asked for later. */
export type CompletionSubject =
  | { readonly kind: "statement" | "body" | "kvm" | "assertion" | "value" | "outcome"; readonly word: string }
  | {
      readonly kind: "property";
      readonly of: syntax.DeclarationWithProperties;
      readonly word: syntax.PropertyWord;
    }
  | { readonly kind: "choice"; readonly property: syntax.PropertyWord; readonly word: string }
  | { readonly kind: "fault"; readonly name: FaultName }
  /** The hardware code of a fault. */
  | { readonly kind: "code"; readonly code: number }
  /** `call` would give the errno; it is named as in the table of calls. */
  | { readonly kind: "errno"; readonly name: Errno; readonly call: string }
  | { readonly kind: "category"; readonly category: Category }
  | { readonly kind: "rule"; readonly id: string }
  /** A name, by the place of its declaration. */
  | { readonly kind: "name"; readonly file: string; readonly start: number };

/** One text that may stand at the cursor. */
export interface Completion {
  readonly label: string;
  readonly kind: CompletionKind;
  /** A few words: what it is, or why it fits. */
  readonly detail?: string;
  readonly subject?: CompletionSubject;
  /** What takes the place of the word under the cursor. */
  readonly insert: string;
  /** The same with tab stops, in the syntax of the protocol. */
  readonly snippet?: string;
  /** What a person types to find it, where that is not the label. */
  readonly filter?: string;
  /** By far the most probable one. */
  readonly preselect?: boolean;
  /** More has to follow, so the editor may ask again at once. */
  readonly goesOn?: boolean;
}

/** Everything that may stand at a place, the most probable first. */
export interface CompletionList {
  /** The word under the cursor, which an offered text replaces. */
  readonly replace: TextRange;
  readonly items: readonly Completion[];
  /** Other texts are offered when more is typed. */
  readonly isIncomplete: boolean;
  /** Something of this list has to follow, so that it may be shown to somebody who did not ask for it. */
  readonly mustFollow: boolean;
}

/** How probable an offered text is: the smaller the number, the higher in the list. */
export const Rank = {
  /** What the engine computed, or what must follow. */
  best: 0,
  fits: 10,
  /** It may follow, and something else may as well. */
  possible: 20,
  /** Another statement, where this one is complete already. */
  next: 30,
  /** It would be refused as things are, or is there for completeness. */
  unlikely: 40,
} as const;

/** An offered text with its rank, before the list is put in order. */
export interface Ranked extends Completion {
  readonly rank: number;
}

/** Text for a snippet, outside of its tab stops: nothing in it is one. */
export function plain(text: string): string {
  return text.replace(/[\\$]/g, "\\$&");
}

/** A tab stop without a text; where others of its number have one, the same as they. */
export function tab(number: number): string {
  return `$${number}`;
}

/** A tab stop whose text is one of a few. */
export function choiceStop(number: number, choices: readonly string[]): string {
  return `\${${number}|${choices.map((choice) => choice.replace(/[\\$},|]/g, "\\$&")).join(",")}|}`;
}

/** A tab stop with a text to be replaced. */
export function stop(number: number, text: string): string {
  return `\${${number}:${text.replace(/[\\$}]/g, "\\$&")}}`;
}

/** What a snippet inserts where nobody can go from one tab stop to the next. */
export function textOf(snippet: string): string {
  const texts = new Map<string, string>();
  return snippet
    .replaceAll("\t", "  ")
    .replace(
      /\$(?:(\d)|\{(\d)(?::((?:\\.|[^}])*)|\|((?:\\.|[^|])*)\|)\})|\\([\\$}])/g,
      (_, bare?: string, number?: string, text?: string, choices?: string, escaped?: string) => {
        if (escaped !== undefined) return escaped;
        if (bare !== undefined) return texts.get(bare) ?? "";
        const found = unescaped(text ?? choices?.split(/(?<!\\),/)[0] ?? "");
        texts.set(number!, found);
        return found;
      },
    );
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, "$1");
}

/** The texts in their order, each once: of equals, the first. */
export function inOrder(ranked: readonly Ranked[]): Completion[] {
  const sorted = ranked
    .map((item, index) => ({ item, index }))
    .sort((a, b) => a.item.rank - b.item.rank || a.index - b.index);
  const seen = new Set<string>();
  const items: Completion[] = [];
  for (const { item } of sorted) {
    const { rank: _, ...completion } = item;
    const key = `${item.label}\n${item.insert}`;
    if (!seen.has(key)) items.push(completion);
    seen.add(key);
  }
  return items;
}
