import type { Page, Problem, RangeIn, RequestItem, StateItem } from "../../../server/protocol/index.js";

/** Something that stands in a tree, as plain values; what the editor makes of it is decided elsewhere. */
export interface TreeNode {
  /** Tells it apart from its siblings, also in the tree of a later state. */
  readonly key: string;
  readonly label: string;
  readonly description?: string;
  /** Markdown. */
  readonly tooltip?: string;
  /** Name of an icon of the editor, with the name of a colour of its theme. */
  readonly icon?: readonly [icon: string, colour?: string];
  /** By these words menus know what can be done with it, each with a blank behind. */
  readonly context?: string;
  /** Where it comes from. */
  readonly place?: RangeIn;
  /** What a click does, where it does not lead to the place. */
  readonly command?: {
    readonly id: string;
    readonly title: string;
    readonly arguments: readonly unknown[];
  };
  /** A name that stands at its place, for what is asked about names. */
  readonly name?: string;
  /** What its menu copies. */
  readonly copied?: string;
  /** A request that waits for a page response. */
  readonly request?: RequestItem;
  /** Code of a rule, for a finding. */
  readonly code?: string;
  readonly isOpen?: boolean;
  readonly children?: readonly (TreeNode | Listing)[];
}

/** Children that stand in a list of the state, of which a part may be known. */
export interface Listing {
  readonly page: Page<StateItem>;
  readonly make: (item: StateItem) => TreeNode;
}

/** The children that one list of the state makes. */
export function listing<T extends StateItem>(page: Page<T>, make: (item: T) => TreeNode): Listing {
  return { page, make: make as (item: StateItem) => TreeNode };
}

/** Something in the tree that is an error. */
export const ERROR = ["error", "list.errorForeground"] as const;
export const WARNING = ["warning", "list.warningForeground"] as const;

/** The icon of an item: that of the worst that was found about it, else its own. */
export function iconFor(
  problems: readonly Problem[],
  own: readonly [string, string?],
): readonly [string, string?] {
  if (hasErrors(problems)) return ERROR;
  return problems.some(({ severity }) => severity === "warning") ? WARNING : own;
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === "error");
}

/** What was found about an item, each finding at its own place. */
export function problemNodes(problems: readonly Problem[]): TreeNode[] {
  return problems.map(({ severity, code, message, place }, index) => ({
    key: `problem ${index}`,
    label: code,
    description: firstSentence(message),
    tooltip: `**${code}** ${message}`,
    icon: severity === "error" ? ERROR : severity === "warning" ? WARNING : ["info"],
    context: "finding ",
    code,
    place,
  }));
}

function firstSentence(message: string): string {
  const [first = message] = message.split(/(?<=\.) (?=[A-Z])/);
  return first.replaceAll("`", "");
}

/** Lines of a tooltip, under a title. @param lines `undefined` for what there is nothing to say of */
export function tooltip(title: string, ...lines: readonly (string | undefined)[]): string {
  return [`**${title}**`, ...lines.filter((line) => line)].join("\n\n");
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
