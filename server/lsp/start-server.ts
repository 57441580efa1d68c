import {
  type Connection,
  DidChangeConfigurationNotification,
  type InitializeParams,
  type InitializeResult,
  type ServerCapabilities,
} from "vscode-languageserver";
import { URI, Utils } from "vscode-uri";
import { hostLevels } from "../../engine/language/index.js";
import { DEFAULT_SETTINGS, type Settings, type StartOptions } from "../protocol/index.js";
import { Changes } from "./changes.js";
import { Checker } from "./checker.js";
import { Compiler } from "./compile.js";
import type { Client, Context } from "./context.js";
import { DiagnosticsFeature } from "./diagnostics/diagnostics.js";
import { Documents } from "./documents.js";
import type { Environment } from "./environment.js";
import { FEATURES } from "./features/index.js";
import { FileStore } from "./file-store.js";
import { FileNames, type Folder } from "./names.js";
import { chooseEncoding } from "./positions.js";
import { Programs } from "./programs.js";
import { inBackground, withoutAnswer } from "./quietly.js";
import { refreshAfterRuns } from "./refreshes.js";
import { RunProgress } from "./runs.js";
import { settingsFrom } from "./settings.js";
import { StatusReport } from "./status.js";
import { Synchronization } from "./synchronization.js";
import { folderOf, Workspace } from "./workspace.js";

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
    Workspace.capabilities(),
    DiagnosticsFeature.capabilities(client),
    ...FEATURES.map((feature) => feature.capabilities(client)),
  ];
  const inWorkspace = parts.map((part) => part.workspace);
  const fileOperations = Object.assign({}, ...inWorkspace.map((part) => part?.fileOperations));
  const workspace = Object.assign({}, ...inWorkspace, { fileOperations });
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

/** An older client has one folder at most, which it calls its root. */
function foldersOf({ workspaceFolders, rootUri }: InitializeParams): Folder[] {
  if (workspaceFolders) return workspaceFolders.map(({ uri, name }) => folderOf(uri, name));
  return rootUri ? [folderOf(rootUri, Utils.basename(URI.parse(rootUri)))] : [];
}

/** The parts of a running server, put together. */
class Server {
  private readonly context: Context;
  private readonly diagnostics: DiagnosticsFeature;
  private readonly changes: Changes;
  private readonly synchronization: Synchronization;
  private readonly workspace: Workspace;
  private readonly status: StatusReport;
  private settingsAsked = 0;
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
    const progress = new RunProgress(
      connection,
      environment,
      client.capabilities.window?.workDoneProgress ?? false,
      (uri) => names.nameOf(uri),
      () => status.changed(),
    );
    const programs = new Programs(compiler, environment, progress);
    const checker = new Checker(programs, client.form);
    const status = new StatusReport(connection, environment, checker, () => progress.isSimulating);
    const settings = (): Settings => this.settings;
    this.context = { connection, client, environment, documents, store, names, programs, checker, settings };
    this.status = status;
    this.diagnostics = new DiagnosticsFeature(this.context, () => status.changed());
    this.changes = new Changes(this.context, this.diagnostics);
    this.synchronization = new Synchronization(this.context, this.changes);
    this.workspace = new Workspace(this.context, this.changes);
  }

  register(): void {
    const { connection } = this;
    this.synchronization.register();
    this.workspace.register();
    this.diagnostics.register();
    for (const feature of FEATURES) feature.register(this.context);
    refreshAfterRuns(this.context);
    connection.onDidChangeConfiguration(({ settings }) =>
      inBackground(connection, this.readSettings(settings?.ioasid)),
    );
    connection.onInitialized(() => inBackground(connection, this.start()));
    connection.onShutdown(() => this.stop());
  }

  private async start(): Promise<void> {
    const { connection, client } = this;
    await this.readSettings(undefined);
    if (client.capabilities.workspace?.didChangeConfiguration?.dynamicRegistration) {
      withoutAnswer(
        connection.client.register(DidChangeConfigurationNotification.type, { section: "ioasid" }),
      );
    }
    await this.synchronization.start();
    await this.workspace.start();
  }

  /** Nothing goes on when the client has said that it goes. */
  private stop(): void {
    this.diagnostics.stop();
    this.status.stop();
    this.context.programs.stop();
  }

  /** The client is asked where it can be; another one sends them. */
  private async readSettings(sent: unknown): Promise<void> {
    const { workspace } = this.client.capabilities;
    this.settingsAsked += 1;
    const turn = this.settingsAsked;
    const value: unknown = workspace?.configuration ? await this.askSettings() : sent;
    // The answer to a later question is the newer one, whichever of them comes first.
    if (turn !== this.settingsAsked) return;
    const before = JSON.stringify(this.settings.rules);
    this.settings = settingsFrom(value);
    if (JSON.stringify(this.settings.rules) !== before) {
      this.levels = hostLevels(this.settings.rules);
      this.changes.allChanged();
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
