import { formatRange, toHex, ZERO } from "../../address/index.js";
import { objectKind, plural } from "../../report/index.js";
import {
  attachmentCount,
  attachmentsTo,
  guestEntryRows,
  type Machine,
  mappingRows,
  pieceOf,
} from "../../simulator/index.js";
import { memoryReference } from "../memory/place.js";
import { accessText, spaceName } from "../state-words.js";
import { numberText } from "./devices.js";
import { objectRows, objectVariable } from "./objects.js";
import { setEntry, setPage } from "./settable.js";
import { list, type Variable, variable } from "./variable.js";

/** An I/O address space: its mappings, who is attached, what nests on it. */
export function spaceVariable(machine: Machine, number: number): Variable {
  const open = (other: number): Variable => spaceVariable(machine, other);
  const space = machine.spaces.get(number);
  if (!space)
    return (
      objectVariable(machine, number, open) ?? variable(spaceName(machine, number), "freed, or not made yet")
    );
  const name = spaceName(machine, number);
  const { kind, ranges, entries, pending, children } = space;
  const memory = memoryReference(ZERO, name);
  const inside: Variable[] = [
    variable("handle", String(space.id)),
    variable("parent", space.parent < 0 ? "none" : spaceName(machine, space.parent)),
    {
      ...variable("mappings", `${ranges.size}`, {
        count: ranges.size,
        page: (start, count) =>
          mappingRows(machine, number, start, count).map((mapping) => ({
            ...variable(formatRange(mapping), `${toHex(mapping.target)} ${accessText(mapping.access)}`),
            query: `page ${name} ${toHex(mapping.start)}..${toHex(mapping.last)}`,
            memory: memoryReference(mapping.start, name),
            ...(kind === "page-table" && {
              set: (text: string) => setPage(machine, number, mapping, text),
            }),
          })),
      }),
      content: ranges,
    },
  ];
  if (kind === "pasid-table") {
    inside.push(
      variable("entries", `${entries.size}`, {
        count: entries.size,
        page: (start, count) =>
          guestEntryRows(machine, number, start, count).map(({ pasid, space: target }) => ({
            ...variable(`PASID ${pasid}`, spaceName(machine, target)),
            set: (text: string) => setEntry(machine, number, pasid, text),
          })),
      }),
    );
  }
  inside.push(attachedVariable(machine, number));
  const nested = [...children.entries()].map(([child]) => variable(spaceName(machine, child), "child"));
  if (nested.length > 0) inside.push(variable("children", `${nested.length}`, list(nested)));
  if (pending.length > 0) inside.push(variable("page requests", `${pending.length} pending`));
  inside.push(...objectRows(machine, number, open));
  return {
    ...variable(
      name,
      `${objectKind(machine, number) ?? kind}, ${plural(ranges.size, "mapping")}`,
      list(inside),
    ),
    query: name,
    memory,
  };
}

/** Who is attached to a space. */
function attachedVariable(machine: Machine, number: number): Variable {
  const count = attachmentCount(machine, number);
  return variable("attached", `${count}`, {
    count,
    page: (start, most) =>
      pieceOf(attachmentsTo(machine, number), start, most).map(({ device, pasid, physical, namespace }) => {
        const { name } = machine.platform.devices[device]!;
        return pasid === undefined
          ? variable(name, "default space")
          : variable(`${name} vPASID ${pasid}`, `pPASID ${numberText(physical ?? pasid)} · ${namespace}`);
      }),
  });
}
