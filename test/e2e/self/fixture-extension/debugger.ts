import { basename } from "node:path";
import * as vscode from "vscode";

interface Message {
  readonly seq: number;
  readonly type: string;
  readonly command: string;
  readonly arguments?: { readonly breakpoints?: readonly { readonly line: number }[] };
}

/** Stops at the first breakpoint and shows one variable. */
export class FixtureDebugger implements vscode.DebugAdapter {
  private readonly sent = new vscode.EventEmitter<vscode.DebugProtocolMessage>();
  readonly onDidSendMessage = this.sent.event;
  private line = 1;

  constructor(private readonly program: string) {}

  handleMessage(message: vscode.DebugProtocolMessage): void {
    const request = message as Message;
    const first = request.arguments?.breakpoints?.[0];
    if (first !== undefined) this.line = first.line;
    this.answer(request, this.bodyOf(request));
    if (request.command === "initialize") this.tell("initialized");
    if (request.command === "configurationDone") this.tell("stopped", { reason: "breakpoint", threadId: 1 });
    if (request.command === "next") {
      this.line += 1;
      this.tell("stopped", { reason: "step", threadId: 1 });
    }
    if (request.command === "continue" || request.command === "disconnect") this.tell("terminated");
  }

  dispose(): void {
    this.sent.dispose();
  }

  private bodyOf({ command, arguments: given }: Message): object {
    switch (command) {
      case "initialize":
        return { supportsConfigurationDoneRequest: true };
      case "setBreakpoints":
        return { breakpoints: given?.breakpoints?.map(({ line }) => ({ verified: true, line })) ?? [] };
      case "threads":
        return { threads: [{ id: 1, name: "the thread" }] };
      case "stackTrace": {
        const source = { name: basename(this.program), path: this.program };
        return {
          stackFrames: [{ id: 1, name: "the frame", source, line: this.line, column: 1 }],
          totalFrames: 1,
        };
      }
      case "scopes":
        return { scopes: [{ name: "Machine", variablesReference: 1, expensive: false }] };
      case "variables":
        return { variables: [{ name: "line", value: String(this.line), variablesReference: 0 }] };
      default:
        return {};
    }
  }

  private answer(request: Message, body: object): void {
    this.sent.fire({
      type: "response",
      request_seq: request.seq,
      command: request.command,
      success: true,
      body,
    });
  }

  private tell(event: string, body: object = {}): void {
    this.sent.fire({ type: "event", event, body });
  }
}
