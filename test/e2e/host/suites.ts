import type { Runnable } from "mocha";
import type { HostReport, HostTest } from "./report.js";

/**
 * Runs suites and tells what came of each test.
 *
 * @param files compiled suites, by absolute path
 * @throws when one of them cannot be loaded
 */
export async function runSuites(files: readonly string[]): Promise<HostReport> {
  const { default: Mocha } = await import("mocha");
  // The plain reporter prints nothing; the report says it all.
  const mocha = new Mocha({ ui: "bdd", timeout: 20_000, reporter: Mocha.reporters.Base });
  for (const file of files) mocha.addFile(file);

  const report: HostTest[] = [];
  await new Promise<void>((resolve) => {
    mocha
      .run(() => resolve())
      .on("pass", (test) => report.push(entry(test, "passed")))
      .on("pending", (test) => report.push(entry(test, "pending")))
      .on("fail", (test, error: Error) =>
        report.push({ ...entry(test, "failed"), error: error.stack ?? error.message }),
      );
  });
  return report;
}

function entry(test: Runnable, state: HostTest["state"]): HostTest {
  return { file: test.file ?? "", titles: test.titlePath(), state, durationMs: test.duration ?? 0 };
}
