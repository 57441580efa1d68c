import { type Address, fromBytes, toBytes } from "../../address/index.js";
import type { Definition, DefinitionKind, syntax } from "../../language/index.js";
import type { Machine, Platform } from "../../simulator/index.js";
import type { Statement } from "../structure/statements.js";
import { indexOf, spaceOn } from "./indices.js";
import type { Scope } from "./scope.js";
import type { Site } from "./site.js";

export const DEVICES: readonly DefinitionKind[] = ["pdev", "mdev"];
export const OWNERS: readonly DefinitionKind[] = ["guest", "native"];

type StatementOf<K extends Statement["kind"]> = Extract<Statement, { kind: K }>;

/** One part that may stand at the cursor, with the statement that it would belong to. */
export class Spot {
  /** The statements around the part, the outermost first. */
  readonly path: readonly Statement[];
  /** The statement that the part belongs to; for a new statement, the one around it. */
  readonly statement: Statement | undefined;
  /** The same with what stands behind the cursor, as it was compiled. */
  readonly whole: Statement | undefined;
  readonly scope: Scope;
  private readonly machines = new Map<"structure" | "all", Machine | undefined>();

  constructor(
    readonly site: Site,
    readonly wanted: syntax.Wanted,
  ) {
    this.path = site.path(wanted);
    this.statement = this.path.at(-1);
    this.whole = this.statement && site.whole(this.statement);
    this.scope = site.scope(this.path);
  }

  get platform(): Platform {
    return this.site.platform;
  }

  /** The machine right before the statement, with attachments and PASIDs alone or with everything. */
  machine(what: "structure" | "all" = "structure"): Machine | undefined {
    if (!this.machines.has(what)) this.machines.set(what, this.site.machine(this.path, what));
    return this.machines.get(what);
  }

  /** The statement, when it is of one of these kinds. */
  as<K extends Statement["kind"]>(...kinds: readonly K[]): StatementOf<K> | undefined {
    return isOf(this.statement, kinds);
  }

  /** The same with what stands behind the cursor, as far as it was compiled; else without it. */
  wholeAs<K extends Statement["kind"]>(...kinds: readonly K[]): StatementOf<K> | undefined {
    return isOf(this.whole, kinds) ?? isOf(this.statement, kinds);
  }

  find(name: syntax.Name | undefined, ...kinds: readonly DefinitionKind[]): Definition | undefined {
    return this.scope.find(name, kinds);
  }

  device(name: syntax.Name | undefined): number | undefined {
    return indexOf(this.find(name, ...DEVICES));
  }

  space(name: syntax.Name | undefined): ReturnType<typeof spaceOn> {
    const machine = this.machine();
    return machine && spaceOn(machine, this.find(name, "space"));
  }

  /** The owner whose block it is. */
  get blockOwner(): number | undefined {
    const [outer] = this.path;
    if (outer?.kind !== "guest" && outer?.kind !== "native") return undefined;
    return indexOf(this.find(outer.name, ...OWNERS));
  }

  get isInScenario(): boolean {
    return this.path[0]?.kind === "scenario";
  }

  /** The owner that makes a call: that of the block, else of a name of the statement, else the only one. */
  caller(name: syntax.Name | undefined): number | undefined {
    const named = this.find(name, "space", "memory", "process", ...OWNERS);
    const owner = named?.owner ?? (named && OWNERS.includes(named.kind) ? named : undefined);
    const only = this.platform.owners.length === 1 ? 0 : undefined;
    return this.blockOwner ?? indexOf(owner) ?? only;
  }
}

function isOf<K extends Statement["kind"]>(
  statement: Statement | undefined,
  kinds: readonly K[],
): StatementOf<K> | undefined {
  return statement && (kinds as readonly string[]).includes(statement.kind)
    ? (statement as StatementOf<K>)
    : undefined;
}

/** A written number, when it is one that a PASID or a width can be. */
export function smallNumber(literal: syntax.NumberLiteral | undefined): number | undefined {
  return literal?.value && toBytes(literal.value);
}

export function addressOf(bytes: number): Address {
  return fromBytes(bytes);
}
