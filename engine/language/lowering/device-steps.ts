import type { Range } from "../../address/index.js";
import { declaredAs, type Entry } from "../names/definition.js";
import type {
  AttachStep,
  BindStep,
  DetachStep,
  DmaStep,
  EnqcmdStep,
  EnqcmdsStep,
  InfoStep,
  MigrateStep,
  NumberLiteral,
  PasidArgument,
  RespondStep,
  SetPasidStep,
  SvaStep,
  UnbindStep,
} from "../syntax/index.js";
import { numberOf } from "./context.js";
import type { Lookup, Lowered, Place } from "./place.js";
import { ACCESS_BITS } from "./space-steps.js";

export function bind(lookup: Lookup, place: Place, node: BindStep): Lowered | undefined {
  const device = lookup.device(place, node.device);
  if (!device) return undefined;
  const owner = node.owner ? lookup.owner(place, node.owner) : lookup.ownerHere(place, node, "bind");
  if (!owner) return undefined;
  if (node.outcome?.result?.kind !== "errno") lookup.binder.set(device.index!, owner);
  return { owner, body: { kind: "bind", owner: owner.index!, device: device.index! } };
}

export function unbind(lookup: Lookup, place: Place, node: UnbindStep): Lowered | undefined {
  const device = lookup.device(place, node.device);
  if (!device) return undefined;
  const owner = place.owner ?? lookup.binderOf(device) ?? lookup.ownerHere(place, node, "unbind");
  return owner && { owner, body: { kind: "unbind", owner: owner.index!, device: device.index! } };
}

export function attach(lookup: Lookup, place: Place, node: AttachStep): Lowered | undefined {
  const device = lookup.device(place, node.device);
  const space = lookup.space(place, node.space);
  const pasid = optional(node.pasid);
  const physical = literal(node.physical);
  if (!device || !space || pasid === "broken" || physical === "broken") return undefined;
  const owner = place.owner ?? space.owner!;
  return {
    owner,
    body: {
      kind: "attach",
      owner: owner.index!,
      device: device.index!,
      space: space.index!,
      ...(pasid !== undefined && { pasid }),
      ...(physical !== undefined && { physical }),
    },
  };
}

export function detach(lookup: Lookup, place: Place, node: DetachStep): Lowered | undefined {
  const device = lookup.device(place, node.device);
  const space = lookup.space(place, node.space);
  const pasid = optional(node.pasid);
  if (!device || pasid === "broken") return undefined;
  // iommufd names no space: the parser has seen to that the RFC does.
  const owner = place.owner ?? space?.owner ?? lookup.binderOf(device);
  if (!owner || (node.space && !space)) return undefined;
  return {
    owner,
    body: {
      kind: "detach",
      owner: owner.index!,
      device: device.index!,
      ...(space && { space: space.index! }),
      ...(pasid !== undefined && { pasid }),
    },
  };
}

/** The host process itself uses a PASID: only a native owner is one. */
export function sva(lookup: Lookup, place: Place, node: SvaStep): Lowered | undefined {
  const device = lookup.device(place, node.device);
  const physical = literal(node.physical);
  const owner = lookup.ownerHere(place, node, "sva", "native");
  if (owner?.kind === "guest") {
    const span = { file: place.file, start: node.start, end: node.end };
    const facts = { statement: "sva", owner: owner.name, kind: "guest" };
    lookup.context.reporter.report("S053", facts, span, [declaredAs(owner)]);
    return undefined;
  }
  if (!device || !owner || physical === "broken") return undefined;
  const at = physical === undefined ? undefined : { physical };
  return { owner, body: { kind: "sva", owner: owner.index!, device: device.index!, ...at } };
}

