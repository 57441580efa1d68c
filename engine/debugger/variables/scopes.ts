import type { Machine } from "../../simulator/index.js";
import type { Thread } from "../thread.js";
import { faultVariables, iotlbVariables } from "./caches.js";
import { concernedBy } from "./concerned.js";
import { deviceVariable } from "./devices.js";
import { memoryVariables, processVariables } from "./owners.js";
import { spaceVariable } from "./spaces.js";
import { stepVariables } from "./step.js";
import { kvmVariables, pasidTableVariables } from "./tables.js";
import { type Children, list, paged } from "./variable.js";

/** One heading of the variables view. */
export interface Scope {
  readonly name: string;
  /** Making it takes a while, so it is made when somebody opens it. */
  readonly expensive: boolean;
  children(): Children;
}

/**
 * Everything that can be seen at a thread's position: first what the statement has to do with, then the whole
 * machine.
 * @param machine the state to show; that of the position when left out
 */
export function scopesOf(thread: Thread, machine: Machine = thread.machine): Scope[] {
  const { device, space } = concernedBy(thread);
  const { devices } = machine.platform;
  const wire = device === undefined ? undefined : devices[device]!.wire;
  const shownDevices = device === undefined ? [...devices.keys()] : [device];
  const spaces = (): number[] =>
    space === undefined ? [...machine.spaces.entries()].map(([number]) => number) : [space];
  return [
    scope("Step", () => list(stepVariables(thread))),
    scope("Device", () => paged(shownDevices, (index) => deviceVariable(machine, index))),
    scope("Address space", () => paged(spaces(), (number) => spaceVariable(machine, number))),
    scope("PASID table", () => list(pasidTableVariables(machine, wire))),
    scope("KVM", () => list([...kvmVariables(machine), ...processVariables(machine)])),
    scope("IOTLB", () => list(iotlbVariables(machine)), true),
    scope("Faults", () => list(faultVariables(machine))),
    scope("Memory", () => memoryVariables(machine), true),
  ];
}

function scope(name: string, children: () => Children, expensive = false): Scope {
  return { name, expensive, children };
}
