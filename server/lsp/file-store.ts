import type { Documents } from "./documents.js";
import type { Environment, FileText } from "./environment.js";

/**
 * The texts of all files that some program reads: what the client has open, else what is on the disk. Files
 * of the disk are read once, until the client says that they changed.
 */
export class FileStore {
  private readonly onDisk = new Map<string, FileText>();
  private readonly loading = new Map<string, Promise<void>>();

  constructor(
    private readonly documents: Documents,
    private readonly environment: Environment,
  ) {}

  /** What is known of a file by now; `undefined` means that it has to be loaded. */
  get(uri: string): FileText | undefined {
    const open = this.documents.get(uri);
    return open ? { text: open.places.text } : this.onDisk.get(uri);
  }

  /** Reads a file, so that `get` knows it. @param folder the workspace folder that it must lie in */
  load(uri: string, folder: string): Promise<void> {
    const known = this.loading.get(uri);
    if (known) return known;
    const reading = this.environment
      .read(uri, folder)
      .catch((error: unknown): FileText => ({ error: `It cannot be read: ${String(error)}.` }))
      .then((text) => {
        // A change on the disk that came while it was read has taken this reading off the list.
        if (this.loading.get(uri) === reading) {
          this.onDisk.set(uri, text);
          this.loading.delete(uri);
        }
      });
    this.loading.set(uri, reading);
    return reading;
  }

  /** The file on the disk is another one now, or gone. */
  forget(uri: string): void {
    this.onDisk.delete(uri);
    this.loading.delete(uri);
  }

  forgetAll(): void {
    this.onDisk.clear();
    this.loading.clear();
  }
}
