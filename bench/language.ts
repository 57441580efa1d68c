import { Bench } from "tinybench";
import { compile, format, runToEnd } from "../engine/language/index.js";
import { parse } from "../engine/language/syntax/index.js";
import { generatedFile } from "./generated.js";
import type { Measurement } from "./table.js";

const MILLISECONDS = 1e6;
const SIZES = [
  { lines: 1_000, size: "1k lines", parse: 3, check: 10, layout: 6 },
  { lines: 10_000, size: "10k lines", parse: 30, check: 100, layout: 60 },
  { lines: 100_000, size: "100k lines", parse: 300, check: 1000, layout: 600 },
];
/** The start state and the checks that no single call shows, and nothing after them. */
const NO_SCENARIO = { scenarios: new Set<string>() };
const HOST = { read: () => ({ error: "no file" }), resolve: () => ({ error: "no file" }) };

/** From text to a checked program, and with its start state run: what happens at each key in an editor. */
export async function languageBenchmarks(): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (const { lines, size, parse: parseBudget, check: checkBudget, layout } of SIZES) {
    const text = generatedFile(lines);
    const host = { ...HOST, read: () => text };
    const bench = new Bench({ time: 1000, iterations: 5, warmupTime: 200, warmupIterations: 2 });
    bench.add("parse", () => void parse(text));
    bench.add("format", () => void format(text));
    bench.add("compile", () => void compile("bench.ioasid", host));
    bench.add("check", () => void runToEnd(compile("bench.ioasid", host), NO_SCENARIO));
    bench.add("run", () => void runToEnd(compile("bench.ioasid", host)));
    await bench.run();
    const budgets = {
      parse: undefined,
      format: layout,
      compile: parseBudget,
      check: checkBudget,
      run: undefined,
    };
    const names = {
      parse: "parse",
      format: "format",
      compile: "parse, names, lowering",
      check: "check with start state",
      run: "check and run all",
    };
    for (const key of ["parse", "format", "compile", "check", "run"] as const) {
      const result = bench.getTask(key)?.result;
      if (!result || !("latency" in result)) continue;
      const budget = budgets[key];
      measurements.push({
        name: names[key],
        size,
        nanoseconds: result.latency.p50 * MILLISECONDS,
        ...(budget !== undefined && { budget: budget * MILLISECONDS }),
      });
    }
  }
  return measurements;
}
