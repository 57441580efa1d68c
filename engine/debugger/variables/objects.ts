import { toHex } from "../../address/index.js";
import { objectReport, pendingOf } from "../../report/index.js";
import type { Machine } from "../../simulator/index.js";
import { accessText } from "../state-words.js";
import { list, paged, type Variable, variable } from "./variable.js";

/**
 * An object of iommufd that maps nothing: a fault queue with what waits in it, a vIOMMU, a vDEVICE.
 * @returns `undefined` for a number that is none
 */
export function objectVariable(
  machine: Machine,
  number: number,
  open: (space: number) => Variable,
): Variable | undefined {
  const report = objectReport(machine, number);
  if (!report) return undefined;
  const { name, owner } = machine.iommufd.objects.get(number)!;
  const words = [report.kind, ...report.marks].join(", ");
  const qualified = `${machine.platform.owners[owner]!.name}.${name}`;
  return variable(qualified, words, list(objectRows(machine, number, open)));
}

/**
 * What stands around an object of iommufd, for a person who looks into it; nothing for an IOASID.
 * @param open a space to look into: the page tables of an IOAS, and the parent of a nested table
 */
export function objectRows(machine: Machine, number: number, open: (space: number) => Variable): Variable[] {
  const report = objectReport(machine, number);
  const object = machine.iommufd.objects.get(number);
  if (!report || !object) return [];
  const { on, holds } = report;
  const held = list(holds.map(({ text }, index) => variable(String(index + 1), text)));
  switch (object.type) {
    case "ioas":
      return [variable("page tables", `${object.hwpts.length}`, paged(object.hwpts, open))];
    case "hwpt-nested":
      return [variable("second stage", on!.text, paged([object.parent], open))];
    case "fault-queue":
      return [variable("takes page requests of", `${holds.length}`, held), requestsVariable(machine, number)];
    default:
      return [
        ...(on ? [variable("stands on", on.text)] : []),
        ...(holds.length > 0 ? [variable("holds", `${holds.length}`, held)] : []),
      ];
  }
}

/** The page requests that read(2) of the queue would give out, or that wait for an answer. */
function requestsVariable(machine: Machine, queue: number): Variable {
  const requests = pendingOf(machine, queue);
  return variable(
    "page requests",
    `${requests.length} waiting`,
    paged(requests, ({ device, pasid, fault, access }) => {
      const { name } = machine.platform.devices[device]!;
      const from = pasid === undefined ? name : `${name} pasid ${pasid}`;
      return variable(from, `${toHex(fault.address)} ${accessText(access)} · ${fault.name}`);
    }),
  );
}
