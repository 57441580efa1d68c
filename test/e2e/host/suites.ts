import type { Runnable, Runner } from "mocha";
import type { HostReport, HostTest } from "./report.js";

/**
 * Runs suites and tells what came of each test.
 *
 * @param files compiled suites, by absolute path
 */
export async function runSuites(files: readonly string[]): Promise<HostReport> {
  const { default: Mocha } = await import("mocha");
  const mocha = new Mocha({ ui: "bdd", timeout: 20_000, reporter: SilentReporter });
  for (const file of files) mocha.addFile(file);
  mocha.loadFiles();

  const report: HostTest[] = [];
  await new Promise<void>((resolve) => {
    mocha
      .run(() => resolve())
      .on("pass", (test) => report.push(entry(test, "passed")))
      .on("pending", (test) => report.push(entry(test, "pending")))
      .on("fail", (test, error) => report.push({ ...entry(test, "failed"), error: error.stack ?? String(error) }));
  });
  return report;
}

function entry(test: Runnable, state: HostTest["state"]): HostTest {
  return { titles: test.titlePath(), state, durationMs: test.duration ?? 0 };
}

/** Nobody reads what the extension host prints; the report says it all. */
class SilentReporter {
  constructor(readonly runner: Runner) {}
}
