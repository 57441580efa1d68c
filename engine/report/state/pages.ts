import type { Page } from "./types.js";

/** A list whose items are made when they are asked for. */
export interface Source<T> {
  readonly total: number;
  items(from: number, count: number): readonly T[];
}

/** A list of what is made of each row. */
export function listOf<R, T>(rows: readonly R[], make: (row: R) => T): Source<T> {
  return { total: rows.length, items: (from, count) => rows.slice(from, from + count).map(make) };
}

/** Items of one list in an answer that nobody asked for by name, and of all lists together. */
const LIST_ITEMS = 200;
const ALL_ITEMS = 2000;

/** Cuts lists to pages, so that an answer stays small whatever the file is. */
export class Pages {
  private left: number;

  constructor(all = ALL_ITEMS) {
    this.left = all;
  }

  /** The first page of a list; an empty one when the answer is full already. */
  first<T>(list: string, source: Source<T>): Page<T> {
    const count = Math.min(LIST_ITEMS, this.left, source.total);
    this.left -= count;
    return { list, from: 0, items: count > 0 ? source.items(0, count) : [], total: source.total };
  }
}