export function info(lookup: Lookup, place: Place, node: InfoStep): Lowered | undefined {
  const subject = lookup.deviceOrSpace(place, node.subject);
  if (!subject) return undefined;
  if (subject.kind !== "space")
    return { owner: place.owner, body: { kind: "info-device", device: subject.index! } };
  const owner = place.owner ?? subject.owner!;
  return { owner, body: { kind: "info-space", owner: owner.index!, space: subject.index! } };
}

export function dma(lookup: Lookup, place: Place, node: DmaStep): Lowered | undefined {
  const device = lookup.device(place, node.device);
  const pasid = optional(node.pasid);
  const range = rangeOf(node);
  if (!device || !node.access || !range || pasid === "broken") return undefined;
  return {
    // It decides about nothing but what is allowed.
    owner: place.owner ?? lookup.binder.get(device.index!),
    body: {
      kind: "dma",
      device: device.index!,
      ...(pasid !== undefined && { pasid }),
      range,
      access: ACCESS_BITS[node.access.text],
      priv: node.priv,
    },
  };
}

/** A single address is a request for its one byte. */
function rangeOf({ address }: DmaStep): Range | undefined {
  if (address?.kind === "range") return address.value;
  return address?.value && { start: address.value, last: address.value };
}

export function enqcmd(lookup: Lookup, place: Place, node: EnqcmdStep): Lowered | undefined {
  const process = lookup.process(place, node.process);
  const device = lookup.device(place, node.device);
  const address = node.address?.value;
  if (!process || !device || !node.access || !address) return undefined;
  const access = ACCESS_BITS[node.access.text];
  const body = { kind: "enqcmd", process: process.index!, device: device.index!, access, address } as const;
  return { owner: process.owner, body };
}

export function enqcmds(lookup: Lookup, place: Place, node: EnqcmdsStep): Lowered | undefined {
  const owner = lookup.guest(place, lookup.owner(place, node.owner), node, "enqcmds");
  const device = lookup.device(place, node.device);
  const pasid = optional(node.pasid);
  const address = node.address?.value;
  if (!owner || !device || typeof pasid !== "number" || !node.access || !address) return undefined;
  const access = ACCESS_BITS[node.access.text];
  return {
    owner,
    body: { kind: "enqcmds", owner: owner.index!, pasid, device: device.index!, access, address },
  };
}

export function setPasid(lookup: Lookup, place: Place, node: SetPasidStep): Lowered | undefined {
  const process = lookup.process(place, node.process);
  if (!process || !node.value) return undefined;
  const pasid = node.value.kind === "word" ? undefined : literal(node.value);
  if (pasid === "broken") return undefined;
  return { owner: process.owner, body: { kind: "set-pasid", process: process.index!, pasid } };
}

export function respond(lookup: Lookup, place: Place, node: RespondStep): Lowered | undefined {
  const space = lookup.space(place, node.space);
  const device = node.device && lookup.device(place, node.device);
  const pasid = optional(node.pasid);
  const address = node.address?.value;
  if (!space || !address || !node.response || (node.device && !device) || pasid === "broken")
    return undefined;
  const owner = place.owner ?? space.owner!;
  return {
    owner,
    body: {
      kind: "respond",
      owner: owner.index!,
      space: space.index!,
      address,
      success: node.response.text === "success",
      ...(device && { device: device.index! }),
      ...(pasid !== undefined && { pasid }),
    },
  };
}

export function migrate(lookup: Lookup, place: Place, node: MigrateStep): Lowered | undefined {
  const owner: Entry | undefined = lookup.owner(place, node.owner);
  return owner && { owner, body: { kind: "migrate", owner: owner.index! } };
}

/** The number of a `pasid N`, `undefined` where none is written, "broken" where N is missing or malformed. */
export function optional(argument: PasidArgument | undefined): number | "broken" | undefined {
  if (!argument) return undefined;
  return argument.number?.value ? numberOf(argument.number.value) : "broken";
}

function literal(number: NumberLiteral | undefined): number | "broken" | undefined {
  if (!number) return undefined;
  return number.value ? numberOf(number.value) : "broken";
}
