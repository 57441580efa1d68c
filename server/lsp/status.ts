import { type Connection, DiagnosticSeverity } from "vscode-languageserver";
import { STATUS, type Status } from "../protocol/index.js";
import type { Checker } from "./checker.js";
import type { Environment } from "./environment.js";
import { withoutAnswer } from "./quietly.js";

/** More often than this nobody reads a status bar. */
const SHORTEST_MILLISECONDS = 100;

/** Tells the client what the server does and what it has found, a few times a second at most. */
export class StatusReport {
  private cancel: (() => void) | undefined;
  private told = "";

  constructor(
    private readonly connection: Connection,
    private readonly environment: Environment,
    private readonly checker: Checker,
    private readonly isSimulating: () => boolean,
  ) {}

  /** Something may be different now. */
  changed(): void {
    this.cancel ??= this.environment.after(SHORTEST_MILLISECONDS, () => {
      this.cancel = undefined;
      this.tell();
    });
  }

  stop(): void {
    this.cancel?.();
  }

  private tell(): void {
    const status = this.status();
    const content = JSON.stringify(status);
    if (content === this.told) return;
    this.told = content;
    withoutAnswer(this.connection.sendNotification(STATUS, status));
  }

  private status(): Status {
    let [errors, warnings] = [0, 0];
    for (const uri of this.checker.files) {
      for (const { severity } of this.checker.findingsIn(uri)) {
        if (severity === DiagnosticSeverity.Error) errors += 1;
        if (severity === DiagnosticSeverity.Warning) warnings += 1;
      }
    }
    const state = this.isSimulating() ? "simulating" : "idle";
    return { state, errors, warnings, failedScenarios: this.checker.failedScenarios() };
  }
}
