import { overlaps } from "../../address/index.js";
import type { Machine, Operation, Refusal } from "../../simulator/index.js";
import type { History } from "./history.js";
import { Places, type RefusalPlace, SHOWN, type Space } from "./places.js";

/**
 * The other side of a refusal, where the call that was refused had no reason to look it up: the attach that
 * needs the mapping, the part whose width binds, the statement that made the space. A refused call changes
 * nothing, so the machine still is what it was.
 */
export function refusalPlaces(
  machine: Machine,
  operation: Operation,
  refusal: Refusal,
  history: History,
): RefusalPlace[] {
  const device = "device" in operation ? operation.device : undefined;
  const number = operation.kind === "entry" ? operation.table : "space" in operation ? operation.space : -1;
  const space = number === undefined ? undefined : machine.spaces.get(number);
  const places = new Places(machine);
  const found = [
    ...doneBefore(history, operation, refusal),
    ...(operation.kind === "set-pasid" ? places.process(operation.process) : []),
    ...(operation.kind === "unregister" && refusal.rule === "U010" ? places.registered(operation.owner) : []),
    ...placesFor(places, refusal, device, space),
  ];
  return found.slice(0, SHOWN);
}

/** The call that did already what is asked for, or that took away what is looked for. */
function doneBefore(history: History, operation: Operation, refusal: Refusal): RefusalPlace[] {
  const place = (earlier: Operation | undefined, note: string) =>
    earlier ? [{ origin: earlier.origin, note }] : [];
  const space = "space" in operation ? operation.space : undefined;
  switch (refusal.rule) {
    case "P014":
    case "U020":
    case "U023":
    case "U030":
      return place(history.like(operation), "this statement did it already");
    case "U014": {
      const number = operation.kind === "ioasid" ? operation.parent : space;
      return number === undefined ? [] : place(history.freeOf(number), "it was freed here");
    }
    case "U017":
      return place(history.like(operation), "its table was bound here");
    case "U018":
      return space === undefined ? [] : place(history.unbindTableOf(space), "its table was unbound here");
    case "U010":
      return place(history.like(operation), "this much was unregistered here");
    case "U004": {
      const earlier = operation.kind === "unmap" ? history.like(operation) : undefined;
      const isSame = earlier && operation.kind === "unmap" && overlaps(earlier.range, operation.range);
      return isSame ? place(earlier, "this unmapped it already") : [];
    }
    default:
      return [];
  }
}

function placesFor(
  places: Places,
  refusal: Refusal,
  device: number | undefined,
  space: Space | undefined,
): RefusalPlace[] {
  switch (refusal.rule) {
    case "P016":
      return space ? places.attachesTo(space) : [];
    case "P022":
    case "P023":
    case "U012":
    case "U013":
    case "U016":
    case "U017":
    case "U018":
    case "U038":
      return space ? places.allocation(space) : [];
    case "U007":
      return space ? places.memories(space.owner) : [];
    case "U030":
    case "U031":
      return space ? [...places.waiting(space), ...places.allocation(space)] : [];
    case "U015":
      return places.version();
    case "U008":
      return space ? places.registered(space.owner) : [];
    case "U025":
      return space ? places.globalAttaches(space) : [];
    case "U032":
      return places.cpu();
    default:
      return device === undefined ? [] : placesOfDevice(places, refusal, device, space);
  }
}

function placesOfDevice(
  places: Places,
  refusal: Refusal,
  device: number,
  space: Space | undefined,
): RefusalPlace[] {
  switch (refusal.rule) {
    case "P004":
    case "U024":
    case "C008":
      return places.declaration(device);
    case "P007":
    case "U026":
      return places.width(device);
    case "P008":
      return [...places.width(device), ...(space ? places.globalAttaches(space) : [])];
    case "P010":
      return places.attach(device, refusal.arguments.pasid);
    case "U020":
      return places.attachesOf(device);
    case "U021":
      return places.attachesOf(device, refusal.arguments.child);
    case "P021":
    case "U023":
    case "U037":
      return places.binds(device);
    default:
      return [];
  }
}
