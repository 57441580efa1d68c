import { formatSize, lengthOf } from "../../address/index.js";
import {
  flagsText,
  groupedHex,
  type RunResult,
  type ScenarioResult,
  type StepPlace,
  type StepResult,
} from "../../language/index.js";
import { briefStep, type Route, routesTo, routeText } from "../../report/index.js";
import {
  capabilityOf,
  kvmRequirement,
  type Machine,
  namespaceOf,
  type Operation,
  type Origin,
  type Platform,
  physicalPasid,
} from "../../simulator/index.js";

import { mapParts, objectParts, tableParts } from "./objects.js";

/** What a setting turns on and off. */
export type HintTopic = "results" | "ppasids" | "kvm" | "backing";

/** Some words of a hint, and the statement that decided them, as far as that needs no look at the walk. */
export interface HintPart {
  readonly text: string;
  readonly origin?: Origin | undefined;
}

/** A hint in words. */
export interface Wording {
  readonly topic: HintTopic;
  readonly parts: readonly HintPart[];
}

/** A step of a run with what is around it. */
export interface FoundStep {
  readonly result: StepResult;
  /** `undefined` in the start state. */
  readonly scenario: ScenarioResult | undefined;
  /** After the start state, or after the scenario. */
  readonly machine: Machine;
}

export function findStep(run: RunResult, place: StepPlace): FoundStep | undefined {
  const scenario = place.scenario === undefined ? undefined : run.scenarios[place.scenario];
  const steps = place.scenario === undefined ? run.start : scenario?.steps;
  const result = steps?.[place.step];
  return result && { result, scenario, machine: scenario?.machine ?? run.machine };
}

/** The hints of a step, in the order in which they stand. */
export function stepWordings(platform: Platform, found: FoundStep): Wording[] {
  const { step, outcome } = found.result;
  const operation = step.kind === "operation" ? step.operation : undefined;
  const topic = operation ? topicOf(operation.kind) : "results";
  const brief = briefStep(platform, found.result);
  // A PASID table stands for all numbers of the RID, although it is attached without one.
  if (isAttach(operation) && outcome?.kind === "ok" && isPasidTable(found.machine, operation.space)) {
    if (platform.uapi === "iommufd") brief.push("all PASIDs");
    else if (brief[0] === "no PASID") brief[0] = "all PASIDs";
  }
  const said: Wording = { topic, parts: brief.map((text) => ({ text })) };
  const more = operation && outcome?.kind === "ok" ? consequences(platform, found, operation) : [];
  return [said, ...more].filter(({ parts }) => parts.length > 0);
}

function isAttach(
  operation: Operation | undefined,
): operation is Extract<Operation, { kind: "attach" | "replace" }> {
  return operation?.kind === "attach" || operation?.kind === "replace";
}

/** The kernel's choice for the default space of an mdev, made when the host starts. */
export function defPasidWording(machine: Machine, device: number): Wording | undefined {
  const { platform } = machine;
  const declared = platform.devices[device]!;
  if (declared.category === undefined || declared.category === 1) return undefined;
  // Behind iommufd the kernel chooses none: a VMM says the number when it attaches the slice.
  if (platform.uapi === "iommufd") return undefined;
  const number = physicalPasid(machine, device, undefined);
  if (number === undefined) return { topic: "ppasids", parts: [{ text: "no defPASID left" }] };
  const pool = namespaceOf(platform, declared) === "global" ? "global" : "per RID";
  const parent = platform.devices[declared.wire]!;
  const route = { text: routeText(declared.rid, undefined), origin: parent.origin };
  return { topic: "ppasids", parts: [{ text: `defPASID ${number}` }, { text: pool }, route] };
}

/** The host-physical memory behind a declared one. */
export function backingWording({ memories }: Platform, memory: number): Wording {
  const { physical, virtual } = memories[memory]!;
  const length = lengthOf(virtual);
  const text = `host-physical ${groupedHex(physical)}${length ? ` + ${formatSize(length)}` : ""}`;
  return { topic: "backing", parts: [{ text }] };
}

const TOPICS: Readonly<Partial<Record<Operation["kind"], HintTopic>>> = {
  ioasid: "ppasids",
  ioas: "ppasids",
  hwpt: "ppasids",
  "fault-queue": "ppasids",
  viommu: "ppasids",
  vdevice: "ppasids",
  replace: "ppasids",
  attach: "ppasids",
  detach: "ppasids",
  bind: "ppasids",
  sva: "ppasids",
  migrate: "ppasids",
  entry: "ppasids",
  "info-device": "ppasids",
  "kvm-map": "kvm",
  "kvm-unmap": "kvm",
  "kvm-translation": "kvm",
};

