import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { until } from "./eventually.js";

const GUARD = fileURLToPath(new URL("guard.js", import.meta.url));

/** How long a process group may take to end by itself before it is killed. */
const GRACE_MS = 3_000;

/** A command and everything that it started in turn. */
export interface ProcessGroup {
  readonly id: number;
  /** All that it has written so far, to both outputs. */
  output(): string;
  /** Whether it has ended by itself. */
  hasEnded(): boolean;
  /** Ends all its processes; once this resolves, none of them is left. */
  stop(): Promise<void>;
}

/**
 * Starts a command as a process group of its own. It ends with this process at the latest, however this
 * process ends.
 *
 * @param environment all of its environment: nothing is added
 */
export function startGroup(command: readonly string[], environment: NodeJS.ProcessEnv): ProcessGroup {
  const child = spawn(process.execPath, [GUARD, ...command], {
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
    env: environment,
  });
  const group = child.pid;
  if (group === undefined) throw new Error(`${process.execPath} cannot be started.`);

  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const closed = once(child, "close");
  return {
    id: group,
    output: () => output,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    async stop() {
      signalGroup(group, "SIGTERM");
      const ended = await until(() => !signalGroup(group, 0), GRACE_MS);
      if (!ended) signalGroup(group, "SIGKILL");
      await closed;
    },
  };
}

/** Sends a signal to each process of a group; whether there was one. */
export function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-group, signal);
    return true;
  } catch {
    return false;
  }
}
