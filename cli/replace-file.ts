import {
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";

/**
 * Replaces a file in one step, so that a reader sees the old content or the new one, and a crash leaves one
 * of them: the new content goes to a file beside it, which then takes its name. The mode stays.
 * @param path of the file itself, not of a link to it
 * @returns why it could not be done
 */
export function replaceFile(path: string, content: string | Uint8Array): string | undefined {
  const beside = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    const descriptor = openSync(beside, "wx");
    try {
      writeFileSync(descriptor, content);
      fchmodSync(descriptor, statSync(path).mode & 0o7777);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(beside, path);
    return undefined;
  } catch (error) {
    rmSync(beside, { force: true });
    return error instanceof Error ? error.message : String(error);
  }
}
