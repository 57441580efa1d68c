import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import {
  compile,
  formatted,
  type Host,
  type Ported,
  type PortTarget,
  port,
  type RunResult,
  runToEnd,
} from "../../../engine/language/index.js";
import { portText } from "../../../engine/report/index.js";
import { root, runFile } from "../../helpers/marks.js";
import { assertStored } from "../../report/stored.js";
import { pairs, seen } from "./requests.js";

const folder = `${root}/examples`;
const host: Host = {
  read: (path) => readFileSync(path, "utf8"),
  resolve: (from, target) => resolve(dirname(from), target),
};

/** Requests that have no counterpart, by the file; all others must come to what they came to before. */
const LOST: Readonly<Record<string, RegExp>> = {
  "rfc-5-4-hardware-nesting.ioasid": /^dma dev2 read 0x2000 => fault$/,
};

/** Those that go through the CPU's translation, which KVM has not. */
const THROUGH_KVM = /^enqcmds? /;

function run(path: string, text: string): RunResult {
  return runToEnd(
    compile(path, { read: (name) => (name === path ? text : host.read(name)), resolve: host.resolve }),
  );
}

function portedTo(path: string, to: PortTarget): Extract<Ported, { kind: "ported" }> {
  const ported = port(path, host, to);
  assert.ok(ported.kind === "ported", "reason" in ported ? ported.reason : "");
  return ported;
}

describe("the examples behind another interface", () => {
  for (const to of ["iommufd", "rfc-v2"] as const) {
    for (const name of readdirSync(folder).filter((each) => each.endsWith(".ioasid"))) {
      const path = `${folder}/${name}`;
      const original = runFile(path);
      const { uapi } = original.program.platform;
      if (uapi === "iommufd" || (to === "rfc-v2" && uapi === "v2")) continue;

      describe(`${name} for ${to}`, () => {
        const { text, findings } = portedTo(path, to);
        const result = run(path, text);

        it("reads as it is stored", () => {
          const told = portText(findings.map((each) => ({ ...each, file: relative(root, each.file) })));
          const stored = `${root}/test/language/port/ported/${name.replace(".ioasid", "")}.${to}`;
          assertStored(`${stored}.ioasid`, text);
          assertStored(`${stored}.txt`, told);
        });

        it("runs as it states, without an error", () => {
          assert.deepEqual(
            result.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message),
            [],
          );
          assert.equal(result.incomplete, false);
          assert.ok(result.scenarios.every(({ passed }) => passed));
          assert.equal(result.scenarios.length, original.scenarios.length);
        });

        it("raises no warning that its origin does not", () => {
          const warnings = ({ diagnostics }: RunResult) =>
            diagnostics.filter(({ severity }) => severity === "warning").map(({ code }) => code);
          const known = warnings(original);
          for (const code of warnings(result)) assert.ok(known.includes(code), code);
        });

        it("has the same come of every request", () => {
          for (const { statement, original: before, ported: after } of pairs(original, result)) {
            if (after) {
              const moved = name === "migration.ioasid";
              assert.equal(
                seen(result.program, after.outcome!, !moved),
                seen(original.program, before.outcome!, !moved),
                statement,
              );
            } else if (to !== "iommufd" || !THROUGH_KVM.test(statement)) {
              assert.match(statement, LOST[name] ?? /^$/);
            }
          }
        });

        it("is laid out, and nothing is left to port", () => {
          assert.equal(formatted(text).text, text);
          const again = port("again.ioasid", { read: () => text, resolve: (_from, target) => target }, to);
          assert.equal(again.kind, "refused");
        });
      });
    }
  }

  it("finds every lost statement at its place in the original", () => {
    const path = `${folder}/migration.ioasid`;
    for (const { file, start, end, line } of portedTo(path, "iommufd").findings) {
      const text = readFileSync(file, "utf8");
      assert.match(text.slice(start, end), /^(kvm|assert|enqcmd|dma)\b/);
      assert.equal(text.slice(0, start).split("\n").length, line);
    }
  });
});
