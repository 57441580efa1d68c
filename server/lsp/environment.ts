/** The text of a file, or a sentence that says why there is none. */
export type FileText =
  | { readonly text: string }
  /** @property missing there is no such file, as against one that cannot be read */
  | { readonly error: string; readonly missing?: boolean };

/** What the server needs of the place where it runs: a Node process, or a worker of a browser. */
export interface Environment {
  /**
   * The text of a file on the disk.
   * @param uri of any scheme
   * @param folder the workspace folder that the file must lie in once its links are followed
   */
  read(uri: string, folder: string): Promise<FileText>;
  /** Every `.ioasid` file below a folder. */
  find(folder: string): Promise<readonly string[]>;
  /** The text of a file that ships beside the server. */
  asset(name: string): Promise<FileText>;
  /** Lets messages that have arrived be handled before it goes on. */
  nextTurn(): Promise<void>;
  /** Milliseconds from some fixed moment. */
  now(): number;
  /** Calls back after some milliseconds. @returns what to call so that it does not */
  after(milliseconds: number, callback: () => void): () => void;
  /**
   * Hears how much is open, where memory can be given by that.
   * @param units UTF-16 units of all open documents together
   */
  makeRoom?(units: number): void;
}
