import type { Analysis } from "../../language/index.js";
import { statementsAt } from "../structure/statements.js";
import type { TextRange, View } from "../view.js";
import { declarationsIn, type HintSubject, placeBehind, stepsIn } from "./subjects.js";
import {
  backingWording,
  defPasidWording,
  findStep,
  type HintTopic,
  stepWordings,
  type Wording,
} from "./wording.js";

/** A few words that stand behind a statement and are no part of the text. */
export interface Hint {
  readonly topic: HintTopic;
  /** Offset at which it stands. */
  readonly at: number;
  /** Shown with a dot between each two. */
  readonly parts: readonly string[];
  /** With the topic, what `hintDetails` needs to tell more. */
  readonly subject: HintSubject;
}

/**
 * The hints of a part of a file, in text order. Without a run there are only those about memory.
 * @param topics those that are wanted
 */
export function hintsIn(view: View, file: string, range: TextRange, topics: ReadonlySet<HintTopic>): Hint[] {
  const { analysis, result } = view;
  const located = [
    ...declarationsIn(analysis.program, file, range),
    ...(result ? stepsIn(result, file, range) : []),
  ];
  const hints = located.flatMap((each) => {
    const at = placeBehind(analysis, file, each);
    if (at < range.start || at > range.end) return [];
    const said = wordingsOf(view, each.subject).filter(({ topic }) => topics.has(topic));
    return said.map(({ topic, parts }) => ({
      topic,
      at,
      parts: parts.map(({ text }) => text),
      subject: each.subject,
    }));
  });
  return hints.sort((a, b) => a.at - b.at);
}

/** The hints of one statement, whether they are wanted or not. */
export function wordingsOf({ analysis, result }: View, subject: HintSubject): Wording[] {
  const { program } = analysis;
  switch (subject.kind) {
    case "memory":
      // A statement that fixes the address says it all.
      return isFixed(analysis, subject.index) ? [] : [backingWording(program.platform, subject.index)];
    case "mdev":
      return listOf(result && defPasidWording(result.machine, subject.index));
    case "step": {
      const found = result && findStep(result, subject);
      return found ? stepWordings(program.platform, found) : [];
    }
  }
}

function isFixed({ program, trees }: Analysis, memory: number): boolean {
  const span = program.origins[program.platform.memories[memory]!.origin];
  const tree = span && trees.get(span.file);
  const statement = tree && statementsAt(tree, span.start).at(-1);
  return statement?.kind === "memory" && statement.backedBy !== undefined;
}

function listOf(wording: Wording | undefined): Wording[] {
  return wording ? [wording] : [];
}
