import type { Address } from "../address/index.js";
import type { Endpoint, Errno, FaultName, Operation, Origin, Platform } from "../simulator/index.js";
import type { Diagnostic } from "./diagnostic.js";
import type { Switches } from "./switches/index.js";

/** A place in a file: UTF-16 offsets, `end` exclusive. */
export interface Span {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** What a person wrote after `=>`. */
export interface Expectation {
  readonly span: Span;
  readonly outcome:
    | { readonly kind: "ok" }
    | { readonly kind: "errno"; readonly errno: Errno }
    | {
        readonly kind: "memory";
        readonly memory: number;
        readonly offset: Address;
        readonly length: Address | undefined;
      }
    | { readonly kind: "physical"; readonly address: Address }
    | { readonly kind: "fault"; readonly name: FaultName | undefined; readonly code: number | undefined }
    | { readonly kind: "page-request" }
    | { readonly kind: "vm-exit"; readonly reason: 72 | 73 | undefined }
    | { readonly kind: "gp" }
    | { readonly kind: "refused" };
  /** PASID that must be on the wire; `undefined` when nothing was said of it. */
  readonly wire: number | "none" | undefined;
}

export type Assertion =
  | { readonly kind: "isolated"; readonly a: Endpoint; readonly b: Endpoint }
  | {
      readonly kind: "reaches";
      readonly from: Endpoint;
      readonly memory: number;
      readonly offset: Address;
      readonly length: Address;
      readonly access: number;
    }
  | {
      readonly kind: "ppasid";
      readonly device: number;
      readonly pasid: number | undefined;
      readonly physical: number | undefined;
    }
  | {
      readonly kind: "kvm";
      readonly owner: number;
      readonly pasid: number;
      readonly physical: number | undefined;
    }
  | {
      readonly kind: "reports";
      readonly device: number;
      readonly pasid: boolean;
      readonly delegated: boolean;
      readonly cpu: boolean;
      readonly cpuVirtual: boolean;
    };

/** One statement that runs. Its `origin` is an index into `Program.origins`. */
export type Step = {
  readonly origin: Origin;
  /** From the first word to the end of the statement, its `=> …` included. */
  readonly span: Span;
  readonly expectation: Expectation | undefined;
  /** Written in a file that this one imports: it also happens at the destination of a migration. */
  readonly imported: boolean;
} & (
  | { readonly kind: "operation"; readonly operation: Operation }
  | { readonly kind: "assertion"; readonly assertion: Assertion }
);

export interface Scenario {
  readonly title: string;
  /** Of the title, for lenses and reports. */
  readonly span: Span;
  readonly steps: readonly Step[];
}

/** A checked file, ready to run: everything that could be understood, whatever else was wrong. */
export interface Program {
  readonly file: string;
  readonly platform: Platform;
  /** The owner blocks of the file and its imports, in the order they run. */
  readonly start: readonly Step[];
  readonly scenarios: readonly Scenario[];
  readonly origins: readonly Span[];
  /** Of lexer, parser, names and shape checks, as far as they are shown; the run adds its own. */
  readonly diagnostics: readonly Diagnostic[];
  /** Text of the root file, of each import and of the configuration, by name. */
  readonly sources: ReadonlyMap<string, string>;
  /** What changes how findings are shown; absent when nothing does. */
  readonly switches?: Switches | undefined;
  /** Of a program that was ported to another interface: its files as they were written. */
  readonly written?: Written | undefined;
}

/** What a ported program was before. Its statements are words of the ported text, its places lie here. */
export interface Written {
  readonly sources: ReadonlyMap<string, string>;
  /** Where a piece of the ported text was written; a statement that was made besides, with what made it. */
  spanOf(span: Span): Span;
}
