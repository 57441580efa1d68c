import { statSync } from "node:fs";

/** How often the files are looked at; editors that replace a file instead of writing it are seen, too. */
const EVERY_MILLISECONDS = 150;

/** What one run looked at: the named files, what they import, and configurations. */
export type Seen = (files: Iterable<string>) => void;

/**
 * Runs, and runs again after each change of a file that the last run looked at, until SIGINT.
 * @param once one run; it reports its files and returns the exit status
 * @param interrupted status of a run that SIGINT ended
 * @returns the status of the last run
 */
export async function rerun(once: (seen: Seen) => Promise<number>, interrupted: number): Promise<number> {
  const isTerminal = process.stdout.isTTY === true;
  for (;;) {
    const begun = Date.now();
    const files = new Map<string, string>();
    if (isTerminal) process.stdout.write("\u001b[2J\u001b[3J\u001b[H");
    const status = await once((names) => {
      // What changed while it was being read counts as not seen.
      for (const name of names) files.set(name, stateOf(name, begun));
    });
    if (status === interrupted) return status;
    process.stderr.write("ioasid: waiting for changes; Ctrl-C ends.\n");
    if (!(await changed(files))) return status;
  }
}

/** Resolves to true when a file is not as it was seen, and to false when SIGINT came first. */
function changed(files: ReadonlyMap<string, string>): Promise<boolean> {
  return new Promise((resolve) => {
    const done = (isChange: boolean) => {
      clearInterval(timer);
      process.removeListener("SIGINT", onSignal);
      resolve(isChange);
    };
    const onSignal = () => done(false);
    const look = () => {
      for (const [file, state] of files)
        if (stateOf(file, Number.POSITIVE_INFINITY) !== state) return done(true);
    };
    const timer = setInterval(look, EVERY_MILLISECONDS);
    process.on("SIGINT", onSignal);
  });
}

/** A file as it is now, in a form that differs after any change; a change since `begun` is one, unless a clock is wrong. */
function stateOf(file: string, begun: number): string {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) return "absent";
  const isFresh = found.mtimeMs > begun && found.mtimeMs <= Date.now();
  return isFresh ? "changing" : `${found.ino} ${found.size} ${found.mtimeMs}`;
}
