import type { Errno } from "../../simulator/index.js";
import type { Severity } from "../diagnostic.js";
import type { Fix } from "../fixes/fix.js";
import type { Site } from "../fixes/site.js";

/** The facts of one case: names as declared, numbers, and addresses and ranges as text. */
export type Facts = Record<string, string | number | boolean | undefined>;

/**
 * One rule: everything that is said of it anywhere. A rule is one file, named by its id and what it is
 * about (`P003-pasid-width.ts`), which exports it as `rule`, and what its page tells as `page`; the list of its family (`family-p.ts`)
 * collects it. The page of rules, `ioasid explain` and the tests are generated from these.
 *
 * @template A what the place that found the case knows of it
 */
export interface Rule<A = Facts> {
  /** Letter and three digits; the first part of the file's name. */
  readonly id: string;
  /** A short noun phrase without a full stop: "PASID beyond the width". */
  readonly title: string;
  /** How bad a case is; the worst, where `severityOf` tells them apart. */
  readonly severity: Severity;
  /** Only for a rule whose cases differ in severity. */
  severityOf?(facts: A): Severity;
  /** A full sentence or two: what was asked, and why it is refused, with the names and numbers. */
  message(facts: A): string;
  /** A full sentence or two: what would work. */
  help(facts: A): string;
  /**
   * Edits that put a case right, the best first; absent where only the author can know what was meant.
   * @param site the place of the case, in its program
   */
  fixes?(facts: A, site: Site): readonly Fix[];
  /** Why the rule exists, as some paragraphs of Markdown. */
  readonly explanation: string;
  /** What the call returns; more than one where the rule's cases differ. Absent when no call does. */
  readonly errno?: readonly Errno[];
  /** Device categories that can meet it; absent when it has nothing to do with categories. */
  readonly categories?: readonly number[];
}

/**
 * What is told of a rule on its page alone. It is made when somebody asks, so that a bundle in which nobody
 * does has none of it.
 */
export interface RulePage {
  /** Where the rule comes from: "RFC v1 §4, [T-KT-0603]", or a function of the kernel. */
  readonly source: string;
  /** Two smallest complete files: one that meets the rule, and the same situation done right. */
  readonly example: {
    readonly raises: string;
    readonly avoids: string;
    /** `config` where they are an `ioasid.config.json`; absent where they are `.ioasid` files. */
    readonly of?: "config";
  };
}
