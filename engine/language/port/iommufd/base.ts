import type { Operation } from "../../../simulator/index.js";
import type { Analysis } from "../../lowering/analysis.js";
import type { Step as StepNode } from "../../syntax/index.js";
import { IOMMUFD_LACKS, type IommufdLack } from "../counterparts.js";
import type { Part } from "../draft.js";
import { lacking } from "../finding.js";
import { type At, Statements } from "../statements.js";
import { Numbers } from "./numbers.js";
import { Objects } from "./objects.js";
import { Plan } from "./plan.js";

export type Node<K extends StepNode["kind"]> = Extract<StepNode, { kind: K }>;
export type OperationOf<K extends Operation["kind"]> = Extract<Operation, { kind: K }>;

/** What the ports of all statements to iommufd share. */
export abstract class IommufdBase extends Statements {
  inScenario = false;
  protected readonly plan: Plan;
  protected readonly objects: Objects;
  protected readonly numbers = new Numbers();
  /** Owners that have moved to another host since the scenario began. */
  protected migrated = new Set<number>();
  private readonly absences: {
    readonly node: StepNode;
    readonly space: number;
    readonly parts: Part[];
    readonly comment: Part;
  }[] = [];

  constructor(analysis: Analysis) {
    super(analysis);
    const { program, symbols } = analysis;
    this.plan = new Plan(program);
    const names = new Set(symbols.definitions.map(({ name, owner }) => `${owner?.name ?? ""}.${name}`));
    const isTaken = (owner: string, name: string) => names.has(`${owner}.${name}`) || names.has(`.${name}`);
    this.objects = new Objects(this.plan, isTaken);
  }

  /** When every statement was seen: where a table was made after all, nothing stands in its first place. */
  finish(): undefined {
    for (const { node, space, parts, comment } of this.absences) {
      if (this.objects.used.has(space)) parts.splice(parts.indexOf(comment), 1);
      else this.find(node, "no-table");
    }
  }

  /** A nested table is made where a device first needs it, so nothing stands here, or why nothing came of it. */
  protected absent(node: StepNode, space: number): undefined {
    const comment = { comment: this.textOf(node) };
    this.parts.push(comment);
    this.absences.push({ node, space, parts: this.parts, comment });
  }

  protected lack(node: StepNode, what: IommufdLack): undefined {
    this.comment(node, IOMMUFD_LACKS[what]);
  }

  protected find(at: At, what: IommufdLack): undefined {
    this.findings.push(lacking(at, IOMMUFD_LACKS[what]));
  }

  /** The name of a space as it was written, or that of the object in its place. */
  protected respelled(written: At, space: number, name: string): string {
    const { owner, name: own } = this.plan.space(space);
    return name === own ? this.textOf(written) : this.objects.ref(this, owner, name);
  }

  /** A number as it was written where it stays the same. */
  protected spelled(written: At | undefined, before: number | undefined, now: number): string {
    return written && before === now ? this.textOf(written) : String(now);
  }
}
