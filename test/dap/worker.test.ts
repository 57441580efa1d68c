import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { FromDebugWorker, ReadFileResult, ToDebugWorker } from "../../server/protocol/index.js";

const HOST = `iommu vtd { pasid-width 20 }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  bind nic
  ioasid gpa { map 0x0 + 1G -> ram }
  attach nic -> gpa
}
`;

const MAIN = `import "lib/the host.ioasid"
scenario "first" {
  dma nic read 0x1000
  dma nic pasid 7 read 0x1000
}
`;

const WORKSPACE = "vscode-vfs://github/some/where";

type Message = DebugProtocol.ProtocolMessage & {
  readonly request_seq?: number;
  readonly event?: string;
  readonly success?: boolean;
  readonly message?: string;
  readonly body?: unknown;
};

/** The debug adapter of the browser, in a world that has only what a worker has. */
class DebugWorker {
  readonly files = new Map<string, string>([
    [`${WORKSPACE}/lib/the%20host.ioasid`, HOST],
    [`${WORKSPACE}/main.ioasid`, MAIN],
  ]);
  private readonly heard: Message[] = [];
  private listeners: (() => void)[] = [];
  private readonly port: { onmessage?: (event: { data: ToDebugWorker }) => void } & Record<string, unknown>;
  private seq = 1;

  constructor() {
    const postMessage = (message: FromDebugWorker): void => {
      if (message.kind === "read")
        this.tell({ kind: "file", id: message.id, result: this.fileAt(message.uri) });
      else {
        // A copy, as messages between workers are.
        this.heard.push(structuredClone(message.message) as Message);
        for (const listener of this.listeners) listener();
      }
    };
    this.port = createContext({ postMessage, setTimeout, URL, btoa, atob, console });
    for (const bundle of ["dist/ioasid-engine.cjs", "dist/ioasid-debug-adapter.browser.js"]) {
      runInContext(readFileSync(bundle, "utf8"), this.port);
    }
  }

  /** @throws with the adapter's words when it refuses */
  async ask<T>(command: string, asked: object = {}): Promise<T> {
    const seq = this.seq++;
    this.tell({ kind: "message", message: { type: "request", seq, command, arguments: asked } });
    const answer = await this.hear(({ request_seq }) => request_seq === seq);
    if (!answer.success) throw new Error(JSON.stringify(answer));
    return answer.body as T;
  }

  /** The next event of a kind that was not heard yet. */
  async event(name: string): Promise<unknown> {
    return (await this.hear(({ event }) => event === name)).body;
  }

  async launch(more: object = {}): Promise<void> {
    await this.ask("initialize", { adapterID: "ioasid", pathFormat: "path" });
    const launched = this.ask("launch", { program: `${WORKSPACE}/main.ioasid`, root: WORKSPACE, ...more });
    await Promise.race([this.event("initialized"), launched]);
    await this.ask("configurationDone");
    await launched;
    await this.event("stopped");
  }

  tell(data: ToDebugWorker): void {
    // As a browser does: what is told is heard in a turn of its own.
    setTimeout(() => this.port.onmessage?.({ data }), 0);
  }

  private fileAt(uri: string): ReadFileResult {
    const text = this.files.get(uri);
    return text === undefined ? { error: `There is no file "${uri}".`, missing: true } : { text };
  }

  private async hear(isMeant: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const at = this.heard.findIndex(isMeant);
      if (at >= 0) return this.heard.splice(at, 1)[0]!;
      await new Promise<void>((resolve) => {
        this.listeners = [...this.listeners, resolve];
      });
    }
  }
}

const thread = { threadId: 1 };

describe("the debug adapter in a worker of a browser", () => {
  it("steps through a file that only the editor can read, and through what it imports", async () => {
    const worker = new DebugWorker();
    await worker.launch();
    const { stackFrames } = await worker.ask<{ stackFrames: DebugProtocol.StackFrame[] }>(
      "stackTrace",
      thread,
    );
    assert.equal(stackFrames[0]?.source?.path, `${WORKSPACE}/main.ioasid`);
    assert.equal(stackFrames[0]?.line, 3);
    await worker.ask("stepIn", thread);
    await worker.event("stopped");
    const inside = await worker.ask<{ stackFrames: DebugProtocol.StackFrame[] }>("stackTrace", thread);
    assert.equal(inside.stackFrames[0]?.source?.path, `${WORKSPACE}/lib/the%20host.ioasid`);
    const { result } = await worker.ask<{ result: string }>("evaluate", { expression: "outcome" });
    assert.equal(result, "ram[0x1000]");
  });

  it("stops at breakpoints, however the editor writes an address, and runs to the end", async () => {
    const worker = new DebugWorker();
    await worker.launch();
    const breakpoints = [{ line: 6 }];
    for (const path of [`${WORKSPACE}/lib/the host.ioasid`, `${WORKSPACE}/lib/the%20host.ioasid`]) {
      const placed = await worker.ask<{ breakpoints: DebugProtocol.Breakpoint[] }>("setBreakpoints", {
        source: { path },
        breakpoints,
      });
      assert.deepEqual([placed.breakpoints[0]?.verified, placed.breakpoints[0]?.line], [true, 6]);
    }
    await worker.ask("reverseContinue", thread);
    await worker.event("stopped");
    await worker.ask("reverseContinue", thread);
    assert.equal(((await worker.event("stopped")) as { reason: string }).reason, "breakpoint");
    await worker.ask("disconnect");
  });

  it("hears that a file was edited, and reads it anew after a restart", async () => {
    const worker = new DebugWorker();
    await worker.launch();
    worker.files.set(`${WORKSPACE}/main.ioasid`, MAIN.replace("0x1000", "0x3000"));
    worker.tell({ kind: "changed", uri: `${WORKSPACE}/main.ioasid` });
    await worker.ask("next", thread);
    assert.deepEqual(await worker.event("ioasid/stale"), { files: ["main.ioasid"] });
    await worker.event("stopped");
    await worker.ask("restart");
    await worker.event("stopped");
    const { result } = await worker.ask<{ result: string }>("evaluate", { expression: "outcome" });
    assert.equal(result, "ram[0x3000]");
  });

  it("has the configuration of the workspace, and takes a path for one of the workspace", async () => {
    const worker = new DebugWorker();
    worker.files.set(`${WORKSPACE}/ioasid.config.json`, '{ "policy": "none" }');
    await assert.rejects(worker.launch({ program: "/some/where/main.ioasid" }), /has an error: .*policy/);
    await new DebugWorker().launch({ program: "/some/where/main.ioasid" });
  });

  it("reaches no file outside the workspace, and says of a missing one that it is missing", async () => {
    const worker = new DebugWorker();
    worker.files.set(`${WORKSPACE}/main.ioasid`, `import "../far.ioasid"\n${MAIN}`);
    await assert.rejects(worker.launch(), /lies outside/);
    const other = new DebugWorker();
    await assert.rejects(other.launch({ program: `${WORKSPACE}/none.ioasid` }), /There is no file/);
    other.files.set(`${WORKSPACE}/main.ioasid`, `import "near.ioasid"\n${MAIN}`);
    await assert.rejects(other.launch(), /near\.ioasid/);
  });

  it("has each session for itself", async () => {
    const [one, two] = [new DebugWorker(), new DebugWorker()];
    await Promise.all([one.launch(), two.launch()]);
    await one.ask("next", thread);
    await one.event("stopped");
    const { result } = await two.ask<{ result: string }>("evaluate", { expression: "step" });
    assert.equal(result, "1");
  });
});
