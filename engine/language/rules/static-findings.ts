import {
  capabilityOf,
  type KvmRequirement,
  kvmRequirements,
  type Machine,
  type Origin,
  type PasidTableRow,
  pasidTables,
} from "../../simulator/index.js";
import type { Diagnostic, Severity } from "../diagnostic.js";
import type { Program } from "../program.js";
import { describeCase, describeFailure } from "./describe.js";
import { rule as P010 } from "./P010-kvm-map-missing.js";
import { rule as P011 } from "./P011-kvm-slot-taken.js";
import { rule as P027 } from "./P027-sibling-vpasids.js";
import type { Facts, Rule } from "./rule.js";
import { rule as U094 } from "./U094-delegation-differs.js";

/**
 * What no single call shows, on a machine after its start state or a scenario:
 * - P010, a warning at each category-5 attach on a shared queue whose vPASID has no KVM mapping;
 * - P011, a warning at such an attach when the slot of its vPASID holds another space's pPASID (G8);
 * - P027, information at equal vPASIDs on slices of one parent that different guests have.
 * - U094, a warning where the PASID tables of an owner's devices belong to different sides (G5).
 *
 * Where an `allow` of the rule covers the attach, it is information. P030 holds for every attach of
 * categories 4 and 5, so no place is marked with it.
 */
export function staticFindings(machine: Machine, program: Program): Diagnostic[] {
  const findings = new Findings(machine, program);
  findings.by(P010, () => findings.kvmMappings(kvmRequirements(machine)));
  findings.by(P027, () => findings.equalSiblings(pasidTables(machine)));
  findings.by(U094, () => findings.delegation());
  return findings.diagnostics;
}

/** A row of a PASID table that a vPASID made, with the owner of its space. */
interface Attached {
  readonly row: PasidTableRow;
  readonly pasid: number;
  readonly owner: number;
}

class Findings {
  readonly diagnostics: Diagnostic[] = [];
  private allowances: ReadonlyMap<Origin, ReadonlySet<string>> | undefined;

  constructor(
    private readonly machine: Machine,
    private readonly program: Program,
  ) {}

  /** What one rule looks for; when that fails, the others still look. */
  by<A>({ id }: Rule<A>, look: () => void): void {
    try {
      look();
    } catch (error) {
      const { code, severity, message, help } = describeFailure(id, error);
      const span = { file: this.program.file, start: 0, end: 0 };
      this.diagnostics.push({ code, severity, message: `${message} ${help}`, span, related: [] });
    }
  }

  kvmMappings(requirements: readonly KvmRequirement[]): void {
    const holders = new Map<string, KvmRequirement>();
    for (const requirement of requirements) {
      if (requirement.state === "present") holders.set(slotOf(requirement), requirement);
    }
    for (const requirement of requirements) {
      const holder = holders.get(slotOf(requirement));
      if (requirement.state === "missing") this.missingMapping(requirement);
      if (requirement.state === "conflict" && holder) this.takenSlot(requirement, holder);
    }
  }

  private missingMapping({ owner, device, pasid, space, origin }: KvmRequirement): void {
    const facts = {
      owner: this.owner(owner),
      device: this.device(device),
      pasid,
      space,
      blocked: this.machine.owner(owner).translation === "off",
    };
    const { name, origin: declared } = this.program.platform.devices[device]!;
    const needs = this.related(declared, `${name} takes ENQCMD, whose vPASID the CPU has to translate`);
    this.add(P010, facts, "warning", origin, needs);
  }

  private takenSlot(requirement: KvmRequirement, holder: KvmRequirement): void {
    const facts = {
      owner: this.owner(requirement.owner),
      pasid: requirement.pasid,
      current: holder.physical,
      wanted: requirement.physical,
      space: requirement.space,
      currentSpace: holder.space,
    };
    const message = `the slot belongs to vPASID ${holder.pasid} of ${this.device(holder.device)}`;
    this.add(P011, facts, "warning", requirement.origin, this.related(holder.origin, message));
  }

