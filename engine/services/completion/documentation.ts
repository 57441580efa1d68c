import { type Analysis, RULES, syntax } from "../../language/index.js";
import { type Block, paragraph, paragraphs } from "../../report/index.js";
import { nameAt } from "../navigation.js";
import {
  assertionHelp,
  bodyHelp,
  callsOf,
  choiceHelp,
  errnoHelp,
  faultHelp,
  kvmHelp,
  outcomeHelp,
  propertyHelp,
  statementHelp,
  valueHelp,
  type WordHelp,
} from "../words/index.js";
import type { CompletionSubject } from "./item.js";

/** What is said of an offered text; empty when there is nothing to say. */
export function completionDocumentation(analysis: Analysis, subject: CompletionSubject): readonly Block[] {
  switch (subject.kind) {
    case "name":
      return nameBlocks(analysis, subject.file, subject.start);
    case "rule":
      return ruleBlocks(subject.id);
    case "errno":
      return errnoBlocks(subject);
    default: {
      const help = helpOf(subject);
      return help ? helpBlocks(help) : [];
    }
  }
}

function helpOf(
  subject: Exclude<CompletionSubject, { kind: "name" | "rule" | "errno" }>,
): WordHelp | undefined {
  switch (subject.kind) {
    case "statement":
      return isOneOf(subject.word, syntax.STATEMENT_WORDS) ? statementHelp(subject.word) : undefined;
    case "body":
      return isKeyOf(subject.word, syntax.BODY_FORMS) ? bodyHelp(subject.word) : undefined;
    case "kvm":
      return isKeyOf(subject.word, syntax.KVM_FORMS) ? kvmHelp(subject.word) : undefined;
    case "assertion":
      return isKeyOf(subject.word, syntax.ASSERTION_FORMS) ? assertionHelp(subject.word) : undefined;
    case "value":
      return valueHelp(subject.word);
    case "outcome": {
      const { word } = subject;
      return word === "#gp" || isOneOf(word, syntax.OUTCOME_WORDS) ? outcomeHelp(word) : undefined;
    }
    case "property":
      return propertyHelp(subject.of, subject.word);
    case "choice":
      return choiceHelp(subject.property, subject.word);
    case "fault":
      return faultHelp(subject.name);
  }
}

function isOneOf<T extends string>(word: string | undefined, words: readonly T[]): word is T {
  return (words as readonly (string | undefined)[]).includes(word);
}

function isKeyOf<K extends string>(word: string, table: Readonly<Record<K, string>>): word is K {
  return Object.hasOwn(table, word);
}

function helpBlocks({ form, text }: WordHelp): Block[] {
  return [...(form === undefined ? [] : [code(form)]), paragraph(text)];
}

function code(text: string): Block {
  return { kind: "code", language: "ioasid", text };
}

/** The errno in the kernel's words, and the rules by which the call gives it. */
function errnoBlocks({ name, statement }: Extract<CompletionSubject, { kind: "errno" }>): Block[] {
  const { text, number } = errnoHelp(name);
  const rules =
    statement === undefined ? [] : callsOf(statement).flatMap(({ answers }) => answers[name] ?? []);
  const items = rules.map((rule) => `${rule}: ${RULES.get(rule)?.title ?? ""}`);
  const list: Block = { kind: "list", items };
  return [paragraph(`**${name}** (${number}). ${text}`), ...(items.length > 0 ? [list] : [])];
}

function ruleBlocks(id: string): Block[] {
  const rule = RULES.get(id);
  return rule ? [paragraph(`**${id}** ${rule.title}`), ...paragraphs(rule.explanation)] : [];
}

/** Longest piece of a declaration that is shown. */
const LONGEST = 200;

/** The first line of the declaration, and the comment above it. */
function nameBlocks(analysis: Analysis, file: string, start: number): Block[] {
  const found = nameAt({ analysis }, file, start)?.definition;
  if (!found) return [];
  const { statement, documentation } = found;
  const text = analysis.program.sources.get(statement.file)?.slice(statement.start, statement.end) ?? "";
  const [line = ""] = text.split(/[\r\n]/, 1);
  const shown = line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
  const said: Block[] = documentation === undefined ? [] : [{ kind: "verbatim", text: documentation }];
  return [code(shown), ...said];
}
