import { Arguments } from "./arguments.js";
import type { CorpusOperation, CorpusResult, Sequence } from "./corpus.js";
import { Kernel, type Reply } from "./kernel.js";
import { OPERATIONS } from "./operations.js";

/** An operation that the simulator answers otherwise than the real kernel. */
export interface Difference {
  readonly at: number;
  readonly operation: CorpusOperation;
  readonly expected: CorpusResult;
  readonly actual: Reply;
}

/** What came of a sequence. */
export interface Replayed {
  readonly agreeing: number;
  readonly differences: readonly Difference[];
}

/** Plays a sequence on a fresh machine and compares every errno and every output. */
export function replay(sequence: Sequence): Replayed {
  const kernel = new Kernel(sequence);
  const differences: Difference[] = [];
  for (const [at, operation] of sequence.ops.entries()) {
    const actual = perform(kernel, operation);
    const expected = sequence.results[at]!;
    if (actual.errno === expected.errno && (actual.out ?? "") === (expected.out ?? "")) continue;
    differences.push({ at, operation, expected, actual });
  }
  return { agreeing: sequence.ops.length - differences.length, differences };
}

function perform(kernel: Kernel, operation: CorpusOperation): Reply {
  // The reader of the corpus has checked that there is such an operation.
  const act = OPERATIONS[operation.op]!;
  const before = kernel.machine.iommufd.removed;
  const reply = act(kernel, new Arguments(operation.args, kernel.variables), operation.var);
  const { objects, removed } = kernel.machine.iommufd;
  if (removed === before) return reply;
  // The runner filled the ids of what was gone with other objects, so that none was used again.
  kernel.fillIds();
  kernel.variables.keepObjects((object) => objects.has(object));
  return reply;
}
