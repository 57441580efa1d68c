import { EXIT } from "../commands.js";
import { write } from "../output.js";
import { readCorpus, type Sequence } from "./corpus.js";
import { allAgree, describe, summarize } from "./summary.js";

/** `ioasid conform FILE…`: replays recorded answers of a real kernel (docs/fidelity.md). */
export interface ConformCommand {
  readonly kind: "conform";
  readonly files: readonly string[];
}

/** @returns 0 when every answer agrees, 1 when one differs, 2 for a file that is no corpus */
export async function conform({ files }: ConformCommand): Promise<number> {
  const sequences: Sequence[] = [];
  for (const file of files) {
    try {
      sequences.push(...readCorpus(file));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      process.stderr.write(`ioasid: ${file} is no corpus file: ${reason}\n`);
      return EXIT.usage;
    }
  }
  const families = summarize(sequences);
  await write(process.stdout, describe(families));
  return allAgree(families) ? EXIT.good : EXIT.bad;
}