function topicOf(kind: Operation["kind"]): HintTopic {
  return TOPICS[kind] ?? "results";
}

function isPasidTable(machine: Machine, space: number): boolean {
  return machine.spaces.get(space)?.kind === "pasid-table";
}

/** What follows from a call that succeeded, as its scenario or the start state goes on. */
function consequences(platform: Platform, found: FoundStep, operation: Operation): Wording[] {
  switch (operation.kind) {
    case "ioasid":
      return [{ topic: "ppasids", parts: routeParts(routesOf(found, operation.space)) }];
    case "hwpt": {
      const routes = routeParts(routesOf(found, operation.space));
      return [{ topic: "ppasids", parts: [...objectParts(found.machine, operation.space), ...routes] }];
    }
    case "ioas":
    case "fault-queue":
    case "viommu":
    case "vdevice":
      return [{ topic: "ppasids", parts: objectParts(found.machine, operation.space) }];
    case "map":
      return platform.uapi === "iommufd" ? [{ topic: "backing", parts: mapParts(found, operation) }] : [];
    case "copy":
      return [{ topic: "backing", parts: tableParts(found.machine, operation.destination) }];
    case "bind": {
      const capability = capabilityOf(platform, operation.device);
      const isToday = platform.uapi === "iommufd";
      const text = isToday ? `PASIDs of ${capability.width} bits` : `reports ${flagsText(capability)}`;
      return capability.pasid ? [{ topic: "ppasids", parts: [{ text }] }] : [];
    }
    case "attach":
      return operation.pasid === undefined ? [] : [requirement(found, operation.device, operation.pasid)];
    default:
      return [];
  }
}

/**
 * The routing information that leads to a space: of one that the start state makes, as it stands after that;
 * of one that a scenario makes, all that the scenario made, since it may take it apart again.
 */
function routesOf({ scenario, machine }: FoundStep, space: number): readonly Route[] {
  if (!scenario) return routesTo(machine, space);
  const made = new Map<string, Route>();
  for (const { step, outcome } of scenario.steps) {
    if (step.kind !== "operation" || !isAttach(step.operation)) continue;
    const result = outcome?.kind === "ok" ? outcome.result : undefined;
    if (step.operation.space !== space || result?.kind !== "attachment") continue;
    const { name } = machine.platform.devices[step.operation.device]!;
    const isSoftware = result.namespace === "software";
    const text = isSoftware ? `${name} in software` : routeText(result.rid, result.physical ?? result.pasid);
    if (!made.has(text)) made.set(text, { text, origin: step.origin });
  }
  return [...made.values()];
}

/** More routes than these make a line that nobody reads; the details have all of them. */
const SHOWN_ROUTES = 3;

function routeParts(routes: readonly Route[]): HintPart[] {
  const shown = routes.slice(0, SHOWN_ROUTES);
  const more = routes.length - shown.length;
  return more > 0 ? [...shown, { text: `${more} more` }] : shown;
}

/** The KVM mapping that an attach needs and does not get; a scenario may take it away again at its end. */
function requirement({ scenario, machine }: FoundStep, device: number, pasid: number): Wording {
  const need = kvmRequirement(machine, device, pasid);
  const none: Wording = { topic: "kvm", parts: [] };
  if (!need || need.state === "present") return none;
  const wasMapped = scenario?.steps.some(
    ({ step, outcome }) =>
      step.kind === "operation" &&
      step.operation.kind === "kvm-map" &&
      step.operation.owner === need.owner &&
      step.operation.pasid === pasid &&
      outcome?.kind === "ok",
  );
  if (wasMapped) return none;
  const text =
    need.state === "missing"
      ? `needs kvm map pasid ${pasid}`
      : `its KVM slot holds pPASID ${need.current ?? "none"}`;
  const slot = need.state === "conflict" ? slotOrigin(machine, need.owner, pasid) : undefined;
  return { topic: "kvm", parts: [{ text, origin: slot }] };
}

/** The `kvm map` that wrote a slot. */
export function slotOrigin(machine: Machine, owner: number, pasid: number): Origin | undefined {
  const found = machine.owner(owner).vmx.translate(pasid);
  return found.valid ? found.origin : undefined;
}
