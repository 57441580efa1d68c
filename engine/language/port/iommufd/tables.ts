import type { Step as StepNode } from "../../syntax/index.js";
import type { At } from "../statements.js";
import type { Visit } from "../walk.js";
import { IommufdBase, type Node, type OperationOf as Op } from "./base.js";
import type { Site } from "./objects.js";

/** Ports the statements that make spaces and fill them: IOASes, page tables, and tables of the guest. */
export abstract class TableStatements extends IommufdBase {
  protected allocate(node: Node<"ioasid">, visit: Visit, { space }: Op<"ioasid">): undefined {
    const { kind, parent } = this.plan.space(space);
    if (visit.result!.outcome?.kind === "refused") return this.lack(node, "software-nesting");
    if (this.plan.isNested(space)) return this.absent(node, space);
    const name = this.textOf(node.name!);
    if (kind === "shadow") {
      this.find(node, "software-nesting");
      this.parts.push(this.line("call", `ioas ${name}`, visit));
      return;
    }
    if (node.body && parent === undefined) {
      const word = { start: node.start, end: node.start + "ioasid".length };
      const { text, outcome } = this.split(node, [[word, "ioas"]]);
      this.whole = { role: "call", text, outcome, original: visit.result, migrated: false };
    }
    this.parts.push(this.line("call", `ioas ${name}`, visit));
  }

  protected free(visit: Visit, { space }: Op<"free">, site: Site): undefined {
    const node = visit.node as Node<"free">;
    const isRefused = visit.result!.outcome?.kind === "refused";
    const { owner, name } = this.plan.space(space);
    const nested = this.plan.isNested(space);
    const own = this.objects.tablesOf(space).map((table) => table.name);
    if (isRefused) {
      const target = nested ? own[0] : name;
      if (target === undefined) return this.lack(node, "no-table");
      this.parts.push(this.line("call", `destroy ${this.objects.ref(site, owner, target)}`, visit));
      return;
    }
    const names = this.objects.takeAll(space);
    if (nested && names.length === 0) return this.lack(node, "no-table");
    const all = nested ? names : [...names, name];
    for (const [index, each] of all.entries()) {
      const text = `destroy ${this.objects.ref(site, owner, each)}`;
      const isLast = index === all.length - 1;
      this.parts.push(
        isLast
          ? this.line("call", text, visit)
          : { role: "made", text, outcome: "", original: undefined, migrated: false },
      );
    }
  }

  protected bindTable(
    node: Node<"bind-table">,
    visit: Visit,
    { space }: Op<"bind-table">,
    _site: Site,
  ): undefined {
    if (visit.result!.outcome?.kind === "refused") {
      return this.lack(node, this.plan.isNested(space) ? "unbind" : "software-nesting");
    }
    if (this.objects.tablesOf(space).length === 0) this.absent(node, space);
  }

  protected mapping(
    node: Node<"map" | "unmap">,
    visit: Visit,
    { space }: Op<"map" | "unmap">,
    site: Site,
  ): undefined {
    const { kind, owner, name } = this.plan.space(space);
    const isRefused = visit.result!.outcome?.kind === "refused";
    if (kind === "shadow") {
      if (isRefused) this.lack(node, "software-nesting");
      return;
    }
    if (node.space) return this.named(node, visit, space, node.space);
    // A line of a body: apart from it, the statement names the IOAS.
    const { text, outcome } = this.split(node);
    const spelled = text.replace(/^map\b/, `map ${this.objects.ref(site, owner, name)}`);
    if (isRefused || outcome !== "") this.whole = undefined;
    this.parts.push({ ...this.line("call", spelled, visit), outcome });
  }

  /** A statement about a space, for each page table that became of it. */
  protected named(node: StepNode, visit: Visit, space: number, written: At): undefined {
    if (!this.plan.isNested(space)) return this.keep("call", visit);
    const [first] = this.objects.tablesOf(space);
    if (!first) return this.lack(node, "no-table");
    this.keep("call", visit, [[written, this.respelled(written, space, first.name)]]);
  }

  protected pte(node: Node<"pte">, visit: Visit, { space }: Op<"pte">, site: Site): undefined {
    const isRefused = visit.result!.outcome?.kind === "refused";
    const tables = this.plan.isNested(space) ? this.objects.tablesOf(space) : [];
    if (!this.plan.isNested(space) || isRefused) {
      return node.space ? this.named(node, visit, space, node.space) : this.lack(node, "software-nesting");
    }
    if (tables.length === 0 && node.space) return this.absent(node, space);
    const { owner } = this.plan.space(space);
    for (const { name } of tables) {
      const text = node.space
        ? this.split(node, [[node.space, this.respelled(node.space, space, name)]]).text
        : this.split(node).text.replace(/^pte\b/, `pte ${this.objects.ref(site, owner, name)}`);
      this.parts.push(this.line("call", text, visit));
    }
  }

  protected entry(
    node: Node<"entry">,
    visit: Visit,
    { table, pasid, space }: Op<"entry">,
    site: Site,
  ): undefined {
    const isRefused = visit.result!.outcome?.kind === "refused";
    if (isRefused || !this.plan.isNested(table)) return this.lack(node, "no-table");
    const tables = this.objects.tablesOf(table);
    if (tables.length === 0) {
      if (node.table) this.absent(node, table);
      return;
    }
    const { owner } = this.plan.space(table);
    for (const { iommu, name } of tables) {
      const target = space === undefined ? "none" : this.objects.nested(site, space, iommu);
      if (target === undefined) continue;
      const arrow = space === undefined ? "none" : `-> ${this.objects.ref(site, owner, target)}`;
      const text = `entry ${this.objects.ref(site, owner, name)} ${pasid} ${arrow}`;
      this.parts.push(this.line("call", text, visit));
    }
  }

  protected invalidate(node: Node<"invalidate">, visit: Visit, { space }: Op<"invalidate">): undefined {
    if (!this.plan.isNested(space)) return this.keep("call", visit);
    const tables = this.objects.tablesOf(space);
    if (tables.length === 0) return this.lack(node, "no-table");
    for (const { iommu, name } of tables) {
      const target = this.respelled(node.space!, space, this.objects.invalidated(space, iommu, name));
      this.parts.push(this.line("call", this.split(node, [[node.space!, target]]).text, visit));
    }
  }
}
