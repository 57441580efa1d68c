import type { Locator } from "playwright-core";
import { eventually, GESTURE_LIMIT_MS, gesture } from "../harness/eventually.js";

/** A row of a tree as a person sees it. */
export interface TreeRow {
  /** Its place among all rows, also those out of sight; from 0. */
  readonly index: number;
  readonly label: string;
  /** What stands behind the label, less bright; empty where nothing does. */
  readonly description: string;
  /** From 1. */
  readonly level: number;
  /** Whether its children show; nothing, where it has none. */
  readonly expanded?: boolean;
  /** Names of icons on it, such as `testing-passed-icon`. */
  readonly icons: readonly string[];
}

/**
 * A tree of the workbench: a view, the test explorer, the variables of the debugger.
 *
 * A row is named by its label in full, after the labels of rows that it is below, as far as they are needed:
 * `"wq0", "pasid 7"` is the first row "pasid 7" somewhere below the first row "wq0".
 */
export class Tree {
  /** @param root a place with a single list of rows in it @param name for messages */
  constructor(
    private readonly root: Locator,
    private readonly name: string,
  ) {}

  /** The rows in sight: those under collapsed ones are not, nor those further down. */
  async rows(): Promise<TreeRow[]> {
    const rows = await this.root.locator(".monaco-list-row").evaluateAll((elements) =>
      elements.map((row) => {
        const text = (selector: string) => (row.querySelector(selector)?.textContent ?? "").trim();
        const expanded = row.getAttribute("aria-expanded");
        return {
          index: Number(row.getAttribute("data-index")),
          // The debugger writes "name =".
          label: text(".label-name, .label, .scope, .name").replace(/ ?[=:]$/, ""),
          description: text(".label-description, .value, .file"),
          level: Number(row.getAttribute("aria-level")),
          ...(expanded === null ? {} : { expanded: expanded === "true" }),
          icons: [...row.querySelectorAll(".monaco-tl-contents [class*='codicon-']")].flatMap(
            ({ className }) => [...className.matchAll(/\bcodicon-(\S+)/g)].map(([, name]) => name ?? ""),
          ),
        };
      }),
    );
    return rows.sort((one, other) => one.index - other.index);
  }

  /** Waits for a row. */
  async row(...path: readonly string[]): Promise<TreeRow> {
    const rows = await eventually(
      `row ${quote(path)} in ${this.name}`,
      () => this.rows(),
      (seen) => find(seen, path) !== undefined,
    );
    return find(rows, path)!;
  }

  /** Waits until the rows in sight, each as its label, are these. */
  async waitForLabels(...labels: readonly string[]): Promise<void> {
    await eventually(
      `state of ${this.name} with the rows ${labels.join(", ")}`,
      async () => (await this.rows()).map(({ label }) => label),
      (seen) => seen.length === labels.length && seen.every((label, index) => label === labels[index]),
    );
  }

  /** Shows the children of a row. */
  async expand(...path: readonly string[]): Promise<void> {
    if ((await this.row(...path)).expanded === true) return;
    await (await this.element(...path)).locator(".monaco-tl-twistie").click();
    await eventually(
      `expanded row ${quote(path)} in ${this.name}`,
      () => this.row(...path),
      ({ expanded }) => expanded === true,
    );
  }

  /** Clicks a row, which is how a person goes to its source. */
  async click(...path: readonly string[]): Promise<void> {
    await (await this.contents(...path)).click();
  }

  /**
   * Clicks a row and waits for what comes of it; clicks again while nothing does, as the row may have moved on
   * between the look and the click.
   */
  async clickFor(came: Locator, ...path: readonly string[]): Promise<void> {
    await gesture(
      `A click on ${quote(path)} in ${this.name}`,
      async () => (await this.contents(...path)).click({ timeout: GESTURE_LIMIT_MS }),
      () => came.isVisible(),
    );
  }

  /** Clicks an action that shows on a row while the mouse is over it. @param action how its title begins */
  async clickAction(action: string, ...path: readonly string[]): Promise<void> {
    const row = await this.element(...path);
    await row.hover();
    await row.locator(`.action-label:is([aria-label="${action}"], [aria-label^="${action} ("])`).click();
  }

  /**
   * Chooses from the menu of a row, as its right button opens it, and waits for what comes of it. Tries again
   * while nothing comes: a row may have moved on between the look and the click.
   *
   * @param came what shows that the choice has acted
   */
  async chooseFromMenu(title: string, came: Locator, ...path: readonly string[]): Promise<void> {
    const page = this.root.page();
    await gesture(
      `"${title}" in the menu of ${quote(path)} in ${this.name}`,
      async () => {
        await (await this.element(...path)).click({ button: "right", timeout: GESTURE_LIMIT_MS });
        await page.getByRole("menuitem", { name: title }).click({ timeout: GESTURE_LIMIT_MS });
      },
      () => came.isVisible(),
      () => page.keyboard.press("Escape"),
    );
  }

  private async contents(...path: readonly string[]): Promise<Locator> {
    return (await this.element(...path)).locator(".monaco-tl-contents");
  }

  /** The row, for what this class has no word for. */
  async element(...path: readonly string[]): Promise<Locator> {
    const { index } = await this.row(...path);
    return this.root.locator(`.monaco-list-row[data-index="${index}"]`);
  }
}

/** The first row with the last label, below the first with the one before, and so on. */
function find(rows: readonly TreeRow[], path: readonly string[]): TreeRow | undefined {
  let below = rows;
  let found: TreeRow | undefined;
  for (const label of path) {
    const at = below.findIndex((row) => row.label === label);
    found = below[at];
    if (found === undefined) return undefined;
    const { level } = found;
    const rest = below.slice(at + 1);
    const end = rest.findIndex((row) => row.level <= level);
    below = end < 0 ? rest : rest.slice(0, end);
  }
  return found;
}

function quote(path: readonly string[]): string {
  return path.map((label) => `"${label}"`).join(" › ");
}
