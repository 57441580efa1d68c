import type { Operation } from "../../../simulator/index.js";
import type { Analysis } from "../../lowering/analysis.js";
import { runToEnd } from "../../run/run.js";
import { groupedHex } from "../../run/words.js";
import type { Name, Step as StepNode } from "../../syntax/index.js";
import { RFC_V2_LACKS } from "../counterparts.js";
import { Statements } from "../statements.js";
import type { Visit } from "../walk.js";

type Node<K extends StepNode["kind"]> = Extract<StepNode, { kind: K }>;
type Respond = Extract<Operation, { kind: "respond" }>;
type BindTable = Extract<Operation, { kind: "bind-table" }>;

/** Ports the statements of RFC v1 to v2, where a table's kind is given at the allocation. */
export class RfcV2Statements extends Statements {
  /** The first table that is bound to each space. */
  private readonly bound = new Map<number, BindTable>();
  /** Devices whose PASID table the guest owns at some time. */
  private readonly delegated = new Set<number>();
  /** The space of the statement, which the lines of its body are about. */
  private subject: Name | undefined;

  constructor(analysis: Analysis) {
    super(analysis);
    const run = runToEnd(analysis.program);
    const results = [...run.start, ...run.scenarios.flatMap(({ steps }) => steps)];
    const operations = results.flatMap(({ step, outcome }) =>
      step.kind === "operation" && outcome?.kind !== "refused" ? [step.operation] : [],
    );
    for (const each of operations) {
      if (each.kind === "bind-table" && !this.bound.has(each.space)) this.bound.set(each.space, each);
    }
    for (const each of operations) {
      if (each.kind === "attach" && this.bound.get(each.space)?.table.kind === "pasid-table") {
        this.delegated.add(each.device);
      }
    }
  }

  scenario(): () => void {
    return () => undefined;
  }

  override begin(node: StepNode): undefined {
    super.begin(node);
    this.subject = node.kind === "ioasid" ? node.name : node.kind === "bind-table" ? node.space : undefined;
  }

  finish(): void {}

  step(visit: Visit): undefined {
    const { node, result } = visit;
    if (node.kind === "assert") return this.keep("claim", visit);
    if (result?.step.kind !== "operation") return this.keep("call", visit);
    const { operation } = result.step;
    switch (operation.kind) {
      case "ioasid":
        return this.allocate(node as Node<"ioasid">, visit, operation.space);
      case "bind-table":
        // What is bound is said at the allocation; a refused bind has no statement to stand for.
        return result.outcome?.kind === "refused" ? this.comment(node, RFC_V2_LACKS.unbind) : undefined;
      case "unbind-table":
        return this.comment(node, RFC_V2_LACKS.unbind);
      case "register":
      case "unregister":
        return this.comment(node, RFC_V2_LACKS.register);
      case "info-space":
        return this.comment(node, RFC_V2_LACKS.info);
      case "attach":
      case "detach": {
        const isTracked = operation.pasid !== undefined && this.delegated.has(operation.device);
        return isTracked ? this.comment(node, RFC_V2_LACKS["pasid-tracking"]) : this.keep("call", visit);
      }
      case "pte":
      case "map":
      case "entry":
        return this.keepApart(visit, operation.kind);
      case "respond":
        return this.respond(node as Node<"respond">, visit, operation);
      case "dma":
      case "enqcmd":
      case "enqcmds":
        return this.keep("request", visit);
      default:
        return this.keep("call", visit);
    }
  }

  private allocate(node: Node<"ioasid">, visit: Visit, space: number): undefined {
    const { text } = this.split(node);
    const head = node.body ? this.source.slice(node.start, node.body.start).trimEnd() : text;
    const table = this.bound.get(space)?.table;
    const isUnbound = visit.after.spaces.get(space)?.kind === "unbound";
    const words = [
      head,
      isUnbound && (table?.kind ?? "page-table"),
      table?.at && `at ${groupedHex(table.at)}`,
      table?.format && `format ${table.format}`,
    ];
    this.parts.push(this.line("call", words.filter((word) => word).join(" "), visit));
  }

  /** A line of a body becomes a statement of its own, since the call that it belonged to may be gone. */
  private keepApart(visit: Visit, word: "pte" | "map" | "entry"): undefined {
    const { node } = visit;
    const names = "table" in node ? node.table : "space" in node ? node.space : undefined;
    if (names) return this.keep("call", visit);
    const first = { start: node.start, end: node.start + word.length };
    this.keep("call", visit, [[first, `${word} ${this.textOf(this.subject!)}`]]);
  }

  /** v2 answers one device at a time. */
  private respond(node: Node<"respond">, visit: Visit, { space, address, device }: Respond): undefined {
    const waiting = visit.before.spaces.get(space)?.pending ?? [];
    const met = waiting.filter(({ fault }) => fault.address.page === address.page);
    if (device !== undefined || met.length === 0) return this.keep("request", visit);
    const { text, outcome } = this.split(node);
    for (const request of met) {
      const { name } = this.analysis.program.platform.devices[request.device]!;
      const pasid = request.pasid === undefined ? "" : ` pasid ${request.pasid}`;
      const line = this.line(met.length === 1 ? "request" : "made", `${text} for ${name}${pasid}`, visit);
      this.parts.push({ ...line, outcome });
    }
  }
}
