/** What came of a test inside the extension host. */
export interface HostTest {
  /** Absolute path of the compiled suite. */
  readonly file: string;
  /** The titles of its suites and its own. */
  readonly titles: readonly string[];
  readonly state: "passed" | "failed" | "pending";
  readonly durationMs: number;
  /** With its stack, of a test that failed. */
  readonly error?: string;
}

/** What came of a run: its tests, and the hooks that failed, in the order in which they ended. */
export type HostReport = readonly HostTest[];
