import assert from "node:assert/strict";
import { join } from "node:path";
import { readCorpus } from "../../cli/conform/corpus.js";
import { describe as describeSummary, summarize } from "../../cli/conform/summary.js";

const CORPUS = "test/conformance/corpus";

/** The families of the corpus, and how many sequences each has. */
const FAMILIES = { A: 300, B: 300, C: 225, D: 300, E: 175, F: 175 } as const;

describe("the answers of a real kernel to sequences of iommufd calls", () => {
  for (const [family, count] of Object.entries(FAMILIES)) {
    it(`are given to all ${count} sequences of family ${family}`, () => {
      const families = summarize(readCorpus(join(CORPUS, `${family}.jsonl.gz`)));
      const [summary] = families;
      assert.equal(summary?.sequences, count);
      assert.equal(summary.agreeingSequences, count, describeSummary(families));
    });
  }
});
