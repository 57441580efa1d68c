import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DebugClient } from "@vscode/debugadapter-testsupport";
import type { DebugProtocol } from "@vscode/debugprotocol";

/** A debug adapter that stands still in the first scenario of a text, for tests of what it tells then. */
export class Running {
  private constructor(
    readonly client: DebugClient,
    private readonly folder: string,
  ) {}

  /** @param adapter path of the adapter's program */
  static async start(text: string, adapter = "dist/ioasid-debug-adapter.cjs"): Promise<Running> {
    const folder = mkdtempSync(join(tmpdir(), "ioasid-dap-"));
    const program = join(folder, "test.ioasid");
    writeFileSync(program, text);
    const client = new DebugClient(process.execPath, adapter, "ioasid");
    client.defaultTimeout = 20_000;
    await client.start();
    await client.initializeRequest();
    const initialized = client.waitForEvent("initialized");
    const stopped = client.waitForEvent("stopped");
    const launched = client.launchRequest({ program } as never);
    await initialized;
    await client.configurationDoneRequest();
    await launched;
    await stopped;
    return new Running(client, folder);
  }

  async stop(): Promise<void> {
    await this.client.stop();
    rmSync(this.folder, { recursive: true });
  }

  /** What a request of the adapter's own answers. @throws with its words when it refuses */
  async ask<P, R>(request: string, params: P): Promise<R> {
    return (await this.client.customRequest(request, params)).body as R;
  }

  /** Waits until a movement has ended. @returns name of the innermost frame then */
  async move(how: () => Promise<unknown>): Promise<string> {
    const stopped = this.client.waitForEvent("stopped");
    await how();
    await stopped;
    return (await this.frames())[0]?.name ?? "";
  }

  next(): Promise<string> {
    return this.move(() => this.client.nextRequest({ threadId: 1 }));
  }

  async frames(): Promise<readonly DebugProtocol.StackFrame[]> {
    return (await this.client.stackTraceRequest({ threadId: 1 })).body.stackFrames;
  }
}
