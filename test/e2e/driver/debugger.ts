import type { Page } from "playwright-core";
import { eventually } from "../harness/eventually.js";
import { Tree } from "./tree.js";

/** What a person can do to a program that has stopped, as the buttons are named. */
export type DebugButton =
  | "Continue"
  | "Step Over"
  | "Step Into"
  | "Step Out"
  | "Step Back"
  | "Reverse"
  | "Restart"
  | "Stop";

/** A row of the call stack. */
export interface StackFrame {
  readonly name: string;
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** The debugger of a window. */
export class Debugger {
  readonly variables: Tree;

  constructor(private readonly page: Page) {
    this.variables = new Tree(page.locator(".debug-variables"), "the variables");
  }

  /** Starts to debug the file whose editor has the focus, as F5 does. */
  async start(): Promise<void> {
    await this.page.keyboard.press("F5");
    await this.page.locator(".debug-toolbar").waitFor();
  }

  async press(button: DebugButton): Promise<void> {
    await this.page.locator(`.debug-toolbar .action-label[aria-label^="${button}"]`).click();
  }

  /** The frames in sight, from the innermost. */
  async callStack(): Promise<StackFrame[]> {
    return this.page.locator(".debug-call-stack .stack-frame").evaluateAll((frames) =>
      frames.map((frame) => ({
        name: frame.querySelector(".label")?.textContent ?? "",
        file: frame.querySelector(".file-name")?.textContent ?? "",
        line: Number.parseInt(frame.querySelector(".line-number")?.textContent ?? "", 10),
      })),
    );
  }

  /** Waits until the program has stopped in a line. @param line from 1 */
  async waitForStop(line: number): Promise<StackFrame> {
    const frames = await eventually(
      `stop in line ${line}`,
      () => this.callStack(),
      ([innermost]) => innermost?.line === line,
    );
    return frames[0]!;
  }

  /** The value of a variable. @param path its scope, the names of what it is in, and its own */
  async variable(...path: readonly string[]): Promise<string> {
    for (let depth = 1; depth < path.length; depth++) await this.variables.expand(...path.slice(0, depth));
    return (await this.variables.row(...path)).description;
  }

  /** Waits until nothing is debugged any more. */
  async waitForEnd(): Promise<void> {
    await this.page.locator(".debug-toolbar").waitFor({ state: "hidden" });
  }
}
