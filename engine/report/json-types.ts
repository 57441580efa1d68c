import type { Position, Severity } from "../language/index.js";
import type { Errno, Stage } from "../simulator/index.js";
import type { RequiredMapping, VmxSlot } from "./kvm.js";
import type { PasidEntry } from "./pasid-tables.js";

/** What `ioasid check --format json` prints; `docs/json.md` says what each field means. */
export interface CheckJson {
  readonly version: 1;
  readonly diagnostics: readonly DiagnosticJson[];
}

/** What `ioasid run --format json` prints; `docs/json.md` says what each field means. */
export interface RunJson {
  readonly version: 1;
  readonly files: readonly FileJson[];
}

export interface FileJson {
  readonly file: string;
  readonly diagnostics: readonly DiagnosticJson[];
  readonly scenarios: readonly ScenarioJson[];
  readonly tables: TablesJson;
}

export interface RangeJson {
  readonly start: Position;
  readonly end: Position;
}

export interface DiagnosticJson {
  readonly file: string;
  readonly code: string;
  readonly severity: Severity;
  readonly errno?: Errno;
  readonly message: string;
  readonly range: RangeJson;
  readonly related: readonly { readonly file: string; readonly range: RangeJson; readonly message: string }[];
}

export interface ScenarioJson {
  readonly title: string;
  readonly passed: boolean;
  readonly steps: readonly StepJson[];
}

export interface StepJson {
  readonly line: number;
  readonly text: string;
  readonly outcome: string;
  readonly expected: string | null;
  readonly passed: boolean;
  readonly wire: number | null;
  readonly ppasid: number | null;
  readonly hpa: string | null;
  readonly stages: readonly StageJson[];
}

export interface StageJson {
  readonly kind: Stage["kind"];
  readonly text: string;
  readonly level: number | null;
  readonly index: number | null;
  readonly file: string | null;
  readonly line: number | null;
}

export interface TablesJson {
  readonly pasid: readonly {
    readonly rid: string;
    readonly ppasid: number;
    readonly vpasid: number | null;
    readonly device: string;
    readonly use: PasidEntry["use"];
    readonly space: string;
    readonly namespace: PasidEntry["namespace"];
  }[];
  readonly kvm: readonly ({ readonly guest: string } & Omit<VmxSlot, "origin">)[];
  readonly kvmRequired: readonly (Omit<RequiredMapping, "origin" | "current"> & {
    readonly current: number | null;
  })[];
}
