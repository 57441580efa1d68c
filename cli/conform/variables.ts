/** What an undefined variable is as an id or a cookie: one that never exists. */
export const NOTHING = 0xffff_ffffn;

type Kind = "object" | "descriptor" | "cookie" | "item";

interface Variable {
  readonly kind: Kind;
  readonly value: number;
  /** For a cookie, the queue that gave it. */
  readonly queue: number;
}

/** The variables of a sequence, in the order in which they were defined. */
export class Variables {
  readonly #all = new Map<string, Variable>();

  define(name: string | undefined, kind: Kind, value: number, queue = -1): void {
    if (name !== undefined) this.#all.set(name, { kind, value, queue });
  }

  /** The value of `$name`; NOTHING when it is not defined or dead. */
  value(name: string): bigint {
    const found = this.#all.get(name);
    return found ? BigInt(found.value) : NOTHING;
  }

  /** The number behind a variable that names a file; `undefined` when it is not open. */
  descriptor(name: string): number | undefined {
    const found = this.#all.get(name);
    return found?.kind === "descriptor" ? found.value : undefined;
  }

  /** The first variable of an object, or "new" when it has none yet. */
  nameOf(object: number): string {
    for (const [name, { kind, value }] of this.#all) {
      if (kind === "object" && value === object) return name;
    }
    return "new";
  }

  /** Kills the variables of objects that are gone. */
  keepObjects(isThere: (object: number) => boolean): void {
    this.#drop(({ kind, value }) => kind === "object" && !isThere(value));
  }

  dropDescriptor(value: number): void {
    this.#drop((each) => each.kind === "descriptor" && each.value === value);
  }

  dropCookie(queue: number, cookie: number): void {
    this.#drop((each) => each.kind === "cookie" && each.queue === queue && each.value === cookie);
  }

  dropCookies(queue: number): void {
    this.#drop((each) => each.kind === "cookie" && each.queue === queue);
  }

  dropName(name: string): void {
    this.#all.delete(name);
  }

  #drop(gone: (variable: Variable) => boolean): void {
    for (const [name, variable] of this.#all) if (gone(variable)) this.#all.delete(name);
  }
}
