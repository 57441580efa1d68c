import { lengthOf } from "../../address/index.js";
import { type Endpoint, type Memory, READ, WRITE } from "../../simulator/index.js";
import type { Assertion } from "../program.js";
import type { Assertion as AssertionNode, EndpointNode, NumberLiteral, Word } from "../syntax/index.js";
import { numberOf } from "./context.js";
import { optional } from "./device-steps.js";
import type { Lookup, Place } from "./place.js";
import { lowerInside } from "./regions.js";

/** An assertion with its names resolved; `undefined` when a part of it is missing or unknown. */
export function lowerAssertion(
  lookup: Lookup,
  place: Place,
  memories: readonly Memory[],
  node: AssertionNode | undefined,
): Assertion | undefined {
  switch (node?.kind) {
    case undefined:
      return undefined;
    case "isolated": {
      const a = endpoint(lookup, place, node.a);
      const b = endpoint(lookup, place, node.b);
      return a && b && { kind: "isolated", a, b };
    }
    case "reaches":
      return reaches(lookup, place, memories, node);
    case "ppasid": {
      const device = lookup.device(place, node.device)?.index;
      const pasid = optional(node.pasid);
      const physical = slot(node.value);
      if (device === undefined || pasid === "broken" || physical === "broken") return undefined;
      return { kind: "ppasid", device, pasid, physical };
    }
    case "kvm": {
      const owner = lookup.guest(place, lookup.owner(place, node.owner), node, "assert kvm")?.index;
      const pasid = optional(node.pasid);
      const physical = slot(node.value);
      if (owner === undefined || typeof pasid !== "number" || physical === "broken") return undefined;
      return { kind: "kvm", owner, pasid, physical };
    }
    case "reports": {
      const device = lookup.device(place, node.device)?.index;
      if (device === undefined || node.flags.length === 0) return undefined;
      const says = (word: string): boolean => node.flags.some(({ text }) => text === word);
      return {
        kind: "reports",
        device,
        pasid: says("pasid"),
        delegated: says("delegated"),
        cpu: says("cpu"),
        cpuVirtual: says("cpu-virt"),
      };
    }
  }
}

/** `NAME` alone is all of the memory, `NAME[OFFSET]` the byte there. */
function reaches(
  lookup: Lookup,
  place: Place,
  memories: readonly Memory[],
  node: Extract<AssertionNode, { kind: "reaches" }>,
): Assertion | undefined {
  const from = endpoint(lookup, place, node.from);
  const region = node.region && lowerInside(lookup, place, memories, node.region);
  if (!from || !region) return undefined;
  const { memory, offset } = region;
  const byte = { page: 0, offset: 1 };
  const whole = node.region?.index ? byte : (lengthOf(memories[memory]!.virtual) ?? byte);
  const access = node.access?.bits ?? READ | WRITE;
  return { kind: "reaches", from, memory, offset, length: region.length ?? whole, access };
}

function endpoint(lookup: Lookup, place: Place, node: EndpointNode | undefined): Endpoint | undefined {
  if (!node) return undefined;
  if (!node.qualified) {
    const found = lookup.deviceOrOwner(place, node.name);
    if (!found) return undefined;
    const index = found.index!;
    const owner = found.kind === "guest" || found.kind === "native";
    return owner ? { kind: "owner", owner: index } : { kind: "device", device: index };
  }
  const device = lookup.device(place, node.name)?.index;
  if (device === undefined || !node.pasid) return undefined;
  if (node.pasid.kind === "word") return { kind: "any", device };
  return node.pasid.value && { kind: "pasid", device, pasid: numberOf(node.pasid.value) };
}

/** What stands after `==`; `undefined` for `none`. */
function slot(value: NumberLiteral | Word<"none"> | undefined): number | "broken" | undefined {
  if (value?.kind === "word") return undefined;
  return value?.value ? numberOf(value.value) : "broken";
}
