import {
  type CompletionItem,
  CompletionItemKind,
  type InsertReplaceEdit,
  InsertTextFormat,
  InsertTextMode,
  type Range,
  type TextEdit,
} from "vscode-languageserver";
import type {
  Completion,
  CompletionKind,
  CompletionList,
  CompletionSubject,
} from "../../engine/services/index.js";
import type { Client } from "./context.js";

/** What an offered text carries so that its documentation can be asked for later. */
export interface CompletionData {
  /** As the client spells it. */
  readonly uri: string;
  readonly subject: CompletionSubject;
}

const PICTURES: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  statement: CompletionItemKind.Keyword,
  property: CompletionItemKind.Property,
  word: CompletionItemKind.EnumMember,
  mark: CompletionItemKind.Operator,
  device: CompletionItemKind.Class,
  space: CompletionItemKind.Variable,
  memory: CompletionItemKind.Struct,
  owner: CompletionItemKind.Module,
  process: CompletionItemKind.Function,
  iommu: CompletionItemKind.Interface,
  number: CompletionItemKind.Value,
  outcome: CompletionItemKind.Event,
  rule: CompletionItemKind.Reference,
  file: CompletionItemKind.File,
  block: CompletionItemKind.Snippet,
};

/** The places of the word under the cursor: what of it an insertion replaces, and what all of it is. */
export interface WordRanges {
  readonly insert: Range;
  readonly replace: Range;
}

/** Offered texts in the form of the protocol, as far as a client understands it. */
export class CompletionForm {
  private readonly snippets: boolean;
  private readonly insertsOrReplaces: boolean;
  private readonly labelDetails: boolean;
  private readonly adjusts: boolean;
  private readonly asksAgain: boolean;

  constructor({ capabilities, options }: Client) {
    const item = capabilities.textDocument?.completion?.completionItem;
    this.snippets = item?.snippetSupport === true;
    this.insertsOrReplaces = item?.insertReplaceSupport === true;
    this.labelDetails = item?.labelDetailsSupport === true;
    this.adjusts = item?.insertTextModeSupport?.valueSet.includes(InsertTextMode.adjustIndentation) === true;
    this.asksAgain = options.commands === true;
  }

  items({ items }: CompletionList, ranges: WordRanges, uri: string): CompletionItem[] {
    return items.map((item, index) => this.item(item, index, ranges, uri));
  }

  private item(completion: Completion, index: number, ranges: WordRanges, uri: string): CompletionItem {
    const { label, kind, detail, subject, filter, preselect } = completion;
    const snippet = this.snippets ? completion.snippet : undefined;
    const newText = snippet ?? completion.insert;
    const item: CompletionItem = {
      label,
      kind: PICTURES[kind],
      // The order is the engine's; letters that are typed decide before it.
      sortText: String(index).padStart(4, "0"),
      textEdit: this.edit(newText, ranges),
    };
    if (filter !== undefined) item.filterText = filter;
    if (preselect) item.preselect = true;
    if (snippet !== undefined) item.insertTextFormat = InsertTextFormat.Snippet;
    if (newText.includes("\n") && this.adjusts) item.insertTextMode = InsertTextMode.adjustIndentation;
    if (detail !== undefined) {
      if (this.labelDetails) item.labelDetails = { description: detail };
      else item.detail = detail;
    }
    if (subject) item.data = { uri, subject } satisfies CompletionData;
    if (completion.goesOn && this.asksAgain && !hasStops(snippet)) item.command = ASK_AGAIN;
    return item;
  }

  private edit(newText: string, { insert, replace }: WordRanges): InsertReplaceEdit | TextEdit {
    if (this.insertsOrReplaces) return { newText, insert, replace };
    // With nothing typed, what stands behind the cursor is the next word and not the one that is meant.
    const isTyped = insert.start.character !== insert.end.character;
    return { newText, range: isTyped ? replace : insert };
  }
}

const ASK_AGAIN = { title: "Suggest", command: "editor.action.triggerSuggest" };

/** A snippet with texts to choose or replace asks by itself. */
function hasStops(snippet: string | undefined): boolean {
  return snippet !== undefined && /\$(?:\{|[1-9])/.test(snippet);
}
