import { flagsText } from "../../language/index.js";
import { capabilityOf, formatRid, type Machine, pieceOf } from "../../simulator/index.js";
import { spaceName } from "../state-words.js";
import { list, type Variable, variable } from "./variable.js";

/** A device as its driver and its user see it. */
export function deviceVariable(machine: Machine, index: number): Variable {
  const { platform } = machine;
  const device = platform.devices[index]!;
  const { bound, defaults, attachments, defPasid } = machine.device(index);
  const capability = capabilityOf(platform, index);
  const owners = bound.map(({ owner }) => platform.owners[owner]!.name);
  const last = defaults.at(-1);
  const inside: Variable[] = [
    variable("category", device.category === undefined ? "none" : String(device.category)),
    variable("RID", formatRid(device.rid)),
    variable("reports", flagsText(capability)),
    variable("vPASID width", `${capability.width} bits`),
    variable("bound to", owners.length === 0 ? "nobody" : owners.join(", ")),
    variable("default space", last ? spaceName(machine, last.space) : "none"),
  ];
  if (device.kind === "mdev") {
    inside.push({ ...variable("defPASID", numberText(defPasid)), query: `ppasid ${device.name}` });
  }
  inside.push(
    variable("vPASIDs", `${attachments.size} attached`, {
      count: attachments.size,
      page: (start, count) =>
        pieceOf(attachments.entries(), start, count).map(([pasid, { physical, space, namespace }]) => ({
          ...variable(
            `vPASID ${pasid}`,
            `pPASID ${numberText(physical ?? pasid)} · ${namespace} · ${spaceName(machine, space)}`,
          ),
          query: `ppasid ${device.name} ${pasid}`,
        })),
    }),
  );
  return {
    ...variable(device.name, `${device.kind} at ${formatRid(device.rid)}`, list(inside)),
    query: device.name,
  };
}

/** `7 (0x7)`: both bases, since kernel logs print one and people write the other. */
export function numberText(value: number | undefined): string {
  return value === undefined ? "none" : `${value} (0x${value.toString(16)})`;
}
