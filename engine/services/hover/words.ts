import { syntax } from "../../language/index.js";
import { type Block, paragraph } from "../../report/index.js";
import type { Errno, FaultName } from "../../simulator/index.js";
import { listBlock } from "../explain/lines.js";
import { ruleBlocks } from "../explain/rules.js";
import type { Statement } from "../structure/statements.js";
import type { TextRange } from "../view.js";
import {
  assertionHelp,
  bodyHelp,
  callsOf,
  choiceHelp,
  kvmHelp,
  outcomeHelp,
  propertyHelp,
  statementHelp,
  valueHelp,
  type WordHelp,
} from "../words/index.js";
import { helpBlocks } from "./helps.js";
import { callName, errnoBlocks, faultBlocks, ruleLine } from "./outcomes.js";

/** A word in its place: the statements around it, and the nodes of the tree, the outermost first. */
export interface WordPlace extends TextRange {
  readonly text: string;
  readonly statements: readonly Statement[];
  readonly nodes: readonly syntax.Node[];
}

/** What a word of the language says in its place; nothing where it means nothing. */
export function wordBlocks(place: WordPlace): Block[] {
  const statement = place.statements.at(-1);
  if (!statement) return [];
  if (place.start === statement.start) return statementBlocks(place, statement);
  const second = secondWord(place, statement);
  if (second) return [...helpBlocks(second), ...callBlocks(statement)];
  const property = place.nodes.find(
    (node): node is syntax.Property => node.kind === "property" && node.start <= place.start,
  );
  if (property) return propertyBlocks(place, statement, property);
  if ("outcome" in statement && statement.outcome && place.start >= statement.outcome.start)
    return outcomeBlocks(place, statement);
  if (statement.kind === "allow" && statement.rule?.start === place.start) return ruleBlocks(place.text);
  return blocksOf(valueHelp(place.text));
}

/** The word that a statement begins with. */
function statementBlocks(place: WordPlace, statement: Statement): Block[] {
  const { text } = place;
  if (
    statement.kind === "kvm-map" ||
    statement.kind === "kvm-unmap" ||
    statement.kind === "kvm-translation"
  ) {
    return [...helpBlocks(kvmHelp(kvmWord(statement.kind))), ...callBlocks(statement)];
  }
  if (statement.kind === "assert" && statement.assertion)
    return helpBlocks(assertionHelp(statement.assertion.kind));
  const outer = place.statements.at(-2);
  const isLine = outer?.kind === "ioasid" || outer?.kind === "object" || outer?.kind === "bind-table";
  if (isLine && (text === "map" || text === "pte" || text === "entry")) {
    return [...helpBlocks(bodyHelp(text)), ...callBlocks(statement)];
  }
  return isStatementWord(text) ? [...helpBlocks(statementHelp(text)), ...callBlocks(statement)] : [];
}

function isStatementWord(text: string): text is syntax.StatementWord {
  return (syntax.STATEMENT_WORDS as readonly string[]).includes(text);
}

/** `map` of `kvm map`, `isolated` of `assert isolated`. */
function secondWord({ text, start, nodes }: WordPlace, statement: Statement): WordHelp | undefined {
  switch (statement.kind) {
    case "kvm-map":
    case "kvm-unmap":
    case "kvm-translation": {
      const word = kvmWord(statement.kind);
      return text === word && nodes.every((node) => node.kind !== "name" && node.kind !== "word")
        ? kvmHelp(word)
        : undefined;
    }
    case "assert":
      return statement.assertion?.start === start ? assertionHelp(statement.assertion.kind) : undefined;
    default:
      return undefined;
  }
}

function kvmWord(kind: "kvm-map" | "kvm-unmap" | "kvm-translation"): keyof typeof syntax.KVM_FORMS {
  return kind === "kvm-map" ? "map" : kind === "kvm-unmap" ? "unmap" : "translation";
}

/** The call behind a statement, and every errno that it can give, with the rules. */
function callBlocks(statement: Statement): Block[] {
  return callsOf(callName(statement)).flatMap(({ names, answers }) => {
    const lines = (Object.keys(answers) as Errno[]).map(
      (errno) => `${errno}: ${(answers[errno] ?? []).map(ruleLine).join(", ")}`,
    );
    const name = names.join(" or ");
    return lines.length === 0
      ? [paragraph(`${name}.`)]
      : [paragraph(`${name} is refused with:`), ...listBlock(lines)];
  });
}

function propertyBlocks(place: WordPlace, statement: Statement, property: syntax.Property): Block[] {
  if (place.start !== property.word.start) {
    return blocksOf(choiceHelp(property.name, place.text) ?? valueHelp(place.text));
  }
  return isOwner(statement.kind) ? blocksOf(propertyHelp(statement.kind, property.name)) : [];
}

function isOwner(kind: string): kind is syntax.DeclarationWithProperties {
  return Object.hasOwn(syntax.PROPERTIES_OF, kind);
}

function outcomeBlocks({ text }: WordPlace, statement: Statement): Block[] {
  if ((syntax.ERRNO_NAMES as readonly string[]).includes(text))
    return errnoBlocks(text as Errno, callName(statement));
  if ((syntax.FAULT_NAMES as readonly string[]).includes(text)) return faultBlocks(text as FaultName);
  if (text === "#gp" || (syntax.OUTCOME_WORDS as readonly string[]).includes(text)) {
    return helpBlocks(outcomeHelp(text as Parameters<typeof outcomeHelp>[0]));
  }
  return blocksOf(valueHelp(text));
}

function blocksOf(help: WordHelp | undefined): Block[] {
  return help ? helpBlocks(help) : [];
}
