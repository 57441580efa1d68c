import type { DebugProtocol } from "@vscode/debugprotocol";
import {
  type AnswerLine,
  type Children,
  comparedPage,
  type Thread,
  type Variable,
} from "../../engine/debugger/index.js";

/** A list that the client can open, and the same list at the last stop. */
interface Opened {
  readonly thread: Thread;
  readonly now: () => Children;
  readonly before: () => Children | undefined;
}

/** Children that one answer holds when the client asks for all of a long list. */
const PAGE = 200;

/** The lists that a client can open while a scenario stands still; they are gone when it moves. */
export class Values {
  private readonly opened = new Map<number, Opened>();
  private next = 1;

  /** Nothing that was given out for a thread counts any more; a number is never given out again. */
  clear(thread: Thread): void {
    for (const [reference, opened] of this.opened) {
      if (opened.thread === thread) this.opened.delete(reference);
    }
  }

  open(thread: Thread, now: () => Children, before: () => Children | undefined): number {
    const reference = this.next++;
    this.opened.set(reference, { thread, now, before });
    return reference;
  }

  /** Lines of an answer, to be opened in a console or a watch. */
  openLines(lines: readonly AnswerLine[], thread: Thread): number {
    const children: Children = {
      count: lines.length,
      page: (start, count) => lines.slice(start, start + count),
    };
    return this.open(
      thread,
      () => children,
      () => undefined,
    );
  }

  /** A page of a list, with what changed since the last stop marked. */
  page(reference: number, start: number, count: number): DebugProtocol.Variable[] {
    const opened = this.opened.get(reference);
    if (!opened) return [];
    const asked = count > 0 ? count : PAGE;
    const now = opened.now();
    const page = comparedPage(now, opened.before(), start, asked).map(({ now: each, was, changed }) => {
      const told = was && was.value !== each.value ? `, was ${was.value}` : "";
      return this.shown(opened.thread, each, was, changed ? `● ${each.value}${told}` : each.value);
    });
    const left = now.count - start - asked;
    if (count > 0 || left <= 0) return page;
    return [...page, { name: "…", value: `${left} more`, variablesReference: 0 }];
  }

  /** The value of one name in a list, and the thread whose state it belongs to. */
  find(
    reference: number,
    name: string,
  ): { readonly thread: Thread; readonly variable: Variable } | undefined {
    const opened = this.opened.get(reference);
    const children = opened?.now();
    const variable = children && named(children, name);
    return opened && variable && { thread: opened.thread, variable };
  }

  private shown(
    thread: Thread,
    now: Variable,
    was: Variable | undefined,
    value: string,
  ): DebugProtocol.Variable {
    const { children } = now;
    return {
      name: now.name,
      value,
      variablesReference: children
        ? this.open(
            thread,
            () => children,
            () => was?.children,
          )
        : 0,
      ...(!now.set && { presentationHint: { attributes: ["readOnly"] } }),
      ...(children && children.count > PAGE && { indexedVariables: children.count }),
      ...(now.query !== undefined && { evaluateName: now.query }),
      ...(now.memory !== undefined && { memoryReference: now.memory }),
    };
  }
}

/** The child of a name; a long list is made piece by piece until it is found. */
function named(children: Children, name: string): Variable | undefined {
  for (let start = 0; start < children.count; start += PAGE) {
    const found = children.page(start, PAGE).find((each) => each.name === name);
    if (found) return found;
  }
  return undefined;
}
