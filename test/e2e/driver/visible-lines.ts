import type { Locator } from "playwright-core";

export type Severity = "error" | "warning" | "info" | "hint";

/** A place that is underlined. */
export interface Squiggle {
  readonly severity: Severity;
  /** The text above it. */
  readonly text: string;
}

/** A piece of a line in one colour. */
export interface ColouredText {
  readonly text: string;
  /** As CSS says it, `rgb(78, 201, 176)`. */
  readonly colour: string;
}

/** A line as a person sees it. */
export interface VisibleLine {
  /** From 1. */
  readonly line: number;
  /** The text of the file, without what the editor adds. */
  readonly text: string;
  readonly colours: readonly ColouredText[];
  /** The inlay hints, from left to right; those that touch each other are one. */
  readonly hints: readonly string[];
  readonly squiggles: readonly Squiggle[];
  /** The names of the icons in the margin, such as `debug-breakpoint`. */
  readonly glyphs: readonly string[];
}

/**
 * Reads the lines that an editor shows. It draws only those in sight.
 *
 * @param editor a `.monaco-editor`
 */
export function readVisibleLines(editor: Locator): Promise<VisibleLine[]> {
  return editor.evaluate((root) => {
    const severities = ["error", "warning", "info", "hint"] as const;
    // The parts of a line are in layers of their own, at the same height.
    const atSameHeight = (selector: string, line: HTMLElement) =>
      [...root.querySelectorAll<HTMLElement>(selector)].filter(({ style }) => style.top === line.style.top);
    const plain = (text: string | null) => (text ?? "").replaceAll("\u00a0", " ");
    const isInjected = (span: Element) => /\bdyn-rule-/.test(span.className);
    const pieces = (line: HTMLElement) => [...line.querySelectorAll(":scope > span > span")];

    // The parts of a hint, and the gaps beside it, are pieces of their own.
    const hintsOf = (line: HTMLElement) => {
      const hints: string[] = [];
      let isInHint = false;
      for (const piece of pieces(line)) {
        const text = plain(piece.textContent);
        if (isInjected(piece)) hints.push(isInHint ? `${hints.pop()}${text}` : text);
        isInHint = isInjected(piece);
      }
      return hints.map((hint) => hint.trim());
    };

    const textAbove = (squiggle: Element, line: HTMLElement) => {
      const { left, right } = squiggle.getBoundingClientRect();
      let text = "";
      for (const piece of pieces(line)) {
        const node = piece.firstChild;
        if (isInjected(piece) || node === null) continue;
        for (let index = 0; index < (node.nodeValue ?? "").length; index++) {
          const range = document.createRange();
          range.setStart(node, index);
          range.setEnd(node, index + 1);
          const box = range.getBoundingClientRect();
          const middle = (box.left + box.right) / 2;
          if (left <= middle && middle <= right) text += plain(range.toString());
        }
      }
      return text;
    };

    return [...root.querySelectorAll<HTMLElement>(".lines-content > .view-lines > .view-line")]
      .map((line) => {
        const own = pieces(line).filter((piece) => !isInjected(piece));
        const number = atSameHeight(".margin-view-overlays > div", line)[0]?.querySelector(".line-numbers");
        const overlay = atSameHeight(".view-overlays > div", line)[0];
        return {
          line: Number(number?.textContent),
          text: own.map(({ textContent }) => plain(textContent)).join(""),
          colours: own.map((piece) => ({
            text: plain(piece.textContent),
            colour: getComputedStyle(piece).color,
          })),
          hints: hintsOf(line),
          squiggles: severities.flatMap((severity) =>
            [...(overlay?.querySelectorAll(`.squiggly-${severity}`) ?? [])].map((squiggle) => ({
              severity,
              text: textAbove(squiggle, line),
            })),
          ),
          glyphs: atSameHeight(".glyph-margin-widgets > .codicon", line).flatMap(({ className }) =>
            [...className.matchAll(/\bcodicon-(\S+)/g)].map(([, name]) => name ?? ""),
          ),
        };
      })
      .sort((one, other) => one.line - other.line);
  });
}

/** A code lens as a person sees it. */
export interface VisibleCodeLens {
  /** The line below it, from 1. */
  readonly line: number;
  readonly title: string;
}

/** Reads the code lenses that an editor shows, from top to bottom. @param editor a `.monaco-editor` */
export function readVisibleCodeLenses(editor: Locator): Promise<VisibleCodeLens[]> {
  return editor.evaluate((root) => {
    const numbers = [...root.querySelectorAll(".margin-view-overlays .line-numbers")]
      .map((number) => ({ line: Number(number.textContent), top: number.getBoundingClientRect().top }))
      .sort((one, other) => one.top - other.top);
    return [...root.querySelectorAll<HTMLElement>(".codelens-decoration")]
      .filter((lens) => lens.checkVisibility({ visibilityProperty: true }))
      .flatMap((lens) => {
        const { top } = lens.getBoundingClientRect();
        const below = numbers.find((number) => number.top > top);
        if (below === undefined) return [];
        return [...lens.querySelectorAll("a, span.codelens-text, :scope > span")].map((part) => ({
          line: below.line,
          title: (part.textContent ?? "").replaceAll("\u00a0", " ").trim(),
        }));
      })
      .filter(({ title }) => title !== "" && title !== "|")
      .sort((one, other) => one.line - other.line);
  });
}
