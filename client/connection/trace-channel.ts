import * as vscode from "vscode";

const SETTING = "ioasid.trace.server";

/**
 * A channel for the messages between editor and server that listens to the setting `ioasid.trace.server`
 * alone: the library's own writes only when, besides, the level of the channel is set to "Trace" by hand.
 */
export class TraceChannel implements vscode.LogOutputChannel {
  private readonly levelChanged = new vscode.EventEmitter<vscode.LogLevel>();
  private readonly listening: vscode.Disposable;
  private channel: vscode.OutputChannel | undefined;
  readonly onDidChangeLogLevel = this.levelChanged.event;
  readonly name = "IOASID Trace";

  constructor() {
    this.listening = vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(SETTING)) this.levelChanged.fire(this.logLevel);
    });
  }

  get logLevel(): vscode.LogLevel {
    const level = vscode.workspace.getConfiguration().get(SETTING);
    return level === "messages" || level === "verbose" ? vscode.LogLevel.Trace : vscode.LogLevel.Off;
  }

  trace(message: string): void {
    this.appendLine(message);
  }
  debug(message: string): void {
    this.appendLine(message);
  }
  info(message: string): void {
    this.appendLine(message);
  }
  warn(message: string): void {
    this.appendLine(message);
  }
  error(error: string | Error): void {
    this.appendLine(String(error));
  }
  append(value: string): void {
    this.made().append(value);
  }
  appendLine(value: string): void {
    this.made().appendLine(value);
  }
  replace(value: string): void {
    this.made().replace(value);
  }
  clear(): void {
    this.channel?.clear();
  }
  show(): void {
    this.made().show(true);
  }
  hide(): void {
    this.channel?.hide();
  }
  dispose(): void {
    this.listening.dispose();
    this.levelChanged.dispose();
    this.channel?.dispose();
  }

  /** Nobody sees an empty channel that is never written to. */
  private made(): vscode.OutputChannel {
    this.channel ??= vscode.window.createOutputChannel(this.name);
    return this.channel;
  }
}
