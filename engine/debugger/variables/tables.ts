import { plural, requiredMappings, vmxTableReport } from "../../report/index.js";
import { formatRid, type Machine, pieceOf } from "../../simulator/index.js";
import { entryText } from "../state-words.js";
import { numberText } from "./devices.js";
import { list, paged, type Variable, variable } from "./variable.js";

/** The PASID tables that the kernel wrote, by requester id. @param only that of this device's RID, where it has one */
export function pasidTableVariables(machine: Machine, only: number | undefined): Variable[] {
  const { devices } = machine.platform;
  const wires = [...machine.devices.entries()].flatMap(([wire, { entries }]) =>
    entries.size > 0 ? [wire] : [],
  );
  const shown = only !== undefined && wires.includes(only) ? [only] : wires;
  return shown.map((wire) => {
    const { entries } = machine.device(wire);
    const { name, rid } = devices[wire]!;
    return variable(`${formatRid(rid)} ${name}`, plural(entries.size, "entry", "entries"), {
      count: entries.size,
      page: (start, count) =>
        pieceOf(entries.entries(), start, count).map(([physical, entry]) => {
          const slot = entry.use === "default" ? "without PASID" : `PASID ${numberText(physical)}`;
          return { ...variable(slot, entryText(machine, entry)), query: `entry ${name} ${physical}` };
        }),
    });
  });
}

/** What the CPU makes of vPASIDs, by guest: whether it translates, its slots, and what is missing in them. */
export function kvmVariables(machine: Machine): Variable[] {
  const tables = new Map(vmxTableReport(machine).map((table) => [table.guest, table.slots]));
  const needs = requiredMappings(machine);
  return machine.platform.owners.flatMap(({ name, kind }, index) => {
    if (kind !== "guest") return [];
    const slots = tables.get(name) ?? [];
    const missing = needs.filter(({ guest, state }) => guest === name && state !== "present");
    const inside = [
      variable(
        "slots",
        `${slots.length} valid`,
        paged(slots, ({ vpasid, ppasid, directory, directoryIndex, tableIndex, space }) => ({
          ...variable(
            `vPASID ${vpasid}`,
            `pPASID ${numberText(ppasid)} · ${directory} directory[${directoryIndex}] table[${tableIndex}] · ${space}`,
          ),
          query: `kvm ${name} ${vpasid}`,
        })),
      ),
      ...missing.map(({ vpasid, device, ppasid, state }) =>
        variable(`vPASID ${vpasid} ${state}`, `${device} needs pPASID ${ppasid}`),
      ),
    ];
    const translation = machine.owner(index).translation;
    return [{ ...variable(name, `CPU translation ${translation}`, list(inside)), query: `kvm ${name}` }];
  });
}
