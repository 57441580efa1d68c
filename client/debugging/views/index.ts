import * as vscode from "vscode";
import { DEBUG_RESPOND, DEBUG_TRAVEL, type StateItem } from "../../../server/protocol/index.js";
import type { Extension } from "../../extension.js";
import { locationOf, reveal } from "../../places.js";
import { registerCommand } from "../../register-command.js";
import { type Placed, StateTree } from "../../views/tree.js";
import { TABLES_VIEW, TablesView } from "../tables/view.js";
import { CONTENTS, type Content } from "./contents.js";
import { DebugSource } from "./debug-source.js";
import { TRAVEL } from "./nodes/history.js";

/** The views of the machine where the selected scenario stands, in the Run and Debug side bar. */
export function registerDebugViews({ context, log, selected: selection }: Extension): vscode.Disposable {
  const source = new DebugSource(selection);
  const visible = new Set<string>();
  const look = (id: string, isVisible: boolean): void => {
    if (isVisible) visible.add(id);
    else visible.delete(id);
    source.wanted = visible.size > 0;
  };
  const ask = async (request: string, more: object): Promise<void> => {
    const { now } = selection;
    if (now) await now.session.customRequest(request, { threadId: now.threadId, ...more });
  };
  const respond = async ({ node: { request } }: Placed, success: boolean): Promise<void> => {
    if (!request) return;
    const { spaceNumber, index } = request;
    await ask(DEBUG_RESPOND, { spaceNumber, index, success });
  };
  const open = async (item: StateItem): Promise<void> => {
    if (item.kind === "history" || item.kind === "fault") await ask(DEBUG_TRAVEL, { step: item.step });
    else await reveal(locationOf(item.place));
  };
  const tables = new TablesView(
    source,
    context.extensionUri,
    (isVisible) => look(TABLES_VIEW, isVisible),
    open,
  );
  return vscode.Disposable.from(
    source,
    vscode.window.registerWebviewViewProvider(TABLES_VIEW, tables),
    ...CONTENTS.map((content) => createView(source, content, look)),
    registerCommand(log, source.more, (list: string, shown: number) => source.showMore(list, shown)),
    registerCommand(log, TRAVEL, (step: number) => ask(DEBUG_TRAVEL, { step })),
    registerCommand(log, "ioasidDebug.respondSuccess", (placed: Placed) => respond(placed, true)),
    registerCommand(log, "ioasidDebug.respondInvalid", (placed: Placed) => respond(placed, false)),
  );
}

function createView(
  source: DebugSource,
  { id, roots, empty, attention }: Content,
  look: (id: string, isVisible: boolean) => void,
): vscode.Disposable {
  const tree = new StateTree(source, roots);
  const view = vscode.window.createTreeView<Placed>(id, { treeDataProvider: tree, showCollapseAll: true });
  const show = (): void => {
    const { state, problem } = source;
    tree.refresh();
    const isEmpty = state && roots(state).every(({ page }) => page.total === 0);
    const message = problem ?? (isEmpty ? empty : undefined);
    if (message === undefined) delete view.message;
    else view.message = message;
    const [count, words] = (state && attention?.(state)) ?? [0, ""];
    view.description = count > 0 ? `${count} ${words}` : "";
  };
  show();
  look(id, view.visible);
  return vscode.Disposable.from(
    view,
    view.onDidChangeVisibility(({ visible }) => look(id, visible)),
    source.onDidChange(show),
  );
}
