import {
  type AttachmentRow,
  attachmentRows,
  type Machine,
  qualifiedSpaceName,
  type SpaceRow,
  spaceRows,
} from "../../simulator/index.js";
import { type DeviceReport, deviceReports } from "../capabilities.js";
import { type RequiredMapping, requiredMappings, type VmxSlot, vmxTableReport } from "../kvm.js";
import type { Problems } from "./problems.js";

/** What KVM has and needs for one guest. */
interface GuestMappings {
  readonly slots: readonly VmxSlot[];
  readonly needs: readonly RequiredMapping[];
}

/** A machine that is being read, with what is looked up in it again and again. */
export class Reading<P> {
  readonly deviceReports: ReadonlyMap<string, DeviceReport>;
  /** By name of the guest; only those that have a mapping or need one. */
  readonly kvm: ReadonlyMap<string, GuestMappings>;
  readonly problems: Problems<P>;
  private readonly deviceOrigins: ReadonlyMap<string, number>;
  private readonly spaces: ReadonlyMap<number, SpaceRow>;
  private readonly rootsByOwner: ReadonlyMap<number, readonly SpaceRow[]>;
  private readonly childrenBySpace: ReadonlyMap<number, readonly SpaceRow[]>;
  private readonly attachmentsBySpace: ReadonlyMap<number, readonly AttachmentRow[]>;

  /**
   * @param machine one that does not change while it is read
   * @param placeOf tells the place of a statement in the form that the reader wants
   * @param problemsOf what was found about the machine, given the numbers of its spaces by their names
   */
  constructor(
    readonly machine: Machine,
    readonly placeOf: (origin: number) => P,
    problemsOf: (spacesByName: ReadonlyMap<string, number>) => Problems<P>,
  ) {
    const spaces = spaceRows(machine);
    this.deviceOrigins = new Map(machine.platform.devices.map(({ name, origin }) => [name, origin]));
    this.spaces = new Map(spaces.map((row) => [row.number, row]));
    this.rootsByOwner = grouped(
      spaces.filter(({ parent, ioas }) => parent === undefined && ioas === undefined),
      ({ owner }) => owner,
    );
    this.childrenBySpace = grouped(spaces, ({ parent, ioas }) => parent ?? ioas ?? -1);
    this.attachmentsBySpace = grouped(attachmentRows(machine), ({ space }) => space);
    this.deviceReports = new Map(deviceReports(machine).map((report) => [report.device, report]));
    this.kvm = kvmByGuest(machine);
    this.problems = problemsOf(this.spacesByName());
  }

  space(number: number): SpaceRow {
    return this.spaces.get(number)!;
  }

  hasSpace(number: number): boolean {
    return this.spaces.has(number);
  }

  /** `vm0.gva`, also for one that is gone. */
  spaceName(number: number): string {
    return qualifiedSpaceName(this.machine, number);
  }

  roots(owner: number): readonly SpaceRow[] {
    return this.rootsByOwner.get(owner) ?? [];
  }

  children(space: number): readonly SpaceRow[] {
    return this.childrenBySpace.get(space) ?? [];
  }

  attachments(space: number): readonly AttachmentRow[] {
    return this.attachmentsBySpace.get(space) ?? [];
  }

  /** Statement that declares a device. @param name of a device of the platform */
  deviceOrigin(name: string): number {
    return this.deviceOrigins.get(name)!;
  }

  private spacesByName(): Map<string, number> {
    const names = new Map<string, number>();
    const several = new Set<string>();
    for (const { number, name } of this.spaces.values()) {
      names.set(this.spaceName(number), number);
      if (names.has(name)) several.add(name);
      names.set(name, number);
    }
    for (const name of several) names.delete(name);
    return names;
  }
}

function grouped<T>(rows: readonly T[], keyOf: (row: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}

function kvmByGuest(machine: Machine): Map<string, GuestMappings> {
  const found = new Map<string, { slots: readonly VmxSlot[]; needs: RequiredMapping[] }>();
  for (const { guest, slots } of vmxTableReport(machine)) found.set(guest, { slots, needs: [] });
  for (const need of requiredMappings(machine)) {
    const known = found.get(need.guest);
    if (known) known.needs.push(need);
    else found.set(need.guest, { slots: [], needs: [need] });
  }
  return found;
}
