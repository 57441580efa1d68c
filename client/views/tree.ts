import * as vscode from "vscode";
import { locationOf } from "../places.js";
import type { Lists } from "./lists.js";
import type { Listing, TreeNode } from "./nodes/node.js";

/** A node at its place in a tree, where its way from the root tells it apart. */
export interface Placed {
  readonly id: string;
  readonly node: TreeNode;
  /** The list that this stands for the rest of, in the last line below it. */
  readonly rest?: { readonly list: string; readonly shown: number };
}

/** Where trees have their state from. */
export interface TreeSource<S> {
  /** `undefined` while there is nothing to show. */
  readonly state: S | undefined;
  readonly lists: Lists;
  /** Command of a line that stands for the rest of a list; it is given the list and how much of it is shown. */
  readonly more: string;
}

/** The tree of one view; its lines are made when somebody opens what they are in. */
export class StateTree<S> implements vscode.TreeDataProvider<Placed> {
  private readonly changed = new vscode.EventEmitter<Placed | undefined>();
  readonly onDidChangeTreeData = this.changed.event;

  /** @param roots what stands at the top */
  constructor(
    private readonly source: TreeSource<S>,
    private readonly roots: (state: S) => readonly (TreeNode | Listing)[],
  ) {}

  refresh(): void {
    this.changed.fire(undefined);
  }

  async getChildren(parent?: Placed): Promise<Placed[]> {
    const { state } = this.source;
    const children = parent ? parent.node.children : state && this.roots(state);
    const placed: Placed[] = [];
    for (const child of children ?? []) {
      if ("key" in child) placed.push(this.place(parent, child));
      else placed.push(...(await this.listed(parent, child)));
    }
    return placed;
  }

  getTreeItem({ id, node, rest }: Placed): vscode.TreeItem {
    const { label, description, tooltip, icon, context, command, place, isOpen, children } = node;
    const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(label, children?.length ? (isOpen ? Expanded : Collapsed) : None);
    item.id = id;
    if (description !== undefined) item.description = description;
    item.tooltip = new vscode.MarkdownString(tooltip ?? `${label} ${description ?? ""}`);
    if (icon)
      item.iconPath = new vscode.ThemeIcon(icon[0], icon[1] ? new vscode.ThemeColor(icon[1]) : undefined);
    if (context !== undefined) item.contextValue = context;
    if (command) {
      item.command = { command: command.id, title: command.title, arguments: [...command.arguments] };
    } else if (place) {
      const { uri, range } = locationOf(place);
      item.command = {
        command: "vscode.open",
        title: "Go to Source",
        arguments: [uri, { selection: range }],
      };
    } else if (rest) {
      item.command = { command: this.source.more, title: "Show More", arguments: [rest.list, rest.shown] };
    }
    return item;
  }

  private async listed(parent: Placed | undefined, { page, make }: Listing): Promise<Placed[]> {
    const items = await this.source.lists.itemsOf(page);
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
