import * as vscode from "vscode";
import { type FileScenarios, LIST_SCENARIOS } from "../../server/protocol/index.js";
import { LANGUAGE, type LanguageServer } from "../language-server.js";
import { rangeOf } from "./messages.js";
import { idOf, type Named, named } from "./names.js";

/** Milliseconds of quiet after which a change is looked at; the server has heard of it by then. */
const QUIET_MILLISECONDS = 400;

/** The scenarios of the workspace as items of the test explorer: one for each file, below it its scenarios. */
export class Scenarios implements vscode.Disposable {
  private readonly names = new WeakMap<vscode.TestItem, Named>();
  private readonly waiting = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly listening: vscode.Disposable;
  private hasAll = false;

  constructor(
    private readonly controller: vscode.TestController,
    private readonly server: LanguageServer,
  ) {
    controller.resolveHandler = (item) => (item?.uri ? this.refresh(item.uri) : this.refreshAll());
    controller.refreshHandler = () => this.refreshAll();
    const files = vscode.workspace.createFileSystemWatcher("**/*.ioasid");
    this.listening = vscode.Disposable.from(
      files,
      files.onDidCreate((uri) => this.schedule(uri)),
      files.onDidChange((uri) => this.schedule(uri)),
      files.onDidDelete((uri) => this.schedule(uri)),
      vscode.workspace.onDidOpenTextDocument((document) => this.documentChanged(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.documentChanged(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.documentChanged(document)),
    );
    for (const document of vscode.workspace.textDocuments) this.documentChanged(document);
  }

  /** What a scenario's item stands for; `undefined` for the item of a file. */
  nameOf(item: vscode.TestItem): Named | undefined {
    return this.names.get(item);
  }

  /** Every item there is, once the whole workspace has been looked at. */
  async all(): Promise<readonly vscode.TestItem[]> {
    if (!this.hasAll) await this.refreshAll();
    return [...this.controller.items].map(([, item]) => item);
  }

  dispose(): void {
    for (const timer of this.waiting.values()) clearTimeout(timer);
    this.listening.dispose();
  }

  private documentChanged({ languageId, uri }: vscode.TextDocument): void {
    if (languageId === LANGUAGE) this.schedule(uri);
  }

  /** Files of the workspace that nobody has asked for yet are left alone. */
  private schedule(uri: vscode.Uri): void {
    const key = uri.toString();
    clearTimeout(this.waiting.get(key));
    this.waiting.set(
      key,
      setTimeout(() => {
        this.waiting.delete(key);
        void this.refresh(uri);
      }, QUIET_MILLISECONDS),
    );
  }

  private async refreshAll(): Promise<void> {
    const files = await this.server.request(LIST_SCENARIOS, {});
    this.hasAll = true;
    this.controller.items.replace(files.flatMap((file) => this.fileItem(file) ?? []));
  }

  private async refresh(uri: vscode.Uri): Promise<void> {
    const [file] = await this.server.request(LIST_SCENARIOS, { uri: uri.toString() });
    const item = file && this.fileItem(file);
    if (item) this.controller.items.add(item);
    else this.controller.items.delete(uri.toString());
  }

  /** @returns `undefined` for a file without scenarios, which has nothing to run */
  private fileItem({ uri: address, scenarios }: FileScenarios): vscode.TestItem | undefined {
    if (scenarios.length === 0) return undefined;
    const uri = vscode.Uri.parse(address);
    const id = uri.toString();
    const label = vscode.workspace.asRelativePath(uri);
    const item = this.controller.items.get(id) ?? this.controller.createTestItem(id, label, uri);
    item.canResolveChildren = true;
    const children = named(scenarios).map((scenario, index) => {
      const known = item.children.get(idOf(scenario));
      const child = known ?? this.controller.createTestItem(idOf(scenario), scenario.title, uri);
      child.range = rangeOf(scenario.range);
      child.sortText = String(index).padStart(5, "0");
      this.names.set(child, scenario);
      return child;
    });
    item.children.replace(children);
    return item;
  }
}
