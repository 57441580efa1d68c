import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Diagnostic, DiagnosticSeverity, type Position } from "vscode-languageserver-protocol/node";
import { generatedFile } from "../generated.js";
import type { Measurement } from "../table.js";
import { MeasuredServer, type Subject } from "./server.js";
import { YAML_SCHEMA, yamlFile } from "./yaml-file.js";

const ROUNDS = 15;
const MILLISECONDS = 1e6;

const OURS: Subject = {
  name: "ioasid",
  command: ["dist/ioasid-language-server.cjs", "--stdio"],
  language: "ioasid",
  uri: "file:///bench/big.ioasid",
  debounce: 30,
};

const SCHEMA = join(tmpdir(), "ioasid-bench-schema.json");

const PEER: Subject = {
  name: "yaml-language-server",
  command: ["node_modules/yaml-language-server/bin/yaml-language-server", "--stdio"],
  language: "yaml",
  uri: "file:///bench/big.yaml",
  // It validates this long after a change when no other comes.
  debounce: 200,
  configuration: (section) =>
    section === "yaml"
      ? {
          validate: true,
          completion: true,
          hover: true,
          schemas: { [pathToFileURL(SCHEMA).toString()]: "*.yaml" },
          schemaStore: { enable: false },
          maxItemsComputed: 5000,
        }
      : undefined,
};

/** A word in the middle of a file, what is written for it, and whether the findings tell that it is wrong. */
interface Slip {
  readonly line: RegExp;
  readonly right: string;
  readonly wrong: string;
}

/** A mistake that the text alone shows, and one that only a run of the scenarios shows. */
const IN_TEXT: Slip = { line: /^ {2}pte /, right: " rw ", wrong: " xx " };
const IN_RUN: Slip = { line: /^ {2}dma .*wire 7$/, right: "wire 7", wrong: "wire 8" };
const IN_YAML: Slip = { line: /- { at/, right: " rw ", wrong: " xx " };

/** What a person waits for in an editor, beside a server of another language on a file of equal length. */
export async function editorBenchmarks(): Promise<Measurement[]> {
  writeFileSync(SCHEMA, JSON.stringify(YAML_SCHEMA));
  const ours = await measure(OURS, generatedFile(10_000), IN_TEXT, IN_RUN);
  const peer = await measure(PEER, yamlFile(10_000), IN_YAML);
  const huge = await measure(OURS, generatedFile(100_000), IN_TEXT, IN_RUN);
  for (const [{ name }, { memory }] of [
    [OURS, ours],
    [PEER, peer],
  ] as const) {
    const megabytes = memory === undefined ? "unknown" : `${Math.round(memory / 1e6)} MB`;
    process.stdout.write(`Peak memory of ${name} with 10k lines: ${megabytes}\n`);
  }
  return [...rows("10k lines", ours, BUDGETS, peer), ...rows("100k lines", huge, { findings: 300 })];
}

function rows(size: string, ours: Times, budgets: Partial<Times>, peer: Partial<Times> = {}): Measurement[] {
  return (Object.keys(NAMES) as (keyof typeof NAMES)[]).flatMap((key) => {
    const [time, budget, other] = [ours[key], budgets[key], peer[key]];
    if (time === undefined) return [];
    return [
      {
        name: NAMES[key],
        size,
        nanoseconds: time * MILLISECONDS,
        ...(budget !== undefined && { budget: budget * MILLISECONDS }),
        ...(other !== undefined && { peer: { name: PEER.name, nanoseconds: other * MILLISECONDS } }),
      },
    ];
  });
}

/** Median milliseconds, and bytes. */
interface Times {
  readonly findings: number | undefined;
  readonly runFindings: number | undefined;
  readonly completion: number | undefined;
  readonly hover: number | undefined;
  readonly inlayHint: number | undefined;
  readonly memory: number | undefined;
}

const NAMES = {
  findings: "edit to findings of the text",
  runFindings: "edit to findings of the run",
  completion: "completion right after an edit",
  hover: "hover",
  inlayHint: "inlay hints of 60 lines after a run",
} as const;

const BUDGETS = { findings: 30, completion: 20, hover: 20, inlayHint: 10 };

async function measure(subject: Subject, text: string, inText: Slip, inRun?: Slip): Promise<Times> {
  const server = await MeasuredServer.start(subject);
  try {
    await server.open(text);
    const findings = await flips(server, text, inText);
    const runFindings = inRun && (await flips(server, text, inRun));
    const { line } = placeOf(text, inText);
    const asked: Record<"completion" | "hover" | "inlayHint", (number | undefined)[]> = {
      completion: [],
      hover: [],
      inlayHint: [],
    };
    const position = { line, character: 3 };
    const range = { start: { line: line - 30, character: 0 }, end: { line: line + 30, character: 0 } };
    for (let round = 0; round < ROUNDS; round += 1) {
      const edited = server.edit({ start: position, end: position }, "", () => true);
      asked.completion.push(await server.time("completion", { position }));
      await edited;
      asked.hover.push(await server.time("hover", { position }));
      // The first answer waits for the run, the second is what scrolling costs.
      await server.time("inlayHint", { range });
      asked.inlayHint.push(await server.time("inlayHint", { range }));
    }
    return {
      findings: median(findings),
      runFindings: runFindings && median(runFindings),
      completion: median(asked.completion),
      hover: median(asked.hover),
      inlayHint: median(asked.inlayHint),
      memory: server.peakMemory(),
    };
  } finally {
    server.stop();
  }
}

/** Makes a slip and takes it back, again and again. @returns milliseconds until each is told, or gone */
async function flips(server: MeasuredServer, text: string, slip: Slip): Promise<number[]> {
  const { line, character } = placeOf(text, slip);
  const spanOf = (word: string) => ({
    start: { line, character },
    end: { line, character: character + word.length },
  });
  const times: number[] = [];
  const isTold = (findings: readonly Diagnostic[]) =>
    findings.some(
      ({ severity, range }) => severity === DiagnosticSeverity.Error && range.start.line === line,
    );
  for (let round = 0; round < ROUNDS; round += 1) {
    times.push(await server.edit(spanOf(slip.right), slip.wrong, isTold));
    times.push(await server.edit(spanOf(slip.wrong), slip.right, (findings) => !isTold(findings)));
  }
  return times;
}

/** The place of a slip in the middle of a file. */
function placeOf(text: string, { line: pattern, right }: Slip): Position {
  const lines = text.split("\n");
  const found = lines.flatMap((line, at) => (pattern.test(line) ? [at] : []));
  const line = found[found.length >> 1] ?? 0;
  return { line, character: (lines[line] ?? "").lastIndexOf(right) };
}

function median(measured: readonly (number | undefined)[]): number | undefined {
  const numbers = measured.filter((each) => each !== undefined);
  return numbers.sort((a, b) => a - b)[numbers.length >> 1];
}
