import type { Memory, Operation, Origin } from "../../simulator/index.js";
import type { Entry } from "../names/definition.js";
import type { Step } from "../program.js";
import { nearest, type Step as StepNode } from "../syntax/index.js";
import type { Allowances } from "./allowances.js";
import { lowerAssertion } from "./assertions.js";
import * as device from "./device-steps.js";
import { lowerExpectation } from "./expectations.js";
import * as iommufd from "./iommufd-steps.js";
import * as kvm from "./kvm-steps.js";
import type { Lookup, Lowered, OperationBody, Place } from "./place.js";
import * as space from "./space-steps.js";
import type { MakingStep, Spaces } from "./spaces.js";

/** A statement that is one operation, and nothing else. */
type Simple = Exclude<
  StepNode,
  { kind: "ioasid" | "object" | "bind-table" | "allow" | "assert" | "kvm-unknown" }
>;

/** Rules that `allow` can turn into information. */
export const ALLOWABLE_RULES: readonly string[] = Array.from(
  { length: 30 },
  (_, index) => `P${String(index + 1).padStart(3, "0")}`,
);
const CONFLICT_SET: ReadonlySet<string> = new Set(ALLOWABLE_RULES);

/** Turns the statements of owner blocks and scenarios into steps, in written order. */
export class StepLowering {
  constructor(
    private readonly lookup: Lookup,
    private readonly spaces: Spaces,
    private readonly allowances: Allowances,
    private readonly memories: readonly Memory[],
    /** Takes the requests that do not run because nobody can tell what they should come to. */
    private readonly unread: Step[],
  ) {}

  /** Appends what a statement does to the place. One that cannot be understood is left out. */
  lower(place: Place, node: StepNode): void {
    switch (node.kind) {
      case "kvm-unknown":
        return;
      case "allow":
        this.allow(place, node);
        return;
      case "assert":
        this.assert(place, node);
        return;
      case "ioasid":
      case "object":
        this.make(place, node);
        return;
      case "bind-table":
        this.bindTable(place, node);
        return;
      default:
        this.emit(place, node, this.simple(place, node, undefined));
    }
  }

  /** From its statement on, a rule is allowed in the file, for the owner, or in the scenario. */
  allow(
    place: Pick<Place, "file" | "owner">,
    node: Extract<StepNode, { kind: "allow" }>,
    wholeFile = false,
  ): void {
    const { reporter } = this.lookup.context;
    if (node.outcome) {
      const { start, end } = node.outcome;
      reporter.report("S054", { statement: "allow" }, { file: place.file, start, end });
    }
    if (!node.rule) return;
    const { text, start, end } = node.rule;
    if (!CONFLICT_SET.has(text)) {
      const facts = { rule: text, nearest: nearest(text, ALLOWABLE_RULES) };
      reporter.report("S052", facts, { file: place.file, start, end });
    } else if (wholeFile) this.allowances.inFile(place.file, text);
    else if (place.owner) this.allowances.forOwner(place.owner, text);
    else this.allowances.inScenario(text);
  }

  private simple(place: Place, node: Simple, around: Entry | undefined): Lowered | undefined {
    const { lookup } = this;
    switch (node.kind) {
      case "free":
        return this.free(place, node);
      case "destroy":
        return this.destroy(place, node);
      case "replace":
        return iommufd.replace(lookup, place, node);
      case "copy":
        return iommufd.copy(lookup, place, node);
      case "allow-iovas":
        return iommufd.allowIovas(lookup, place, node);
      case "unbind-table":
        return space.unbindTable(lookup, place, node);
      case "map":
        return space.map(lookup, place, node, around);
      case "unmap":
        return space.unmap(lookup, place, node);
      case "pte":
        return space.pte(lookup, place, node, around);
      case "entry":
        return space.entry(lookup, place, node, around);
      case "invalidate":
        return space.invalidate(lookup, place, node);
      case "register":
      case "unregister":
        return space.register(lookup, place, node, this.memories);
      case "bind":
        return device.bind(lookup, place, node);
      case "unbind":
        return device.unbind(lookup, place, node);
      case "attach":
        return device.attach(lookup, place, node);
      case "detach":
        return device.detach(lookup, place, node);
      case "sva":
        return device.sva(lookup, place, node);
      case "kvm-map":
        return kvm.kvmMap(lookup, place, node);
      case "kvm-unmap":
        return kvm.kvmUnmap(lookup, place, node);
      case "kvm-translation":
        return kvm.kvmTranslation(lookup, place, node);
      case "info":
        return device.info(lookup, place, node);
      case "dma":
        return device.dma(lookup, place, node);
      case "enqcmd":
        return device.enqcmd(lookup, place, node);
      case "enqcmds":
        return device.enqcmds(lookup, place, node);
      case "set-pasid":
        return device.setPasid(lookup, place, node);
      case "respond":
        return device.respond(lookup, place, node);
      case "migrate":
        return device.migrate(lookup, place, node);
    }
  }

