import type { Page } from "playwright-core";
import { eventually } from "../harness/eventually.js";
import { Tree } from "./tree.js";

/** What the icon of a test says. */
export type TestState = "unset" | "queued" | "running" | "passed" | "failed" | "errored" | "skipped";

const RESULTS: readonly TestState[] = ["passed", "failed", "errored", "skipped"];

/** The test explorer, once it is shown. A test is named as a row of a {@link Tree} is. */
export class TestExplorer {
  readonly tree: Tree;

  constructor(page: Page) {
    this.tree = new Tree(page.locator(".test-explorer .test-explorer-tree"), "the test explorer");
  }

  /** What its icon says about a test. */
  async state(...path: readonly string[]): Promise<TestState> {
    const { icons } = await this.tree.row(...path);
    const [state] = icons.flatMap((name) => /^testing-(\w+)-icon$/.exec(name)?.slice(1) ?? []);
    return (state ?? "unset") as TestState;
  }

  /** Runs a test by the button on its row, and waits for what comes of it. */
  async run(...path: readonly string[]): Promise<TestState> {
    await this.tree.clickAction("Run Test", ...path);
    return this.waitForResult(...path);
  }

  /** Debugs a test by the button on its row. It does not wait: the debugger may stop. */
  debug(...path: readonly string[]): Promise<void> {
    return this.tree.clickAction("Debug Test", ...path);
  }

  /** Waits until a test has a result. */
  waitForResult(...path: readonly string[]): Promise<TestState> {
    return eventually(
      `result of the test ${path.join(" › ")}`,
      () => this.state(...path),
      (state) => RESULTS.includes(state),
    );
  }
}
