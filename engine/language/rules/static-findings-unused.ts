import type { Machine, Operation, Origin } from "../../simulator/index.js";
import type { Diagnostic } from "../diagnostic.js";
import type { Program, Step } from "../program.js";
import { findingOf, findingsBy } from "./finding.js";
import { rule as U096 } from "./U096-space-unreached.js";
import { rule as U097 } from "./U097-device-never-attached.js";
import { rule as U098 } from "./U098-process-without-space.js";

/**
 * What a whole program makes and never uses, found in one look at all its statements:
 * - U096, a space of the start state that no device is attached to and no child stands on;
 * - U097, a device that is bound in the start state and never attached;
 * - U098, a guest process whose vPASID is attached nowhere.
 *
 * A statement about it in a scenario, or one with a stated outcome, shows that its author knows. What an
 * import declares is the business of its other users.
 * @param machine after the start state: a bind that was refused has been told already
 */
export function unusedFindings(machine: Machine, program: Program): readonly Diagnostic[] {
  const uses = new Uses(program);
  return [
    ...findingsBy(U096.id, program.file, () => uses.spaces()),
    ...findingsBy(U097.id, program.file, () => uses.devices(machine)),
    ...findingsBy(U098.id, program.file, () => uses.processes()),
  ];
}

/** A statement that makes something, until another one uses it. */
interface Made {
  readonly owner: number;
  readonly name: string;
  readonly origin: Origin;
}

class Uses {
  private readonly madeSpaces = new Map<number, Made>();
  private readonly boundDevices = new Map<number, Made>();
  private readonly usedSpaces = new Set<number>();
  private readonly usedDevices = new Set<number>();
  private readonly usedProcesses = new Set<number>();
  /** vPASIDs that an owner attached something with, as "owner pasid". */
  private readonly pasids = new Set<string>();
  /** Owners whose attached numbers are not those of their processes: a VMM keeps the table of both itself. */
  private readonly translating = new Set<number>();
  /** Owners that bind a device, that make a space, and that attach one to the other: the rest is a sketch. */
  private readonly binding = new Set<number>();
  private readonly allocating = new Set<number>();
  private readonly attaching = new Set<number>();

  constructor(private readonly program: Program) {
    for (const step of program.start) this.note(step, false);
    for (const { steps } of program.scenarios) for (const step of steps) this.note(step, true);
  }

  *spaces(): Iterable<Diagnostic> {
    for (const [space, { owner, name, origin }] of this.madeSpaces) {
      if (this.usedSpaces.has(space) || !this.binding.has(owner)) continue;
      yield findingOf(U096, { space: name, owner: this.owner(owner) }, this.program.origins[origin]!);
    }
  }

  *devices(machine: Machine): Iterable<Diagnostic> {
    for (const [device, { owner, name, origin }] of this.boundDevices) {
      if (this.usedDevices.has(device) || !this.allocating.has(owner)) continue;
      if (machine.device(device).bound.length === 0) continue;
      yield findingOf(U097, { device: name, owner: this.owner(owner) }, this.program.origins[origin]!);
    }
  }

  *processes(): Iterable<Diagnostic> {
    for (const [index, { name, owner, pasid, origin }] of this.program.platform.processes.entries()) {
      const span = this.program.origins[origin];
      if (pasid === undefined || span?.file !== this.program.file || this.usedProcesses.has(index)) continue;
      if (this.pasids.has(`${owner} ${pasid}`) || !this.attaching.has(owner)) continue;
      if (this.translating.has(owner)) continue;
      yield findingOf(U098, { process: name, owner: this.owner(owner), pasid }, span);
    }
  }

  private note(step: Step, inScenario: boolean): void {
    if (step.kind === "assertion") {
      const { assertion } = step;
      if ("device" in assertion) this.usedDevices.add(assertion.device);
      return;
    }
    const { operation } = step;
    this.noteUse(operation);
    if (inScenario || step.expectation !== undefined) this.noteKnown(operation);
    if (!inScenario && !step.imported && step.span.file === this.program.file) this.noteMade(operation);
  }

  private noteMade(operation: Operation): void {
    if (operation.kind === "ioasid" || operation.kind === "ioas" || operation.kind === "hwpt") {
      const { owner, space, name, origin } = operation;
      this.madeSpaces.set(space, { owner, name, origin });
    }
    if (operation.kind === "bind") {
      const { owner, device, origin } = operation;
      const { name } = this.program.platform.devices[device]!;
      this.boundDevices.set(device, { owner, name, origin });
    }
  }

  private noteUse(operation: Operation): void {
    switch (operation.kind) {
      case "bind":
        this.binding.add(operation.owner);
        return;
      case "ioasid":
        this.allocating.add(operation.owner);
        if (operation.parent !== undefined) this.usedSpaces.add(operation.parent);
        return;
      case "ioas":
      case "fault-queue":
        this.allocating.add(operation.owner);
        return;
      case "hwpt":
      case "viommu":
      case "vdevice":
        this.allocating.add(operation.owner);
        this.usedSpaces.add(operation.parent);
        if (operation.kind === "hwpt" && operation.queue !== undefined) this.usedSpaces.add(operation.queue);
        return;
      case "copy":
        this.usedSpaces.add(operation.space);
        return;
      case "destroy":
        this.usedSpaces.add(operation.space);
        return;
      case "attach":
      case "replace":
        this.attaching.add(operation.owner);
        this.usedSpaces.add(operation.space);
        this.usedDevices.add(operation.device);
        if (operation.pasid !== undefined) this.pasids.add(`${operation.owner} ${operation.pasid}`);
        this.noteSlice(operation);
        return;
      case "entry":
        if (operation.space !== undefined) this.usedSpaces.add(operation.space);
        this.pasids.add(`${operation.owner} ${operation.pasid}`);
        return;
      case "free":
        this.usedSpaces.add(operation.space);
        return;
      case "sva":
      case "unbind":
        this.usedDevices.add(operation.device);
        return;
      case "set-pasid":
        this.usedProcesses.add(operation.process);
        return;
      default:
        return;
    }
  }

  /** Behind iommufd the number of a slice is the one on the wire, and its driver gives the guest another. */
  private noteSlice({ owner, device }: { readonly owner: number; readonly device: number }): void {
    const { devices, uapi } = this.program.platform;
    if (uapi === "iommufd" && devices[device]!.kind === "mdev") this.translating.add(owner);
  }

  /** Whoever writes a statement about a thing in a scenario, or states what comes of it, looks at it. */
  private noteKnown(operation: Operation): void {
    if ("space" in operation && operation.space !== undefined) this.usedSpaces.add(operation.space);
    if ("device" in operation && operation.device !== undefined) this.usedDevices.add(operation.device);
    if ("process" in operation) this.usedProcesses.add(operation.process);
  }

  private owner(index: number): string {
    return this.program.platform.owners[index]!.name;
  }
}