  private make(place: Place, node: MakingStep): void {
    const made = this.spaces.entryOf(node);
    if (!made || !node.name) return;
    const span = { file: place.file, start: node.name.textStart, end: node.name.end };
    if (this.spaces.isLive(made)) {
      this.lookup.context.names.duplicate({ ...made, span }, made);
      return;
    }
    const again = span.start !== made.span.start || span.file !== made.span.file;
    if (again) this.lookup.context.names.symbols.refer(made, span.file, span.start, span.end);
    const lowered =
      node.kind === "object"
        ? iommufd.object(this.lookup, place, node, made)
        : space.ioasid(this.lookup, place, node, made);
    if (!lowered) {
      made.broken = true;
      return;
    }
    if (node.outcome?.result?.kind !== "errno") this.spaces.setLive(made, true);
    this.emit(place, node, lowered);
    this.body(place, node.body, made);
  }

  private free(place: Place, node: Extract<StepNode, { kind: "free" }>): Lowered | undefined {
    const lowered = space.free(this.lookup, place, node);
    if (lowered && node.outcome?.result?.kind !== "errno") this.spaces.setLive(lowered.space, false);
    return lowered;
  }

  private destroy(place: Place, node: Extract<StepNode, { kind: "destroy" }>): Lowered | undefined {
    const lowered = iommufd.destroy(this.lookup, place, node);
    if (lowered && node.outcome?.result?.kind !== "errno") this.spaces.setLive(lowered.space, false);
    return lowered;
  }

  private bindTable(place: Place, node: Extract<StepNode, { kind: "bind-table" }>): void {
    const lowered = space.bindTable(this.lookup, place, node);
    if (!lowered) return;
    this.emit(place, node, lowered);
    this.body(place, node.body, lowered.space);
  }

  private body(place: Place, body: MakingStep["body"], around: Entry | undefined): void {
    if (!around) return;
    for (const item of body?.steps ?? []) if (item.kind !== "misplaced") this.line(place, item, around);
  }

  /** A line of a body means the same as written after the statement. @param around the space of that statement */
  line(place: Place, node: Simple, around: Entry): void {
    this.emit(place, node, this.simple(place, node, around));
  }

  private emit(place: Place, node: StepNode, lowered: Lowered | undefined): void {
    const stated = lowerExpectation(this.lookup, place, this.memories, node.outcome);
    if (!lowered) return;
    const { origin, span } = this.locate(place, node);
    const allow = this.allowances.of(place.file, lowered.owner);
    const operation = placed(lowered.body, origin, allow);
    const expectation = stated === "broken" ? undefined : stated;
    const out = stated === "broken" && isRequest(operation.kind) ? this.unread : place.out;
    out.push({ kind: "operation", origin, span, expectation, imported: place.imported, operation });
  }

  private assert(place: Place, node: Extract<StepNode, { kind: "assert" }>): void {
    if (node.outcome) {
      const { start, end } = node.outcome;
      this.lookup.context.reporter.report("S054", { statement: "assert" }, { file: place.file, start, end });
    }
    const assertion = lowerAssertion(this.lookup, place, this.memories, node.assertion);
    if (!assertion) return;
    const { origin, span } = this.locate(place, node);
    place.out.push({
      kind: "assertion",
      origin,
      span,
      expectation: undefined,
      imported: place.imported,
      assertion,
    });
  }

  /** The origin of a step, which leaves its outcome and its body away, and its span, which has the outcome. */
  private locate(place: Place, node: StepNode): Pick<Step, "origin" | "span"> {
    const { file, text } = place;
    const head = headEnd(text, node);
    const { context } = this.lookup;
    const origin = context.origin(file, node, head);
    const end = node.outcome?.end ?? 0;
    return { origin, span: end > head ? { file, start: node.start, end } : context.origins[origin]! };
  }
}

/** The body of an operation was made for one statement alone, so it becomes the operation instead of being copied. */
function placed(body: OperationBody, origin: Origin, allow: Operation["allow"]): Operation {
  const open: OperationBody & { allow?: Operation["allow"] } = body;
  open.origin = origin;
  if (allow) open.allow = allow;
  return open as Operation;
}

/** Requests change no configuration: one whose stated outcome is unreadable is not worth running. */
function isRequest(kind: Operation["kind"]): boolean {
  return kind === "dma" || kind === "enqcmd" || kind === "enqcmds" || kind === "respond";
}

/** Where a statement ends when its outcome and its body are left away. */
function headEnd(text: string, node: StepNode): number {
  let end = node.end;
  if (node.outcome) end = Math.min(end, node.outcome.start);
  if ("body" in node && node.body) end = Math.min(end, node.body.start);
  while (end > node.start && " \t\r\n".includes(text[end - 1]!)) end -= 1;
  return end;
}
