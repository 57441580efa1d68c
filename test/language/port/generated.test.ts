import assert from "node:assert/strict";
import fc from "fast-check";
import { type Host, type PortTarget, port } from "../../../engine/language/index.js";
import { files, runOf } from "./generate.js";
import { type Pair, pairs, seen } from "./requests.js";

const CASES = [
  { version: "v1", to: "iommufd" },
  { version: "v2", to: "iommufd" },
  { version: "v1", to: "rfc-v2" },
] as const;

function hostOf(text: string): Host {
  return { read: () => text, resolve: (_from, target) => target };
}

/** Ports a file and holds the result against it. */
function compare(text: string, to: PortTarget): Pair[] {
  const original = runOf(text);
  const ported = port("it.ioasid", hostOf(text), to);
  assert.ok(ported.kind === "ported", "reason" in ported ? ported.reason : "");
  const result = runOf(ported.text);
  const errors = result.diagnostics.filter(({ severity }) => severity === "error");
  assert.deepEqual(
    errors.map(({ code, message }) => `${code} ${message}\n${ported.text}`),
    [],
  );
  const found = pairs(original, result);
  for (const { statement, original: before, ported: after } of found) {
    const { span } = before.step;
    if (!after) {
      const isTold = ported.findings.some(({ start }) => start === span.start);
      assert.ok(isTold, `${statement} is lost without a finding`);
      continue;
    }
    const hasMoved = text.slice(0, span.start).split("scenario").at(-1)!.includes("migrate vm0");
    assert.equal(
      seen(result.program, after.outcome!, !hasMoved),
      seen(original.program, before.outcome!, !hasMoved),
      `${statement}\n${text}\n${ported.text}`,
    );
  }
  return found;
}

describe("any file of the RFC", () => {
  for (const { version, to } of CASES) {
    it(`of ${version} comes to the same behind ${to}, and states what it comes to`, () => {
      let kept = 0;
      let lost = 0;
      fc.assert(
        fc.property(files(version), (text) => {
          for (const { ported } of compare(text, to)) {
            if (ported) kept += 1;
            else lost += 1;
          }
        }),
        { numRuns: 150, seed: 7 },
      );
      assert.ok(kept > 4 * lost, `${kept} requests were kept and ${lost} were lost`);
    });
  }
});
