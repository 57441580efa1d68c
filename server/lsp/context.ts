import type { ClientCapabilities, Connection, ServerCapabilities } from "vscode-languageserver";
import type { Settings, StartOptions } from "../protocol/index.js";
import type { Checker } from "./checker.js";
import type { Documents } from "./documents.js";
import type { Environment } from "./environment.js";
import type { FileStore } from "./file-store.js";
import type { FindingForm } from "./findings.js";
import type { FileNames } from "./names.js";
import type { Encoding } from "./positions.js";
import type { Programs } from "./programs.js";

/** What the client said of itself when it started the server. */
export interface Client {
  readonly capabilities: ClientCapabilities;
  readonly options: StartOptions;
  readonly encoding: Encoding;
  readonly form: FindingForm;
}

/** Everything that a feature of the server may use. */
export interface Context {
  readonly connection: Connection;
  readonly client: Client;
  readonly environment: Environment;
  readonly documents: Documents;
  readonly store: FileStore;
  readonly names: FileNames;
  readonly programs: Programs;
  readonly checker: Checker;
  /** As the client has them now. */
  settings(): Settings;
}

/**
 * One feature of the protocol: what is announced for it, and its handlers. Features know the services of the
 * engine and this context, and nothing of one another.
 */
export interface Feature {
  capabilities(client: Client): ServerCapabilities;
  register(context: Context): void;
}
