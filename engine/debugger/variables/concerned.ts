import type { Thread } from "../thread.js";

/** What the statement at a position has to do with; `undefined` where it names none. */
export interface Concerned {
  readonly device: number | undefined;
  readonly space: number | undefined;
}

export function concernedBy({ timeline, position, machine }: Thread): Concerned {
  const step = timeline.steps[Math.min(position.step, timeline.length - 1)];
  if (step?.kind !== "operation") return { device: undefined, space: undefined };
  const { operation } = step;
  const device = "device" in operation ? operation.device : undefined;
  if (operation.kind === "entry") return { device, space: operation.table };
  if ("space" in operation && operation.space !== undefined) return { device, space: operation.space };
  if (device === undefined) return { device, space: undefined };
  const { attachments, defaults } = machine.device(device);
  const pasid = pasidOf(operation, machine.processPasids);
  const found = pasid === undefined ? defaults.at(-1) : attachments.get(pasid);
  return { device, space: found?.space };
}

function pasidOf(
  operation: { readonly kind: string; readonly pasid?: number | undefined; readonly process?: number },
  registers: { get(process: number): number | undefined },
): number | undefined {
  if (operation.pasid !== undefined) return operation.pasid;
  return operation.process === undefined ? undefined : registers.get(operation.process);
}
