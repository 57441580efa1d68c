import type { Sequence } from "./corpus.js";
import { type Difference, replay } from "./replay.js";

/** Differences that are shown of each family. */
const SHOWN = 5;

/** What came of the sequences of one family. */
export interface FamilySummary {
  readonly family: string;
  readonly sequences: number;
  readonly agreeingSequences: number;
  readonly operations: number;
  readonly agreeingOperations: number;
  /** The first ones, with the sequence that each is in. */
  readonly differences: readonly { readonly seed: number; readonly difference: Difference }[];
}

/** Replays sequences and counts what agrees, by family in the order in which they come. */
export function summarize(sequences: Iterable<Sequence>): FamilySummary[] {
  const families = new Map<string, FamilySummary>();
  for (const sequence of sequences) {
    const { family, seed, ops } = sequence;
    const { agreeing, differences } = replay(sequence);
    const before = families.get(family);
    const [first] = differences;
    families.set(family, {
      family,
      sequences: (before?.sequences ?? 0) + 1,
      agreeingSequences: (before?.agreeingSequences ?? 0) + (first ? 0 : 1),
      operations: (before?.operations ?? 0) + ops.length,
      agreeingOperations: (before?.agreeingOperations ?? 0) + agreeing,
      differences: [
        ...(before?.differences ?? []),
        ...(first && (before?.differences.length ?? 0) < SHOWN ? [{ seed, difference: first }] : []),
      ],
    });
  }
  return [...families.values()];
}

/** Whether every answer is that of the real kernel. */
export function allAgree(families: readonly FamilySummary[]): boolean {
  return families.every(({ operations, agreeingOperations }) => operations === agreeingOperations);
}

/** A summary as text: a line for each family, and its first differences. */
export function describe(families: readonly FamilySummary[]): string {
  return families.map(describeFamily).join("");
}

function describeFamily(summary: FamilySummary): string {
  const sequences = `${summary.agreeingSequences} of ${summary.sequences} sequences`;
  const operations = `${summary.agreeingOperations} of ${summary.operations} operations`;
  const lines = [`${summary.family}: ${sequences}, ${operations} agree`];
  for (const { seed, difference } of summary.differences) {
    const { at, operation, expected, actual } = difference;
    lines.push(`  seed ${seed}, operation ${at}: ${operation.op} ${operation.args.join(" ")}`);
    lines.push(`    real kernel ${answer(expected)}; simulator ${answer(actual)}`);
  }
  return `${lines.join("\n")}\n`;
}

function answer({ errno, out }: { readonly errno: string; readonly out?: string }): string {
  const name = errno === "0" ? "success" : errno;
  return out ? `${name} (${out})` : name;
}
