import { RULES, type ScenarioResult, syntax } from "../../language/index.js";
import { type Block, paragraph, plural } from "../../report/index.js";
import { formatRid } from "../../simulator/index.js";
import { listBlock, type Source, sourceOf } from "../explain/lines.js";
import { ruleBlocks } from "../explain/rules.js";
import { nameAt } from "../navigation.js";
import { statementsAt } from "../structure/statements.js";
import type { TextRange, View } from "../view.js";
import { outcomeHelp } from "../words/index.js";
import { definitionBlocks } from "./definitions.js";
import { helpBlocks } from "./helps.js";
import { numberBlocks } from "./numbers.js";
import { type StateAt, stateAt } from "./state.js";
import { wordBlocks } from "./words.js";

/** What an editor shows about a place of a text. */
export interface Hover extends TextRange {
  readonly blocks: readonly Block[];
}

/**
 * What can be said about the name, word, number or switch at an offset. Without a run, or where the file is
 * broken, what the text alone tells.
 * @param offset UTF-16 units; the offset right after the last letter counts as well
 */
export function hoverAt(view: View, file: string, offset: number): Hover | undefined {
  const tree = view.analysis.trees.get(file);
  const token = tree && tokenNear(tree, offset);
  if (!token) return undefined;
  const blocks = blocksAt(view, file, tree, token);
  return blocks.length === 0 ? undefined : { start: token.start, end: token.end, blocks };
}

/** The token at an offset, or the one that ends there where a blank or nothing follows. */
function tokenNear(tree: syntax.ParsedFile, offset: number): syntax.Token | undefined {
  const inside = Math.max(0, Math.min(offset, tree.text.length));
  const at = syntax.tokenAt(tree, inside);
  const isNothing = at.kind === syntax.TokenKind.blank || at.kind === syntax.TokenKind.end;
  const isMark = at.kind === syntax.TokenKind.punctuation && inside === at.start;
  if ((isNothing || isMark) && inside > 0 && inside === at.start) {
    const before = tree.tokens.token(at.index - 1);
    if (before.kind !== syntax.TokenKind.blank && before.kind !== syntax.TokenKind.punctuation) return before;
  }
  return isNothing ? undefined : at;
}

function blocksAt(view: View, file: string, tree: syntax.ParsedFile, token: syntax.Token): Block[] {
  const { kind, start } = token;
  const text = tree.text.slice(start, token.end);
  const source = sourceOf(view.analysis);
  const state = (): StateAt | undefined => stateAt(view, file, start);
  switch (kind) {
    case syntax.TokenKind.lineComment:
    case syntax.TokenKind.blockComment:
      return switchBlocks(text);
    case syntax.TokenKind.string:
      return titleBlocks(view, tree, file, start);
    case syntax.TokenKind.pciAddress:
      return addressBlocks(source, text);
    case syntax.TokenKind.number: {
      const nodes = syntax.nodesAt(tree, start);
      const number = nodes.at(-1);
      const statement = statementsAt(tree, start).at(-1);
      if (number?.kind === "number" && statement) {
        return numberBlocks({ source, file, number, statement, nodes: nodes.slice(0, -1), state: state() });
      }
      return number?.kind === "vm-exit" ? helpBlocks(outcomeHelp("vm-exit")) : [];
    }
    default: {
      const name = nameAt(view, file, start);
      if (name && name.span.start <= start && start < name.span.end) {
        return definitionBlocks(source, name.definition, state());
      }
      const nodes = syntax.nodesAt(tree, start);
      return wordBlocks({ text, start, end: token.end, statements: statementsAt(tree, start), nodes });
    }
  }
}

/** The rules that an `ioasid-ignore` names. */
function switchBlocks(comment: string): Block[] {
  if (!/^\/[/*]+\s*ioasid-ignore/.test(comment)) return [];
  const [head = ""] = comment.split("--", 1);
  const ids = head.match(/\b[A-Z]\d{3}\b/g) ?? [];
  return ids.filter((id) => RULES.has(id)).flatMap(ruleBlocks);
}

/** The title of a scenario: how it went. */
function titleBlocks(view: View, tree: syntax.ParsedFile, file: string, start: number): Block[] {
  const statement = statementsAt(tree, start).at(-1);
  if (statement?.kind !== "scenario") return [];
  const found = view.result?.scenarios.find(
    ({ scenario: { span } }) => span.file === file && span.start === start,
  );
  const { documentation } = statement;
  return [
    ...(documentation === undefined ? [] : [{ kind: "verbatim", text: documentation } as const]),
    ...(found ? [paragraph(verdict(found))] : []),
  ];
}

function verdict({ passed, steps }: ScenarioResult): string {
  const failed = steps.filter((step) => !step.passed).length;
  if (passed) return `Passed: ${plural(steps.length, "step")} as stated.`;
  return `Failed: ${failed} of ${plural(steps.length, "step")} not as stated.`;
}

/** What a PCI address is made of, and which devices send it as their RID. */
function addressBlocks({ analysis }: Source, text: string): Block[] {
  const match = /^(?:([0-9a-f]+):)?([0-9a-f]{2}):([0-9a-f]{2})\.([0-7])$/i.exec(text);
  if (!match) return [];
  const [, segment = "0", bus = "", device = "", fn = ""] = match;
  const [high, low, slot] = [segment, bus, device].map((digits) => Number.parseInt(digits, 16));
  const rid = high! * 0x10000 + low! * 0x100 + slot! * 8 + Number(fn);
  const names = analysis.program.platform.devices.filter((each) => each.rid === rid).map(({ name }) => name);
  const parts = `segment ${high}, bus 0x${low!.toString(16)}, device ${slot}, function ${fn}`;
  const number = `0x${(rid % 0x10000).toString(16).padStart(4, "0")}`;
  return [
    paragraph(`RID ${formatRid(rid)} (${number}): ${parts}.`),
    ...listBlock(names.length === 0 ? [] : [`sent by ${names.join(", ")}`]),
  ];
}
