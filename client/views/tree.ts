import * as vscode from "vscode";
import type { FileState } from "../../server/protocol/index.js";
import { locationOf } from "../places.js";
import type { Listing, TreeNode } from "./nodes/node.js";
import type { StateSource } from "./state-source.js";

/** A node at its place in a tree, where its way from the root tells it apart. */
export interface Placed {
  readonly id: string;
  readonly node: TreeNode;
  /** The list that this stands for the rest of, in the last line below it. */
  readonly rest?: { readonly list: string; readonly shown: number };
}

/** Command of a line that stands for the rest of a list. */
export const MORE = "ioasid.views.more";

/** The tree of one view; its lines are made when somebody opens what they are in. */
export class StateTree implements vscode.TreeDataProvider<Placed> {
  private readonly changed = new vscode.EventEmitter<Placed | undefined>();
  readonly onDidChangeTreeData = this.changed.event;

  /** @param roots what stands at the top */
  constructor(
    private readonly source: StateSource,
    private readonly roots: (state: FileState) => readonly (TreeNode | Listing)[],
  ) {}

  refresh(): void {
    this.changed.fire(undefined);
  }

  async getChildren(parent?: Placed): Promise<Placed[]> {
    const { shown } = this.source;
    const children = parent ? parent.node.children : shown.kind === "state" ? this.roots(shown.state) : [];
    const placed: Placed[] = [];
    for (const child of children ?? []) {
      if ("key" in child) placed.push(this.place(parent, child));
      else placed.push(...(await this.listed(parent, child)));
    }
    return placed;
  }

  getTreeItem({ id, node, rest }: Placed): vscode.TreeItem {
    const { label, description, tooltip, icon, context, place, isOpen, children } = node;
    const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(label, children?.length ? (isOpen ? Expanded : Collapsed) : None);
    item.id = id;
    if (description !== undefined) item.description = description;
    item.tooltip = new vscode.MarkdownString(tooltip ?? `${label} ${description ?? ""}`);
    if (icon)
      item.iconPath = new vscode.ThemeIcon(icon[0], icon[1] ? new vscode.ThemeColor(icon[1]) : undefined);
    if (context !== undefined) item.contextValue = context;
    if (place) {
      const { uri, range } = locationOf(place);
      item.command = {
        command: "vscode.open",
        title: "Go to Source",
        arguments: [uri, { selection: range }],
      };
    } else if (rest) {
      item.command = { command: MORE, title: "Show More", arguments: [rest.list, rest.shown] };
    }
    return item;
  }

  private async listed(parent: Placed | undefined, { page, make }: Listing): Promise<Placed[]> {
    const items = await this.source.itemsOf(page);
    const placed = items.map((item) => this.place(parent, make(item)));
    const hidden = page.total - items.length;
    if (hidden <= 0) return placed;
    const more = this.place(parent, {
      key: `more of ${page.list}`,
      label: `… and ${hidden} more`,
      tooltip: "Show more of them",
      icon: ["ellipsis"],
    });
    return [...placed, { ...more, rest: { list: page.list, shown: items.length } }];
  }

  private place(parent: Placed | undefined, node: TreeNode): Placed {
    return { id: `${parent?.id ?? ""}/${node.key}`, node };
  }
}
