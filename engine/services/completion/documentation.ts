import { type Analysis, syntax } from "../../language/index.js";
import type { Block } from "../../report/index.js";
import { sourceOf } from "../explain/lines.js";
import { ruleBlocks } from "../explain/rules.js";
import { definitionBlocks } from "../hover/definitions.js";
import { categoryBlocks } from "../hover/devices.js";
import { helpBlocks } from "../hover/helps.js";
import { codeBlocks, errnoBlocks, faultBlocks } from "../hover/outcomes.js";
import { nameAt } from "../navigation.js";
import {
  assertionHelp,
  bodyHelp,
  choiceHelp,
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
      return errnoBlocks(subject.name, subject.call);
    case "fault":
      return faultBlocks(subject.name);
    case "code":
      return codeBlocks(subject.code);
    case "category":
      return categoryBlocks(subject.category);
    default: {
      const help = helpOf(subject);
      return help ? helpBlocks(help) : [];
    }
  }
}

type OfWord = Exclude<CompletionSubject, { kind: "name" | "rule" | "errno" | "fault" | "code" | "category" }>;

function helpOf(subject: OfWord): WordHelp | undefined {
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
  }
}

function isOneOf<T extends string>(word: string | undefined, words: readonly T[]): word is T {
  return (words as readonly (string | undefined)[]).includes(word);
}

function isKeyOf<K extends string>(word: string, table: Readonly<Record<K, string>>): word is K {
  return Object.hasOwn(table, word);
}

/** What the name stands for: its declaration, the comment above it, and what it says by itself. */
function nameBlocks(analysis: Analysis, file: string, start: number): Block[] {
  const found = nameAt({ analysis }, file, start)?.definition;
  return found ? definitionBlocks(sourceOf(analysis), found, undefined) : [];
}
