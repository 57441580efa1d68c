import type * as vscode from "vscode";

/** What to run of one file. */
export interface ChosenFile {
  readonly item: vscode.TestItem;
  readonly uri: vscode.Uri;
  /** Items of its scenarios; never empty. */
  readonly scenarios: readonly vscode.TestItem[];
  /** All scenarios that the file has. */
  readonly isWhole: boolean;
}

/**
 * The scenarios of a request, by file.
 * @param all items of all files, for a request that names none
 */
export function chosenFiles(
  { include, exclude }: Pick<vscode.TestRunRequest, "include" | "exclude">,
  all: readonly vscode.TestItem[],
): ChosenFile[] {
  const excluded = new Set(exclude);
  const wanted = new Map<vscode.TestItem, Set<vscode.TestItem>>();
  for (const item of include ?? all) {
    const file = item.parent ?? item;
    const chosen = wanted.get(file) ?? new Set();
    wanted.set(file, chosen);
    for (const scenario of item.parent ? [item] : childrenOf(item)) {
      if (!excluded.has(scenario) && !excluded.has(file)) chosen.add(scenario);
    }
  }
  return [...wanted].flatMap(([item, chosen]) =>
    item.uri && chosen.size > 0
      ? [{ item, uri: item.uri, scenarios: [...chosen], isWhole: chosen.size === item.children.size }]
      : [],
  );
}

function childrenOf(item: vscode.TestItem): vscode.TestItem[] {
  return [...item.children].map(([, child]) => child);
}
