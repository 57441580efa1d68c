import * as vscode from "vscode";
import { DEBUG_TYPE } from "../debugging/configuration.js";

/** A scenario under the debugger, and the frame of its stack that is looked at. */
export interface Selected {
  readonly session: vscode.DebugSession;
  readonly threadId: number;
  /** `undefined` while it runs. */
  readonly frameId: number | undefined;
}

/** The scenario that the Run and Debug side bar has selected. */
export class SelectedThread implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly listening: vscode.Disposable;
  private selected: Selected | undefined;

  /** Fires when another one is selected, and when the selected one stands somewhere else. */
  readonly onDidChange = this.changed.event;

  constructor() {
    const { debug } = vscode;
    this.selected = selectedIn(debug.activeStackItem);
    this.listening = vscode.Disposable.from(
      debug.onDidChangeActiveStackItem((item) => {
        const selected = selectedIn(item);
        // While it runs, what was there to see at its last stop stays.
        if (selected && selected.frameId === undefined) return;
        if (selected || debug.activeDebugSession !== this.selected?.session) this.select(selected);
      }),
      debug.onDidTerminateDebugSession((session) => {
        if (session === this.selected?.session) this.select(undefined);
      }),
    );
  }

  /** `undefined` while no scenario is debugged. */
  get now(): Selected | undefined {
    return this.selected;
  }

  dispose(): void {
    this.listening.dispose();
    this.changed.dispose();
  }

  private select(selected: Selected | undefined): void {
    if (!selected && !this.selected) return;
    this.selected = selected;
    this.changed.fire();
  }
}

function selectedIn(item: vscode.DebugThread | vscode.DebugStackFrame | undefined): Selected | undefined {
  if (item?.session.type !== DEBUG_TYPE) return undefined;
  const { session, threadId } = item;
  return { session, threadId, frameId: "frameId" in item ? item.frameId : undefined };
}
