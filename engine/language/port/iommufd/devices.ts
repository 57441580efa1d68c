import { attachmentRows, physicalPasid } from "../../../simulator/index.js";
import type { Assertion } from "../../program.js";
import type { Step as StepNode } from "../../syntax/index.js";
import type { Edit } from "../statements.js";
import type { Visit } from "../walk.js";
import type { Node, OperationOf as Op } from "./base.js";
import type { Site } from "./objects.js";
import { TableStatements } from "./tables.js";

/** Ports what is said of devices: attaches, requests, and assertions. */
export abstract class DeviceStatements extends TableStatements {
  protected attach(
    node: Node<"attach">,
    visit: Visit,
    { device, space, pasid }: Op<"attach">,
    site: Site,
  ): undefined {
    const { before, after, result } = visit;
    const isRefused = result!.outcome?.kind === "refused";
    const { iommus, devices } = this.plan.platform;
    const found = devices[device]!;
    if (pasid !== undefined && this.plan.isDelegated(device)) return this.lack(node, "pasid-tracking");
    if (found.category === 1 && this.plan.isNested(space)) return this.lack(node, "software-access");
    if (this.plan.space(space).kind === "pasid-table" && iommus[found.iommu]!.form === "vtd") {
      return this.lack(node, "vtd-pasid-table");
    }
    const target = isRefused ? this.objects.known(space, device) : this.objects.target(site, space, device);
    if (target === undefined) return this.lack(node, "no-table");
    const wire = isRefused ? pasid : this.numberOf(after, device, pasid);
    if (!isRefused && pasid !== undefined) this.numbers.set(device, pasid, wire ?? pasid);
    const rows = attachmentRows(before).filter((row) => row.device === device && row.pasid === pasid);
    const verb = rows.length > 0 && !isRefused ? "replace" : "attach";
    const where = this.respelled(node.space!, space, target);
    const number = wire === undefined ? "" : ` pasid ${this.spelled(node.pasid?.number, pasid, wire)}`;
    this.parts.push(this.line("call", `${verb} ${this.textOf(node.device!)}${number} -> ${where}`, visit));
  }

  /** The number on the wire of an attach; `undefined` for one by the RID alone. */
  protected numberOf(after: Visit["after"], device: number, pasid: number | undefined): number | undefined {
    const { kind, category } = this.plan.platform.devices[device]!;
    if (pasid === undefined && (kind === "pdev" || category === 1)) return undefined;
    return physicalPasid(after, device, pasid);
  }

  protected detach(
    node: Node<"detach">,
    visit: Visit,
    { device, pasid, space }: Op<"detach">,
    site: Site,
  ): undefined {
    const { before, after, result } = visit;
    const isRefused = result!.outcome?.kind === "refused";
    if (pasid !== undefined && this.plan.isDelegated(device)) return this.lack(node, "pasid-tracking");
    const wire =
      pasid === undefined ? this.numberOf(before, device, undefined) : this.numbers.get(device, pasid);
    const written = node.pasid?.number;
    const number = wire === undefined ? "" : ` pasid ${this.spelled(written, pasid, wire)}`;
    const category = this.plan.platform.devices[device]!.category;
    // A detach of the RFC always names the space.
    if (category === 1 && this.plan.isNested(space!)) return this.lack(node, "software-access");
    const rest = attachmentRows(after).findLast((row) => row.device === device && row.pasid === pasid);
    const name = this.textOf(node.device!);
    if (!isRefused && pasid === undefined && rest) {
      const target = this.objects.target(site, rest.space, device)!;
      const { owner } = this.plan.space(rest.space);
      this.parts.push(
        this.line("call", `replace ${name}${number} -> ${this.objects.ref(site, owner, target)}`, visit),
      );
      return;
    }
    if (!isRefused && pasid !== undefined) this.numbers.delete(device, pasid);
    this.parts.push(this.line("call", `detach ${name}${number}`, visit));
  }

  protected dma(node: Node<"dma">, visit: Visit, { device, pasid }: Op<"dma">): undefined {
    const written = node.pasid?.number;
    const edits: Edit[] = [];
    if (written && pasid !== undefined) {
      edits.push([written, this.spelled(written, pasid, this.numbers.get(device, pasid))]);
    }
    const [holder] = visit.before.device(device).bound;
    this.keep("request", visit, edits, holder !== undefined && this.migrated.has(holder.owner));
  }

  protected enqcmd(node: StepNode, visit: Visit, operation: Op<"enqcmd" | "enqcmds">): undefined {
    const owner =
      operation.kind === "enqcmds" ? operation.owner : this.plan.platform.processes[operation.process]!.owner;
    const translates = visit.before.owner(owner).translation === "on";
    if (translates && visit.result!.outcome?.kind !== "gp") return this.lack(node, "enqcmd");
    this.keep("request", visit, [], this.migrated.has(owner));
  }

  protected respond(
    node: Node<"respond">,
    visit: Visit,
    { owner, device, pasid }: Op<"respond">,
    site: Site,
  ): undefined {
    const queue = this.objects.queueOf(owner);
    if (queue === undefined) return this.lack(node, "no-table");
    const edits: Edit[] = [[node.space!, this.objects.ref(site, owner, queue)]];
    const written = node.pasid?.number;
    if (written && device !== undefined && pasid !== undefined) {
      edits.push([written, this.spelled(written, pasid, this.numbers.get(device, pasid))]);
    }
    this.keep("request", visit, edits, this.migrated.has(owner));
  }

  protected claim(node: Node<"assert">, visit: Visit): undefined {
    const { assertion } = visit.result!.step as { assertion: Assertion };
    switch (assertion.kind) {
      case "kvm":
        return this.lack(node, "kvm-map");
      case "reports":
        return this.lack(node, "flags");
      case "ppasid":
        return this.lack(node, "ppasid");
      case "isolated":
      case "reaches": {
        const written = node.assertion as Extract<
          NonNullable<typeof node.assertion>,
          { kind: "isolated" | "reaches" }
        >;
        const nodes = written.kind === "isolated" ? [written.a!, written.b!] : [written.from!];
        const ends = assertion.kind === "isolated" ? [assertion.a, assertion.b] : [assertion.from];
        const edits = nodes.flatMap((each, at): Edit[] => {
          const end = ends[at]!;
          return end.kind === "pasid" && each.pasid
            ? [[each.pasid, this.spelled(each.pasid, end.pasid, this.numbers.get(end.device, end.pasid))]]
            : [];
        });
        return this.keep("claim", visit, edits);
      }
    }
  }
}
