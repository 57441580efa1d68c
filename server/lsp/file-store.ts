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
    const reading = this.read(uri, folder).then((text) => {
      // A change on the disk that came while it was read has taken this reading off the list.
      if (this.loading.get(uri) !== reading) return;
      this.onDisk.set(uri, text);
      this.loading.delete(uri);
    });
    this.loading.set(uri, reading);
    return reading;
  }

  /** Addresses of the files of the disk that were read, or are being read; those that are missing too. */
  get known(): readonly string[] {
    return [...this.onDisk.keys(), ...this.loading.keys()];
  }

  /** Reads all files of the disk anew. @returns those that are others than before */
  async readAgain(folderOf: (uri: string) => string): Promise<readonly string[]> {
    const before = [...this.onDisk];
    const changed: string[] = [];
    for (const [uri, text] of before) {
      const now = await this.read(uri, folderOf(uri));
      // What was read or forgotten meanwhile is newer than this.
      if (this.onDisk.get(uri) !== text || JSON.stringify(now) === JSON.stringify(text)) continue;
      this.onDisk.set(uri, now);
      changed.push(uri);
    }
    return changed;
  }

  private read(uri: string, folder: string): Promise<FileText> {
    return this.environment
      .read(uri, folder)
      .catch((error: unknown): FileText => ({ error: `It cannot be read: ${String(error)}.` }));
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
