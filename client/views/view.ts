import * as vscode from "vscode";
import type { FileState } from "../../server/protocol/index.js";
import { fileName } from "../commands/asked.js";
import { deviceNodes } from "./nodes/devices.js";
import { guestNode } from "./nodes/kvm.js";
import { hasErrors, type Listing, listing, plural, type TreeNode } from "./nodes/node.js";
import { pasidTableNode } from "./nodes/pasid-tables.js";
import { ownerNode } from "./nodes/spaces.js";
import type { Shown, StateSource } from "./state-source.js";
import { type Placed, StateTree } from "./tree.js";

/** What one view shows of the state. */
interface Content {
  readonly id: string;
  readonly roots: (state: FileState) => readonly (TreeNode | Listing)[];
  /** How many things of the view are in error, with a word for one of them and for several. */
  readonly errors?: (state: FileState) => readonly [count: number, one: string, many: string];
}

export const CONTENTS: readonly Content[] = [
  {
    id: "ioasid.devices",
    roots: ({ devices }) => deviceNodes(devices),
    errors: ({ devices }) => {
      const items = devices.flatMap((group) => group.devices.items);
      const count = items.filter(({ problems }) => hasErrors(problems)).length;
      return [count, "device with errors", "devices with errors"];
    },
  },
  { id: "ioasid.spaces", roots: ({ owners }) => [listing(owners, ownerNode)] },
  { id: "ioasid.pasidTables", roots: ({ pasidTables }) => [listing(pasidTables, pasidTableNode)] },
  {
    id: "ioasid.kvm",
    roots: ({ guests }) => [listing(guests, guestNode)],
    errors: ({ guests }) => {
      const items = guests.items.flatMap(({ mappings }) => mappings.items);
      const count = items.filter(({ state }) => state === "missing" || state === "conflict").length;
      return [count, "mapping missing or in conflict", "mappings missing or in conflict"];
    },
  },
];

/** A view of the state, which follows it. */
export function createView(source: StateSource, { id, roots, errors }: Content): vscode.Disposable {
  const tree = new StateTree(source, roots);
  const view = vscode.window.createTreeView<Placed>(id, { treeDataProvider: tree, showCollapseAll: true });
  const show = (): void => {
    const { shown, uri } = source;
    tree.refresh();
    view.description = uri && shown.kind === "state" ? descriptionOf(fileName(uri), shown.state) : "";
    const message = messageOf(shown);
    if (message === undefined) delete view.message;
    else view.message = message;
    const [count, one, many] = (shown.kind === "state" && errors?.(shown.state)) || [0, "", ""];
    view.badge = count > 0 ? { value: count, tooltip: plural(count, one, many) } : undefined;
  };
  show();
  return vscode.Disposable.from(view, source.onDidChange(show));
}

function descriptionOf(file: string, { scenario }: FileState): string {
  return scenario === undefined ? file : `${file} after "${scenario}"`;
}

/** What stands above the tree; nothing where the tree, or the page that stands for an empty one, says all. */
function messageOf(shown: Shown): string | undefined {
  if (shown.kind === "state") {
    return shown.state.incomplete
      ? "A statement of the start state was refused, so this is not all of what the file says."
      : undefined;
  }
  switch (shown.why) {
    case "no-file":
      return undefined;
    case "simulating":
      return "Simulating…";
    case "too-large":
      return "The file is too large to be simulated while you type.";
    case "stopped":
      return "The run was stopped.";
    case "unknown":
      return "The file is not there any more.";
    case "failed":
      return shown.text;
  }
}
