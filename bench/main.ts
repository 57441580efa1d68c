import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { addressBenchmarks } from "./address.js";
import { debuggerBenchmarks } from "./debugger.js";
import { editorBenchmarks } from "./editor/main.js";
import { iommufdBenchmarks } from "./iommufd.js";
import { languageBenchmarks } from "./language.js";
import { simulatorBenchmarks } from "./simulator.js";
import { benchTable, type Measurement } from "./table.js";
import { topologyBenchmarks } from "./topology.js";

/** Each part runs alone, so that one part's garbage is not another's time. */
const PARTS: readonly (() => Promise<readonly Measurement[]>)[] = [
  addressBenchmarks,
  simulatorBenchmarks,
  iommufdBenchmarks,
  languageBenchmarks,
  debuggerBenchmarks,
  topologyBenchmarks,
  editorBenchmarks,
];

const measurements: Measurement[] = [];
for (const part of PARTS) {
  globalThis.gc?.();
  measurements.push(...(await part()));
}
const machine = { node: process.version, cpu: cpus()[0]?.model ?? "", cpus: cpus().length };
process.stdout.write(`Node ${machine.node}, ${machine.cpus} × ${machine.cpu}; medians\n\n`);
process.stdout.write(benchTable(measurements));
writeFileSync("dist/bench.json", `${JSON.stringify({ version: 1, machine, measurements }, undefined, 2)}\n`);
process.stdout.write("\nThe same numbers are in dist/bench.json.\n");
