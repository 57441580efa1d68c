import type { Span } from "../../language/index.js";
import type { Places } from "../places.js";
import { PAGE_ROWS } from "../rows/limit.js";
import type { Attributes } from "./element.js";

/** What a page may be told beside the run. */
export interface HtmlOptions {
  /** Rows of one list beyond which it is folded; 500 when left out. */
  readonly rows?: number;
  /** Web address of a rule's page, `{code}` standing for its id; without it, codes are marked and no links. */
  readonly rulePage?: string;
  /** Whoever shows the page can fetch the stages of a walk that the run did not record. */
  readonly stagesOnDemand?: boolean;
}

/** What every part of a page needs. */
export interface Page {
  readonly places: Places;
  readonly options: HtmlOptions;
  readonly rows: number;
}

export function pageOf(places: Places, options: HtmlOptions): Page {
  return { places, options, rows: options.rows ?? PAGE_ROWS };
}

/**
 * Where a row comes from, for whoever makes it lead there: the file by its name in the program, first and
 * last place as `line:character`, both from 0, characters in UTF-16 units.
 */
export function placeAttributes({ places }: Page, span: Span | undefined): Attributes {
  if (!span) return {};
  const { line, character } = places.startOf(span);
  const end = places.endOf(span);
  return {
    "data-file": span.file,
    "data-start": `${line}:${character}`,
    "data-end": `${end.line}:${end.character}`,
  };
}
