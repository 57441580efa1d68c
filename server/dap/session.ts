import { DebugSession, InitializedEvent } from "@vscode/debugadapter";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { CAPABILITIES } from "./capabilities.js";
import { Debuggee } from "./debuggee.js";
import type { LaunchArguments } from "./launch.js";
import type { ProgramSource } from "./program-source.js";
import { HANDLERS, type Handler, isRefusal } from "./requests/index.js";

/** The debug adapter: starts and ends a session, and hands every other request to its handler. */
export class IoasidDebugSession extends DebugSession {
  private readonly debuggee: Debuggee;
  private configured: (() => void) | undefined;

  /**
   * @param source where programs come from
   * @param nextTurn lets messages that have arrived be handled before it goes on
   */
  constructor(source: ProgramSource, nextTurn: () => Promise<void>) {
    super();
    this.debuggee = new Debuggee(source, nextTurn, (event) => this.sendEvent(event));
  }

  protected override dispatchRequest(request: DebugProtocol.Request): void {
    const handler = HANDLERS.get(request.command);
    if (handler) void this.answer(request, handler);
    else super.dispatchRequest(request);
  }

  protected override initializeRequest(
    response: DebugProtocol.InitializeResponse,
    { linesStartAt1, columnsStartAt1, supportsProgressReporting }: DebugProtocol.InitializeRequestArguments,
  ): void {
    this.debuggee.running.tellsProgress = supportsProgressReporting ?? false;
    this.debuggee.counting = {
      line: linesStartAt1 === false ? 0 : 1,
      column: columnsStartAt1 === false ? 0 : 1,
    };
    response.body = CAPABILITIES;
    this.sendResponse(response);
  }

  protected override async launchRequest(
    response: DebugProtocol.LaunchResponse,
    launch: LaunchArguments,
  ): Promise<void> {
    this.debuggee.arguments = launch;
    const problem = await this.debuggee.load();
    if (problem !== undefined) {
      this.refuse(response, problem);
      return;
    }
    const configured = new Promise<void>((resolve) => {
      this.configured = resolve;
    });
    this.sendEvent(new InitializedEvent());
    await configured;
    this.sendResponse(response);
    this.debuggee.begin();
  }

  protected override configurationDoneRequest(response: DebugProtocol.ConfigurationDoneResponse): void {
    this.sendResponse(response);
    this.configured?.();
  }

  protected override async restartRequest(response: DebugProtocol.RestartResponse): Promise<void> {
    const problem = await this.debuggee.load();
    if (problem !== undefined) {
      this.refuse(response, problem);
      return;
    }
    this.sendResponse(response);
    this.debuggee.begin();
  }

  protected override disconnectRequest(
    response: DebugProtocol.DisconnectResponse,
    asked: DebugProtocol.DisconnectArguments,
  ): void {
    this.debuggee.running.abandon();
    super.disconnectRequest(response, asked);
  }

  private async answer(request: DebugProtocol.Request, handler: Handler): Promise<void> {
    const { seq, command } = request;
    const response: DebugProtocol.Response = {
      seq: 0,
      type: "response",
      request_seq: seq,
      command,
      success: true,
    };
    const { body, after } = await handler(this.debuggee, (request.arguments ?? {}) as never);
    if (body && isRefusal(body)) this.refuse(response, body.refused);
    else this.sendResponse(body ? { ...response, body } : response);
    // What follows from a movement is told after its answer, as clients expect it.
    after?.();
  }

  private refuse(response: DebugProtocol.Response, problem: string): void {
    this.sendErrorResponse(response, {
      id: 1,
      // The underscore says that the text is for the client too, not only for the log.
      format: "{_problem}",
      variables: { _problem: problem },
      showUser: true,
    });
  }
}
