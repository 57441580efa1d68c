import * as vscode from "vscode";

/** The words of the document last looked at, each with its letters below it. */
export class WordTree implements vscode.TreeDataProvider<string> {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private words: readonly string[] = [];

  show(text: string): void {
    this.words = text.match(/\w{2,}/g) ?? [];
    this.changed.fire();
  }

  getTreeItem(element: string): vscode.TreeItem {
    const state =
      element.length > 1 ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None;
    return new vscode.TreeItem(element, state);
  }

  getChildren(element?: string): string[] {
    return element === undefined ? [...this.words] : [...element];
  }
}
