import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { delimiter, dirname, join } from "node:path";
import type { Installation } from "../install/places.js";
import { runToEnd } from "./command.js";
import { until } from "./eventually.js";
import { type ProcessGroup, startGroup } from "./process-group.js";
import { QUIET_SETTINGS, type Settings } from "./settings.js";

const START_LIMIT_MS = 30_000;

/** What is told to a server when it starts. */
export interface ServerOptions {
  readonly installation: Installation;
  /** An empty folder, for all that the server writes. */
  readonly data: string;
  /** An extension as it ships, to be installed; without one, each window loads one from its source. */
  readonly vsix?: string;
  /** Added to {@link QUIET_SETTINGS}, or instead of them. */
  readonly settings?: Settings;
  /** Added to the environment of the server and so of the extension host and the language server. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A running server of the VS Code workbench. */
export interface Server {
  /** Host and port, as in an address of a remote file. */
  readonly authority: string;
  /** All that it has written so far. */
  log(): string;
  /** Ends it and all it has started. */
  stop(): Promise<void>;
}

/**
 * Starts a server on a free port of this machine.
 *
 * @throws with what it has written, when it does not answer
 */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { installation, data, vsix } = options;
  await mkdir(join(data, "user/User"), { recursive: true });
  await mkdir(join(data, "temporary"), { recursive: true });
  await writeFile(
    join(data, "user/User/settings.json"),
    JSON.stringify({ ...QUIET_SETTINGS, ...options.settings }),
  );
  await writeFile(join(data, "config.yaml"), "auth: none\n");

  const environment = environmentOf(options);
  const program = [installation.node, installation.server, ...folderArguments(data)];
  if (vsix !== undefined) await runToEnd([...program, "--install-extension", vsix], { environment });

  const authority = `127.0.0.1:${await freePort()}`;
  const group = startGroup(
    [...program, "--bind-addr", authority, ...QUIET_ARGUMENTS, ...(vsix === undefined ? DEVELOPMENT : [])],
    environment,
  );
  const answers = await until(async () => group.hasEnded() || (await isHealthy(authority)), START_LIMIT_MS);
  if (!answers || group.hasEnded()) await giveUp(group);
  return { authority, log: () => group.output(), stop: () => group.stop() };
}

const QUIET_ARGUMENTS: readonly string[] = [
  "--auth=none",
  "--disable-telemetry",
  "--disable-update-check",
  "--disable-workspace-trust",
  "--disable-getting-started-override",
  "--ignore-last-opened",
  // For how long, in seconds, the extension host of a window that has gone waits for it to come back.
  "--vscode-option=reconnection-grace-time=2",
];

/** Without it the workbench takes no extension and no tests from its address; with it, it shows no toasts. */
const DEVELOPMENT: readonly string[] = ["--vscode-option=enable-smoke-test-driver"];

/**
 * Extensions of VS Code itself that start with a window or a debugger, and that no test is about. Only those
 * that cannot run in a browser: the workbench would start the others there instead, and fail.
 */
const SKIPPED_EXTENSIONS: readonly string[] = [
  "GitHub.copilot-chat",
  "ms-vscode.js-debug",
  "ms-vscode.js-debug-companion",
  "vscode.debug-auto-launch",
  "vscode.debug-server-ready",
  "vscode.git",
  "vscode.github",
  "vscode.microsoft-authentication",
  "vscode.terminal-suggest",
  "vscode.tunnel-forwarding",
];

function folderArguments(data: string): string[] {
  return [
    // Without a file named here, one appears in the home folder.
    `--config=${join(data, "config.yaml")}`,
    `--user-data-dir=${join(data, "user")}`,
    `--extensions-dir=${join(data, "extensions")}`,
  ];
}

function environmentOf({ installation, data, environment }: ServerOptions): NodeJS.ProcessEnv {
  // The coverage that is measured is the engine's by its own tests. A server that took part in it would
  // write hundreds of megabytes.
  const { NODE_V8_COVERAGE: _, NODE_OPTIONS: __, ...inherited } = process.env;
  return {
    ...inherited,
    PATH: `${dirname(installation.node)}${delimiter}${inherited.PATH ?? ""}`,
    EXTENSIONS_GALLERY: "{}",
    VSCODE_SKIP_BUILTIN_EXTENSIONS: SKIPPED_EXTENSIONS.join(","),
    // Nothing of it goes into the home folder.
    XDG_CACHE_HOME: data,
    XDG_CONFIG_HOME: data,
    XDG_DATA_HOME: data,
    XDG_RUNTIME_DIR: data,
    TMPDIR: join(data, "temporary"),
    ...environment,
  };
}

async function isHealthy(authority: string): Promise<boolean> {
  try {
    return (await fetch(`http://${authority}/healthz`)).ok;
  } catch {
    return false;
  }
}

async function giveUp(group: ProcessGroup): Promise<never> {
  await group.stop();
  throw new Error(`The server of the editor has not started.\n${group.output()}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === "object") resolve(address.port);
        else reject(new Error("This machine has no free port."));
      });
    });
  });
}
