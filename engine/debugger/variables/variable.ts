import type { RangeMap } from "../../address/index.js";
import type { Problem } from "../query/answer.js";
import type { HandMade } from "../timeline.js";

/** A value that can be looked into, and what it was at the last stop. */
export interface Variable {
  readonly name: string;
  readonly value: string;
  readonly children?: Children;
  /** The query that gives the same, for a watch. */
  readonly query?: string;
  /** The query that a data breakpoint on it asks, where that is not `query`. */
  readonly watch?: string;
  /** What its children are made of: two that are equal have the same children. */
  readonly content?: RangeMap;
  /** Where its bytes are; see `memoryReference`. */
  readonly memory?: string;
  /** The honest operation that gives it another value; absent where there is none. */
  set?(text: string): HandMade | Problem;
}

/** What is inside a value: a list that is made page by page. */
export interface Children {
  readonly count: number;
  /** @param start 0-based @param count how many at most */
  page(start: number, count: number): readonly Variable[];
}

/** A variable beside its value at the last stop. */
export interface Compared {
  readonly now: Variable;
  /** `undefined` when it was not there. */
  readonly was: Variable | undefined;
  readonly changed: boolean;
}

/** A list that is short enough to be made at once. */
export function list(variables: readonly Variable[]): Children {
  return { count: variables.length, page: (start, count) => variables.slice(start, start + count) };
}

/** A list of which only the asked page is made. */
export function paged<T>(items: readonly T[], make: (item: T) => Variable): Children {
  return { count: items.length, page: (start, count) => items.slice(start, start + count).map(make) };
}

export function variable(name: string, value: string, children?: Children): Variable {
  return children ? { name, value, children } : { name, value };
}

/** Values inside one value that are looked at to see whether it changed; beyond them its own words decide. */
const COMPARED = 100;

/** How far a value may have moved in a list and is still found beside its place at the last stop. */
const NEAR = 100;

/**
 * A page of children, each beside the one of the same name at the last stop. A value counts as changed when
 * something in it did, at any depth.
 */
export function comparedPage(
  now: Children,
  before: Children | undefined,
  start: number,
  count: number,
): Compared[] {
  const from = Math.max(0, start - NEAR);
  const others = byName(before?.page(from, start - from + count + NEAR));
  return now.page(start, count).map((each) => {
    const other = others.get(each.name);
    return { now: each, was: other, changed: before !== undefined && !isSame(each, other) };
  });
}

function isSame(now: Variable, was: Variable | undefined): boolean {
  if (!was || now.value !== was.value || now.children?.count !== was.children?.count) return false;
  if (now.content && was.content) return now.content.equals(was.content);
  if (!now.children || !was.children) return true;
  const others = byName(was.children.page(0, COMPARED));
  return now.children.page(0, COMPARED).every((each) => isSame(each, others.get(each.name)));
}

function byName(variables: readonly Variable[] = []): ReadonlyMap<string, Variable> {
  return new Map(variables.map((each) => [each.name, each]));
}
