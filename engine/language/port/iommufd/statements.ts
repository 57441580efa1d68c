import type { Operation } from "../../../simulator/index.js";
import type { Analysis } from "../../lowering/analysis.js";
import type { Visit } from "../walk.js";
import type { Node } from "./base.js";
import { DeviceStatements } from "./devices.js";
import type { Site } from "./objects.js";
import { Shadows } from "./shadows.js";

/** Ports the statements of a file of the RFC to iommufd. */
export class IommufdStatements extends DeviceStatements {
  private readonly shadows: Shadows;

  constructor(analysis: Analysis) {
    super(analysis);
    this.shadows = new Shadows(this.plan);
  }

  scenario(): () => void {
    const back = [this.objects.fork(), this.shadows.fork(), this.numbers.fork()];
    this.inScenario = true;
    this.migrated = new Set();
    return () => {
      for (const put of back) put();
    };
  }

  step(visit: Visit): undefined {
    const { node, result, before, after } = visit;
    if (node.kind === "allow") return this.lack(node, "allow");
    if (!result) return;
    if (node.kind === "assert") return this.claim(node, visit);
    const operation = (result.step as Extract<typeof result.step, { kind: "operation" }>).operation;
    const site: Site = { parts: this.parts, machine: before, inScenario: this.inScenario };
    this.operation(visit, operation, site);
    if (result.outcome?.kind === "refused") return;
    const ref = (space: number) => {
      const { owner, name } = this.plan.space(space);
      return this.objects.ref(site, owner, name);
    };
    const ownMap =
      (operation.kind === "map" || operation.kind === "unmap") &&
      this.plan.space(operation.space).kind === "shadow";
    const lines = this.shadows.follow(after, ref);
    if (lines.length > 0) this.whole = undefined;
    // What comes to nothing now is mapped when the parent maps what it leads to.
    if (ownMap && lines.length === 0) this.parts.push({ comment: this.textOf(node) });
    for (const [index, text] of lines.entries()) {
      if (ownMap && index === 0) this.parts.push(this.line("call", text, visit));
      else this.make(text);
    }
  }

  private operation(visit: Visit, operation: Operation, site: Site): undefined {
    const { node, result } = visit;
    switch (operation.kind) {
      case "ioasid":
        return this.allocate(node as Node<"ioasid">, visit, operation);
      case "free":
        return this.free(visit, operation, site);
      case "bind-table":
        return this.bindTable(node as Node<"bind-table">, visit, operation, site);
      case "unbind-table":
        return this.lack(node, "unbind");
      case "map":
      case "unmap":
        return this.mapping(node as Node<"map" | "unmap">, visit, operation, site);
      case "pte":
        return this.pte(node as Node<"pte">, visit, operation, site);
      case "entry":
        return this.entry(node as Node<"entry">, visit, operation, site);
      case "invalidate":
        return this.invalidate(node as Node<"invalidate">, visit, operation);
      case "register":
      case "unregister":
        return this.lack(node, "register");
      case "attach":
        return this.attach(node as Node<"attach">, visit, operation, site);
      case "detach":
        return this.detach(node as Node<"detach">, visit, operation, site);
      case "kvm-map":
      case "kvm-unmap":
        return this.lack(node, "kvm-map");
      case "kvm-translation":
        return this.lack(node, "kvm-translation");
      case "info-space":
        return this.named(node as Node<"info">, visit, operation.space, (node as Node<"info">).subject!);
      case "dma":
        return this.dma(node as Node<"dma">, visit, operation);
      case "enqcmd":
      case "enqcmds":
        return this.enqcmd(node, visit, operation);
      case "respond":
        return this.respond(node as Node<"respond">, visit, operation, site);
      case "migrate":
        if (result?.outcome?.kind !== "refused") this.migrated.add(operation.owner);
        return this.keep("call", visit);
      default:
        return this.keep("call", visit);
    }
  }
}
