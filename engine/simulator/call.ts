import type { Errno } from "./errno.js";
import type { Machine } from "./machine.js";
import type { Finding } from "./outcome.js";
import type { Origin } from "./platform.js";
import type {
  ALLOWABLE,
  Refusal,
  RefusalArguments,
  Related,
  RuleId,
  UnsaidArguments,
  UnsaidId,
} from "./refusal.js";

/**
 * One operation under way: who asks, under which `allow`, and what was noticed. A call first checks
 * everything and only then changes state, so that a refusal leaves nothing behind.
 */
export class Call {
  constructor(
    readonly machine: Machine,
    readonly origin: Origin,
    private readonly allowed: ReadonlySet<string> | undefined,
    readonly findings: Finding[] = [],
  ) {}

  /**
   * The same permission on another machine and for another statement, for a call made of several.
   * @param findings where what is noticed goes; a list of its own when left out
   */
  on(machine: Machine, origin: Origin, findings?: Finding[]): Call {
    return new Call(machine, origin, this.allowed, findings);
  }

  /** A refusal that no `allow` can turn off, because there is no way to carry on. */
  refuse<R extends RuleId | UnsaidId>(
    rule: R,
    errno: Errno,
    args: (RefusalArguments & UnsaidArguments)[R],
    related: readonly Related[] = [],
  ): Refusal {
    return refusalOf(rule, errno, args, related);
  }

  /** A refusal, unless `allow` names the rule: then the finding is kept and the call carries on. */
  object<R extends (typeof ALLOWABLE)[number]>(
    rule: R,
    errno: Errno,
    args: RefusalArguments[R],
    related: readonly Related[] = [],
  ): Refusal | undefined {
    const refusal = refusalOf(rule, errno, args, related);
    if (!this.allowed?.has(rule)) return refusal;
    this.findings.push({ kind: "allowed", refusal });
    return undefined;
  }

  /** Something a person must know although the call succeeds. */
  note<R extends RuleId>(rule: R, errno: Errno, args: RefusalArguments[R]): void {
    this.findings.push({ kind: "note", refusal: refusalOf(rule, errno, args, []) });
  }
}

function refusalOf(rule: string, errno: Errno, args: object, related: readonly Related[]): Refusal {
  return { rule, errno, arguments: args, related } as unknown as Refusal;
}

/** A call that was refused, as opposed to a value. */
export function isRefusal(value: unknown): value is Refusal {
  return typeof value === "object" && value !== null && (value as Partial<Refusal>).errno !== undefined;
}
