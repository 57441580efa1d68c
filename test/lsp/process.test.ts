import assert from "node:assert/strict";
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { Session } from "./session.js";

const SERVER = "dist/ioasid-language-server.cjs";

/** A message as it goes over the wire. */
function framed(message: object): string {
  const content = JSON.stringify({ jsonrpc: "2.0", ...message });
  return `Content-Length: ${Buffer.byteLength(content)}\r\n\r\n${content}`;
}

const INITIALIZE = framed({
  id: 1,
  method: "initialize",
  params: { processId: null, rootUri: null, capabilities: {} },
});

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A server process that is sent some bytes, and what comes of it. */
async function talk(write: (server: ChildProcessWithoutNullStreams) => void): Promise<Ended> {
  const server = spawn(process.execPath, [SERVER, "--stdio"]);
  let [stdout, stderr] = ["", ""];
  server.stdout.on("data", (data) => {
    stdout += data;
  });
  server.stderr.on("data", (data) => {
    stderr += data;
  });
  const ended = once(server, "close");
  write(server);
  const [code] = await ended;
  return { code: code as number | null, stdout, stderr };
}

/** A program that runs longer than any test waits. */
const ENDLESS = `iommu vtd { pasid-width 20 }
pdev nic at 3b:00.0 { category 0 }
guest vm0 { memory ram at 0x0 + 1G  bind nic  ioasid gpa  attach nic -> gpa  map gpa 0x0 + 1G -> ram }
scenario "long" {
${"  dma nic read 0x0 + 1G\n".repeat(20000)}}
`;

describe("the server's process", () => {
  it("ends with 0 after shutdown, and with 1 without", async () => {
    const shutdown = framed({ id: 2, method: "shutdown" });
    const exit = framed({ method: "exit" });
    assert.equal((await talk(({ stdin }) => stdin.write(INITIALIZE + shutdown + exit))).code, 0);
    assert.equal((await talk(({ stdin }) => stdin.write(INITIALIZE + exit))).code, 1);
  });

  it("ends when nobody writes to it any more", async () => {
    const ended = await talk(({ stdin }) => stdin.end(INITIALIZE));
    assert.equal(ended.code, 1);
  });

  it("ends at once although a run goes on", async () => {
    const session = await Session.start();
    await session.open("file:///work/endless.ioasid", ENDLESS);
    await session.findings("file:///work/endless.ioasid");
    await session.stop();
  });

  it("writes nothing but messages", async () => {
    const opened = framed({
      method: "textDocument/didOpen",
      params: {
        textDocument: { uri: "file:///work/a.ioasid", languageId: "ioasid", version: 1, text: "iommu { } x" },
      },
    });
    const asked = framed({ id: 2, method: "ioasid/scenarios", params: { uri: "file:///work/a.ioasid" } });
    const { stdout, stderr, code } = await talk((server) => {
      server.stdin.write(INITIALIZE + framed({ method: "initialized", params: {} }) + opened + asked);
      server.stdout.on("data", (data: Buffer) => {
        if (data.includes("publishDiagnostics")) {
          server.stdin.write(framed({ id: 3, method: "shutdown" }) + framed({ method: "exit" }));
        }
      });
    });
    assert.equal(code, 0);
    assert.equal(stderr, "");
    let rest = stdout;
    while (rest !== "") {
      const [head, length] = /^Content-Length: (\d+)\r\n\r\n/.exec(rest) ?? [];
      assert.ok(head !== undefined, rest.slice(0, 80));
      JSON.parse(rest.slice(head.length, head.length + Number(length)));
      rest = rest.slice(head.length + Number(length));
    }
  });

  it("asks nothing of a client that has no answer yet to its first request", async () => {
    const capabilities = {
      workspace: {
        configuration: true,
        workspaceFolders: true,
        didChangeConfiguration: { dynamicRegistration: true },
        didChangeWatchedFiles: { dynamicRegistration: true },
      },
      textDocument: { synchronization: { dynamicRegistration: true } },
    };
    const params = { processId: null, rootUri: null, capabilities };
    const { stdout } = await talk(({ stdin, stdout: answers }) => {
      stdin.write(framed({ id: 1, method: "initialize", params }));
      let answer = "";
      answers.on("data", (data: Buffer) => {
        answer += data.toString();
        if (answer.includes('"serverInfo"')) stdin.end();
      });
    });
    assert.match(stdout, /^Content-Length: \d+\r\n\r\n\{"jsonrpc":"2.0","id":1,"result"/);
  });

  it("speaks over a socket as well", async () => {
    const listening = createServer();
    listening.listen(0, "127.0.0.1");
    await once(listening, "listening");
    const address = listening.address();
    assert.ok(address !== null && typeof address === "object");
    const server = spawn(process.execPath, [SERVER, `--socket=${address.port}`]);
    const [socket] = await once(listening, "connection");
    socket.write(INITIALIZE);
    let answer = "";
    while (!answer.includes('"serverInfo":{"name":"ioasid"'))
      answer += String((await once(socket, "data"))[0]);
    socket.write(framed({ id: 2, method: "shutdown" }) + framed({ method: "exit" }));
    const [code] = await once(server, "exit");
    assert.equal(code, 0);
    listening.close();
  });
});

describe("a client that knows nothing", () => {
  let session: Session;
  before(async () => {
    session = await Session.start({ capabilities: {} });
  });
  after(() => session.stop());

  it("has an error for a request that there is not, and nothing for a notification", async () => {
    await session.connection.sendNotification("$/unknown", {});
    await session.connection.sendNotification("ioasid/unknown", {});
    await assert.rejects(session.request("ioasid/unknown", {}), /Unhandled method/);
  });

  it("may ask for a trace", async () => {
    for (const value of ["verbose", "messages", "off"]) {
      await session.connection.sendNotification("$/setTrace", { value });
    }
    await session.open("file:///work/a.ioasid", "iommu vtd { }\n");
    await session.findings("file:///work/a.ioasid");
  });

  it("is asked for nothing that it did not offer", async () => {
    const asked: string[] = [];
    for (const method of [
      "client/registerCapability",
      "workspace/configuration",
      "workspace/inlayHint/refresh",
    ]) {
      session.connection.onRequest(method, () => {
        asked.push(method);
        return null;
      });
    }
    await session.open("file:///work/b.ioasid", "iommu vtd { }\n");
    await session.findings("file:///work/b.ioasid");
    assert.deepEqual(asked, []);
  });
});
