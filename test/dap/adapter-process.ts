import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DebugClient } from "@vscode/debugadapter-testsupport";
import type { DebugProtocol } from "@vscode/debugprotocol";

/** A client of a debug adapter that runs as a process, with one file to debug. A new one for each test. */
export class AdapterProcess {
  folder = "";
  program = "";
  client = new DebugClient("", "", "");
  isLeft = false;

  /** Starts the first scenario, and waits until it stands still. */
  async launch(
    more: object = {},
    configure: () => Promise<unknown> = async () => undefined,
  ): Promise<DebugProtocol.StoppedEvent> {
    const { client, program } = this;
    await client.initializeRequest();
    const stopped = client.waitForEvent("stopped");
    await this.begin({ program, scenario: "first", ...more }, configure);
    return (await stopped) as DebugProtocol.StoppedEvent;
  }

  /** Launches after `initialize`, as a client does it. */
  async begin(launch: object, configure: () => Promise<unknown> = async () => undefined): Promise<void> {
    const { client } = this;
    const initialized = client.waitForEvent("initialized");
    const launched = client.launchRequest(launch as never);
    await Promise.race([initialized, launched]);
    await configure();
    await client.configurationDoneRequest();
    await launched;
  }

  /** Makes a movement, and tells where it ended: reason, line and name of the innermost frame. */
  async where(move?: () => Promise<unknown>): Promise<string> {
    if (!move) return this.top();
    const stopped = this.client.waitForEvent("stopped") as Promise<DebugProtocol.StoppedEvent>;
    await move();
    const { reason, description } = (await stopped).body;
    return `${reason}${description ? ` (${description})` : ""} ${await this.top()}`;
  }

  /** Line and name of the innermost frame. */
  async top(threadId = 1): Promise<string> {
    const { line, name } = await this.frame(threadId);
    return `${line} ${name}`;
  }

  async frame(threadId = 1): Promise<DebugProtocol.StackFrame> {
    const { stackFrames } = (await this.client.stackTraceRequest({ threadId })).body;
    const [frame] = stackFrames;
    if (!frame) throw new Error(`Thread ${threadId} has no frame.`);
    return frame;
  }

  /** Reference of the values of a scope. */
  async scopeReference(name: string, threadId = 1): Promise<number> {
    const { id } = await this.frame(threadId);
    const { scopes } = (await this.client.scopesRequest({ frameId: id })).body;
    return scopes.find((each) => each.name === name)?.variablesReference ?? 0;
  }

  async scope(name: string): Promise<DebugProtocol.Variable[]> {
    return this.inside(await this.scopeReference(name));
  }

  async inside(variablesReference: number): Promise<DebugProtocol.Variable[]> {
    return (await this.client.variablesRequest({ variablesReference })).body.variables;
  }

  /** The body of the answer to a request for which the test client has no method. */
  async ask<T>(command: string, asked: object): Promise<T> {
    return (await this.client.customRequest(command, asked)).body as T;
  }

  /** Leaves the adapter: it has to answer, and ends. */
  async leave(): Promise<void> {
    const { client } = this;
    if (this.isLeft) return;
    this.isLeft = true;
    await client.disconnectRequest({});
  }

  /** Writes a file beside the program. @returns its path */
  write(name: string, text: string): string {
    const path = join(this.folder, name);
    writeFileSync(path, text);
    return path;
  }
}

/** An adapter for the tests of a suite. @param lines of the file `test.ioasid` */
export function useAdapter(lines: readonly string[]): AdapterProcess {
  const adapter = new AdapterProcess();
  before(() => {
    adapter.folder = mkdtempSync(join(tmpdir(), "ioasid-dap-"));
  });
  after(() => rmSync(adapter.folder, { recursive: true }));
  beforeEach(async () => {
    adapter.program = adapter.write("test.ioasid", `${lines.join("\n")}\n`);
    adapter.client = new DebugClient(process.execPath, "dist/ioasid-debug-adapter.cjs", "ioasid");
    adapter.client.defaultTimeout = 20_000;
    adapter.isLeft = false;
    await adapter.client.start();
  });
  afterEach(() => adapter.leave());
  return adapter;
}
