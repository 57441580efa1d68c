import type {
  Connection,
  InitializeParams,
  InitializeResult,
  ServerCapabilities,
} from "vscode-languageserver";
import { hostLevels } from "../../engine/language/index.js";
import { DEFAULT_SETTINGS, type Settings, type StartOptions } from "../protocol/index.js";
import { withoutAnswer } from "./asked-of-client.js";
import { Checker } from "./checker.js";
import { Compiler } from "./compile.js";
import type { Client, Context } from "./context.js";
import { DiagnosticsFeature } from "./diagnostics.js";
import { Documents } from "./documents.js";
import type { Environment } from "./environment.js";
import { FEATURES } from "./features/index.js";
import { FileStore } from "./file-store.js";
import { FileNames, type Folder } from "./names.js";
import { chooseEncoding } from "./positions.js";
import { Programs } from "./programs.js";
import { refreshAfterRuns } from "./refreshes.js";
import { RunProgress } from "./runs.js";
import { settingsFrom } from "./settings.js";
import { StatusReport } from "./status.js";
import { Synchronization } from "./synchronization.js";
import { keyOf } from "./uris.js";

declare const IOASID_VERSION: string;

/**
 * Serves one client until it goes.
 * @param environmentFor makes the environment out of what the client said when it started the server
 */
export function startServer(
  connection: Connection,
  environmentFor: (options: StartOptions) => Environment,
): void {
  connection.onInitialize((params) => {
    const client = clientOf(params);
    const environment = environmentFor(client.options);
    new Server(connection, client, environment, foldersOf(params)).register();
    return initializeResult(client);
  });
  connection.listen();
}

function initializeResult(client: Client): InitializeResult {
  const parts = [
    Synchronization.capabilities(),
    DiagnosticsFeature.capabilities(client),
    ...FEATURES.map((feature) => feature.capabilities(client)),
  ];
  const workspace = Object.assign(
    {},
    ...parts.map((part) => part.workspace),
  ) as ServerCapabilities["workspace"];
  const capabilities = Object.assign({}, ...parts, { workspace }) as ServerCapabilities;
  return {
    capabilities: { ...capabilities, positionEncoding: client.encoding },
    serverInfo: { name: "ioasid", version: IOASID_VERSION },
  };
}

function clientOf({ capabilities, initializationOptions }: InitializeParams): Client {
  const options = (initializationOptions ?? {}) as StartOptions;
  return {
    capabilities,
    options,
    encoding: chooseEncoding(capabilities.general?.positionEncodings),
    form: {
      related: capabilities.textDocument?.publishDiagnostics?.relatedInformation ?? true,
      rulePage: options.rulePage,
    },
  };
}

function foldersOf({ workspaceFolders }: InitializeParams): Folder[] {
  return (workspaceFolders ?? []).map(({ uri, name }) => ({ uri: keyOf(uri), name }));
}

/** The parts of a running server, put together. */
class Server {
  private readonly context: Context;
  private readonly diagnostics: DiagnosticsFeature;
  private readonly synchronization: Synchronization;
  private settings: Settings = DEFAULT_SETTINGS;
  private levels = hostLevels(DEFAULT_SETTINGS.rules);

  constructor(
    private readonly connection: Connection,
    private readonly client: Client,
    environment: Environment,
    folders: readonly Folder[],
  ) {
    const documents = new Documents(client.encoding);
    const store = new FileStore(documents, environment);
    const names = new FileNames(folders);
    const compiler = new Compiler(documents, store, names, client.encoding, () => this.levels);
    const showsProgress = client.capabilities.window?.workDoneProgress ?? false;
    const progress = new RunProgress(
      connection,
      () => showsProgress,
      (uri) => names.nameOf(uri),
      () => status.changed(),
    );
    const programs = new Programs(compiler, environment, progress);
    const checker = new Checker(programs, client.form);
    const status = new StatusReport(connection, programs, checker, () => progress.isSimulating);
    const settings = (): Settings => this.settings;
    this.context = { connection, client, environment, documents, store, names, programs, checker, settings };
    this.diagnostics = new DiagnosticsFeature(this.context, () => status.changed());
    this.synchronization = new Synchronization(this.context, this.diagnostics, environment);
  }

  register(): void {
    this.synchronization.register();
    this.diagnostics.register();
    for (const feature of FEATURES) feature.register(this.context);
    refreshAfterRuns(this.context);
    this.connection.onDidChangeConfiguration(({ settings }) => void this.readSettings(settings?.ioasid));
    this.connection.onInitialized(async () => {
      await this.readSettings(undefined);
      if (this.client.capabilities.workspace?.workspaceFolders) {
        this.connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
          const gone = new Set(removed.map(({ uri }) => keyOf(uri)));
          this.context.names.changeFolders(
            added.map(({ uri, name }) => ({ uri: keyOf(uri), name })),
            gone,
          );
          void this.synchronization.foldersChanged();
        });
      }
      await this.synchronization.start();
    });
  }

  /** The client is asked where it can be; another one sends them. */
  private async readSettings(sent: unknown): Promise<void> {
    const { workspace } = this.client.capabilities;
    const value: unknown = workspace?.configuration ? await this.askSettings() : sent;
    const before = JSON.stringify(this.settings.rules);
    this.settings = settingsFrom(value);
    if (JSON.stringify(this.settings.rules) !== before) {
      this.levels = hostLevels(this.settings.rules);
      this.synchronization.allChanged();
    }
    if (workspace?.inlayHint?.refreshSupport) {
      withoutAnswer(this.connection.languages.inlayHint.refresh());
    }
    this.diagnostics.refresh();
  }

  /** A client that says it can be asked and then cannot answer has the defaults. */
  private async askSettings(): Promise<unknown> {
    return this.connection.workspace.getConfiguration("ioasid").catch(() => undefined);
  }
}
