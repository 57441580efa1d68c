import {
  type KvmRequirement,
  kvmRequirements,
  type Machine,
  type PasidTableRow,
  pasidTables,
} from "../../simulator/index.js";
import type { Diagnostic, Severity } from "../diagnostic.js";
import type { Program, Span } from "../program.js";
import { rule as P010 } from "./P010-kvm-map-missing.js";
import { rule as P011 } from "./P011-kvm-slot-taken.js";
import { rule as P027 } from "./P027-sibling-vpasids.js";
import type { Rule } from "./rule.js";

/**
 * What no single call shows, on a machine after its start state or a scenario:
 * - P010, a warning at each category-5 attach on a shared queue whose vPASID has no KVM mapping;
 * - P011, a warning at such an attach when the slot of its vPASID holds another space's pPASID (G8);
 * - P027, information at equal vPASIDs on slices of one parent that different guests have.
 *
 * P030 holds for every attach of categories 4 and 5, so no place is marked with it.
 */
export function staticFindings(machine: Machine, program: Program): Diagnostic[] {
  const findings = new Findings(machine, program);
  const requirements = kvmRequirements(machine);
  for (const requirement of requirements) {
    if (requirement.state === "missing") findings.missingKvmMap(requirement);
    if (requirement.state === "conflict") findings.takenKvmSlot(requirement, requirements);
  }
  findings.equalSiblings(pasidTables(machine));
  return findings.diagnostics;
}

class Findings {
  readonly diagnostics: Diagnostic[] = [];

  constructor(
    private readonly machine: Machine,
    private readonly program: Program,
  ) {}

  missingKvmMap({ owner, device, pasid, origin }: KvmRequirement): void {
    const facts = {
      owner: this.owner(owner),
      device: this.device(device),
      pasid,
      blocked: this.machine.owner(owner).translation === "off",
    };
    this.add(P010, facts, "warning", origin, []);
  }

  takenKvmSlot(requirement: KvmRequirement, all: readonly KvmRequirement[]): void {
    const { owner, pasid, current } = requirement;
    const holder = all.find(
      (other) => other.owner === owner && other.pasid === pasid && other.state === "present",
    );
    if (current === undefined || !holder) return;
    const facts = {
      owner: this.owner(owner),
      pasid,
      current,
      wanted: requirement.physical,
      space: requirement.space,
      currentSpace: holder.space,
    };
    const message = `vPASID ${pasid} of ${this.device(holder.device)} is what the slot belongs to.`;
    this.add(P011, facts, "warning", requirement.origin, this.related(holder.origin, message));
  }

  /** Each attach is told once, against the first earlier one on its parent that another guest made. */
  equalSiblings(rows: readonly PasidTableRow[]): void {
    const earlier = new Map<string, PasidTableRow[]>();
    for (const row of rows) {
      if (row.use !== "attached" || row.device === row.wire || row.pasid === undefined) continue;
      const key = `${row.wire} ${row.pasid}`;
      const same = earlier.get(key) ?? [];
      const sibling = same.find((other) => this.holder(other.device) !== this.holder(row.device));
      if (sibling) this.equalSibling(row, row.pasid, sibling);
      same.push(row);
      earlier.set(key, same);
    }
  }

  private equalSibling(row: PasidTableRow, pasid: number, sibling: PasidTableRow): void {
    const facts = {
      device: this.device(row.device),
      owner: this.holder(row.device),
      sibling: this.device(sibling.device),
      siblingOwner: this.holder(sibling.device),
      parent: this.device(row.wire),
      pasid,
      physical: row.physical,
      siblingPhysical: sibling.physical,
    };
    const message = `${facts.siblingOwner} attached ${facts.sibling} with the same vPASID here.`;
    this.add(P027, facts, "information", row.origin, this.related(sibling.origin, message));
  }

  private add<A>(
    rule: Rule<A>,
    facts: A,
    severity: Severity,
    origin: number,
    related: Diagnostic["related"],
  ): void {
    const span = this.program.origins[origin];
    if (!span) return;
    const message = `${rule.message(facts)} ${rule.help(facts)}`;
    const told = this.allowed(origin, rule.id) ? "information" : severity;
    this.diagnostics.push({ code: rule.id, severity: told, message, span, related });
  }

  /** Whether an `allow` of the rule covers the statement. */
  private allowed(origin: number, rule: string): boolean {
    const { start, scenarios } = this.program;
    for (const steps of [start, ...scenarios.map((scenario) => scenario.steps)]) {
      const step = steps.find((each) => each.origin === origin);
      if (step) return step.kind === "operation" && (step.operation.allow?.has(rule) ?? false);
    }
    return false;
  }

  private related(origin: number, message: string): { span: Span; message: string }[] {
    const span = this.program.origins[origin];
    return span ? [{ span, message }] : [];
  }

  private device(index: number): string {
    return this.program.platform.devices[index]?.name ?? "";
  }

  private owner(index: number): string {
    return this.program.platform.owners[index]?.name ?? "";
  }

  /** Name of the owner that has a device bound. */
  private holder(device: number): string {
    const bound = this.machine.device(device).bound[0];
    return bound ? this.owner(bound.owner) : "";
  }
}
