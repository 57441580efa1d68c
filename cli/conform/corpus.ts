import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { isOperation } from "./operations.js";

/** One operation of a sequence, as the corpus has it; its words are explained in docs/fidelity.md. */
export interface CorpusOperation {
  readonly op: string;
  readonly args: readonly string[];
  /** Variable that keeps what the operation made, when it succeeded. */
  readonly var?: string;
}

/** What the real kernel answered: the name of an errno, "0" for success, and the outputs as text. */
export interface CorpusResult {
  readonly errno: string;
  readonly out?: string;
}

/** Operations on one fresh `/dev/iommu` file, and the answers of a real kernel. */
export interface Sequence {
  readonly family: string;
  readonly seed: number;
  readonly ops: readonly CorpusOperation[];
  readonly results: readonly CorpusResult[];
}

/**
 * The sequences of a corpus file, one JSON object a line, compressed with gzip when its name ends in `.gz`.
 * @throws Error that says which line is none
 */
export function readCorpus(path: string): Sequence[] {
  const bytes = readFileSync(path);
  const text = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line, at) => parse(line, `line ${at + 1}`));
}

function parse(line: string, where: string): Sequence {
  const value: unknown = JSON.parse(line);
  if (!isSequence(value)) throw new Error(`${where} is no sequence with as many results as operations.`);
  const unknown = value.ops.find(({ op }) => !isOperation(op));
  if (unknown) throw new Error(`${where} has an operation "${unknown.op}", which the format does not know.`);
  return value;
}

function isSequence(value: unknown): value is Sequence {
  if (typeof value !== "object" || value === null) return false;
  const { family, seed, ops, results } = value as Record<string, unknown>;
  const lists = Array.isArray(ops) && Array.isArray(results) && ops.length === results.length;
  return typeof family === "string" && typeof seed === "number" && lists;
}