  /** Each attach is told once, against the first one on its parent that another guest made. */
  equalSiblings(rows: readonly PasidTableRow[]): void {
    // Two with different owners are enough: one of them differs from whoever comes next.
    const firstOnes = new Map<string, Attached[]>();
    for (const row of rows) {
      const attached = this.attachedSlice(row);
      if (!attached) continue;
      const key = `${row.wire} ${attached.pasid}`;
      const earlier = firstOnes.get(key) ?? [];
      const sibling = earlier.find(({ owner }) => owner !== attached.owner);
      if (sibling) this.equalSibling(attached, sibling);
      if (earlier.length === 0 || (earlier.length === 1 && sibling)) {
        firstOnes.set(key, [...earlier, attached]);
      }
    }
  }

  private attachedSlice(row: PasidTableRow): Attached | undefined {
    const { device, pasid } = row;
    if (row.use !== "attached" || device === row.wire || pasid === undefined) return undefined;
    const attachment = this.machine.device(device).attachments.get(pasid);
    const space = attachment && this.machine.spaces.get(attachment.space);
    return space && { row, pasid, owner: space.owner };
  }

  private equalSibling({ row, pasid, owner }: Attached, other: Attached): void {
    const facts = {
      device: this.device(row.device),
      owner: this.owner(owner),
      sibling: this.device(other.row.device),
      siblingOwner: this.owner(other.owner),
      parent: this.device(row.wire),
      pasid,
      physical: row.physical,
      siblingPhysical: other.row.physical,
    };
    const message = `${facts.siblingOwner} attached ${facts.sibling} with the same vPASID here`;
    this.add(P027, facts, "information", row.origin, this.related(other.row.origin, message));
  }

  /** Told once for each owner, at the bind of the first device that differs from the first of all. */
  delegation(): void {
    for (const [owner, { devices }] of this.machine.owners.entries()) {
      let first: number | undefined;
      for (const [device] of devices.entries()) {
        const capability = capabilityOf(this.program.platform, device);
        if (!capability.pasid) continue;
        first ??= device;
        const { delegated } = capabilityOf(this.program.platform, first);
        if (capability.delegated === delegated) continue;
        const facts = {
          owner: this.owner(owner),
          delegated: this.device(delegated ? first : device),
          other: this.device(delegated ? device : first),
        };
        const earlier = this.related(this.bindOf(first, owner), `${this.device(first)} was bound here`);
        this.add(U094, facts, "warning", this.bindOf(device, owner), earlier);
        break;
      }
    }
  }

  private bindOf(device: number, owner: number): Origin {
    return this.machine.device(device).bound.find((entry) => entry.owner === owner)!.origin;
  }

  private add<A extends Facts>(
    rule: Rule<A>,
    facts: A,
    severity: Severity,
    origin: Origin,
    related: Diagnostic["related"],
  ): void {
    this.allowances ??= allowancesOf(this.program);
    const isAllowed = this.allowances.get(origin)?.has(rule.id) ?? false;
    const said = describeCase(rule, facts);
    const hasFailed = said.code !== rule.id;
    this.diagnostics.push({
      code: said.code,
      severity: hasFailed ? said.severity : isAllowed ? "information" : severity,
      message: `${said.message} ${said.help}`,
      span: this.program.origins[origin]!,
      related,
      ...(isAllowed && !hasFailed && { lowered: true }),
      ...(!hasFailed && { facts }),
    });
  }

  private related(origin: Origin, message: string): Diagnostic["related"] {
    return [{ span: this.program.origins[origin]!, message }];
  }

  private device(index: number): string {
    return this.program.platform.devices[index]!.name;
  }

  private owner(index: number): string {
    return this.program.platform.owners[index]!.name;
  }
}

/** The entry of a VM's translation table that a requirement is about. */
function slotOf({ owner, pasid }: KvmRequirement): string {
  return `${owner} ${pasid}`;
}

/** The rules that an `allow` turns into information, by the statements it covers. */
function allowancesOf({ start, scenarios }: Program): Map<Origin, ReadonlySet<string>> {
  const found = new Map<Origin, ReadonlySet<string>>();
  for (const steps of [start, ...scenarios.map((scenario) => scenario.steps)]) {
    for (const step of steps) {
      const allow = step.kind === "operation" ? step.operation.allow : undefined;
      if (allow && allow.size > 0) found.set(step.origin, allow);
    }
  }
  return found;
}
