import type { Analysis } from "../../engine/language/index.js";
import type { LaunchUapi } from "./interfaces.js";

/** A program as it was loaded for a session, and where its files are. */
export interface LoadedProgram {
  readonly analysis: Analysis;
  /** What the person who debugs it is told at the start; empty when there is nothing to say. */
  readonly notes: string;
  /** The path or address of a file of the program, as the client opens it. */
  pathOf(file: string): string;
  /** The file of the program at a path or address that the client gave; `undefined` for any other. */
  fileOf(path: string): string | undefined;
  /** Files of the program whose text is another one by now. */
  changed(): readonly string[];
}

/** What a launch says of the loading. */
export interface LoadOptions {
  /** Folder in which an import reaches files. */
  readonly root?: string | undefined;
  /** The interface to run behind, whatever the file states. */
  readonly uapi?: LaunchUapi | undefined;
}

/** Where a session gets its program from: the disk, or the buffers of an editor. */
export interface ProgramSource {
  /** @returns the program, or a sentence that says why there is none */
  load(path: string, options: LoadOptions): Promise<LoadedProgram | { readonly error: string }>;
}
