import type { Address } from "../../../address/index.js";
import { boot, type Machine, type Operation, type Platform } from "../../../simulator/index.js";
import type { Program, Step } from "../../program.js";
import { Causes } from "../../run/causes.js";
import type { StepResult } from "../../run/result.js";
import { Stepper } from "../../run/stepper.js";

type OperationOf<K extends Operation["kind"]> = Extract<Operation, { kind: K }>;

/** A space of the RFC, and what it is over the whole of a file. */
export interface PlannedSpace {
  readonly number: number;
  readonly owner: number;
  readonly name: string;
  readonly parent: number | undefined;
  /** "root" and "shadow" become an IOAS, the others nested page tables. */
  readonly kind: "root" | "shadow" | "page-table" | "pasid-table";
  /** Where the guest's own table lies. */
  readonly at: Address | undefined;
}

/** What every statement of a file comes to. */
function resultsOf(program: Program): StepResult[] {
  const stepper = new Stepper(program, false);
  const [machine, causes] = [boot(program.platform), new Causes()];
  const run = (steps: readonly Step[], on: Machine, from: Causes) =>
    steps.map((step) => stepper.run(on, step, from));
  const results = run(program.start, machine, causes);
  for (const { steps } of program.scenarios) results.push(...run(steps, machine.fork(), causes.copy()));
  return results;
}

/**
 * What a file needs of iommufd as a whole. A page table is made with its flags, before the statements that
 * make them necessary; so all statements are looked at before the first is ported.
 */
export class Plan {
  private readonly spaces = new Map<number, PlannedSpace>();
  private readonly attaches: readonly OperationOf<"attach">[];

  constructor(private readonly program: Program) {
    const results = resultsOf(program);
    const operationsOf = (some: readonly StepResult[]) =>
      some.flatMap(({ step }) => (step.kind === "operation" ? [step.operation] : []));
    // What was refused needs nothing; only the name of a space may stand in a refused call.
    const operations = operationsOf(results.filter(({ outcome }) => outcome?.kind !== "refused"));
    this.attaches = operations.filter((each) => each.kind === "attach");
    const bound = new Map<number, OperationOf<"bind-table">>();
    for (const each of operations) {
      if (each.kind === "bind-table" && !bound.has(each.space)) bound.set(each.space, each);
    }
    for (const each of operationsOf(results)) {
      if (each.kind !== "ioasid") continue;
      const { space: number, owner, name, parent } = each;
      const table = each.table ?? bound.get(number)?.table;
      this.spaces.set(number, { number, owner, name, parent, kind: this.kindOf(each, table), at: table?.at });
    }
  }

  get platform(): Platform {
    return this.program.platform;
  }

  space(number: number): PlannedSpace {
    return this.spaces.get(number)!;
  }

  isNested(number: number): boolean {
    const { kind } = this.space(number);
    return kind === "page-table" || kind === "pasid-table";
  }

  /** The space that becomes the IOAS below a space: itself, unless its table is the guest's. */
  ioasOf(number: number): number {
    const { parent } = this.space(number);
    return this.isNested(number) && parent !== undefined ? this.ioasOf(parent) : number;
  }

  /** Whether attaches to an IOAS behind an IOMMU go to a page table that is made by hand. */
  needsTable(ioas: number, iommu: number): boolean {
    return this.uses(ioas, iommu).some(({ space, device }) => space !== ioas || this.usesPasids(device));
  }

  /** Whether guests' tables stand on the page table of an IOAS. */
  isParent(ioas: number, iommu: number): boolean {
    return this.uses(ioas, iommu).some(({ space }) => space !== ioas);
  }

  /** Whether the page tables of an IOAS must be made for PASIDs. */
  hasPasids(ioas: number, iommu: number): boolean {
    return this.uses(ioas, iommu).some(({ device }) => this.usesPasids(device));
  }

  /** Whether some device behind an IOMMU has its requests wait for a missing page. */
  hasPageRequests(iommu: number): boolean {
    const { iommus, devices } = this.platform;
    return iommus[iommu]!.pageRequests && devices.some((each) => each.iommu === iommu && each.pageRequests);
  }

  /** Whether the guest owns the PASID table of a device at some time. */
  isDelegated(device: number): boolean {
    return this.attaches.some(
      (each) => each.device === device && this.space(each.space).kind === "pasid-table",
    );
  }

  private usesPasids(device: number): boolean {
    const { kind, category } = this.platform.devices[device]!;
    if (kind === "mdev") return category !== 1;
    return (
      !this.isDelegated(device) &&
      this.attaches.some((each) => each.device === device && each.pasid !== undefined)
    );
  }

  private uses(ioas: number, iommu: number): OperationOf<"attach">[] {
    return this.attaches.filter(({ space, device }) => {
      const { iommu: own, category } = this.platform.devices[device]!;
      // A slice in software has an access to the IOAS and no page table.
      return own === iommu && category !== 1 && this.ioasOf(space) === ioas;
    });
  }

  private kindOf(
    { space, parent, table: stated }: OperationOf<"ioasid">,
    table: OperationOf<"ioasid">["table"],
  ): PlannedSpace["kind"] {
    if (parent === undefined) return "root";
    if (stated) return stated.kind;
    if (this.program.platform.uapi === "v2") return "shadow";
    const { iommus, devices } = this.platform;
    const isMerged = this.attaches.some(
      (each) =>
        (each.space === space || each.space === parent) &&
        iommus[devices[each.device]!.iommu]!.nesting === "software",
    );
    return isMerged ? "shadow" : (table?.kind ?? "page-table");
  }
}
