import { add, formatRange, subtract, toHex } from "../../address/index.js";
import { type Machine, waysTo } from "../../simulator/index.js";
import { memoryReference } from "../memory/place.js";
import { numberText } from "./devices.js";
import { setProcess } from "./settable.js";
import { type Children, paged, type Variable, variable } from "./variable.js";

/** Ways to a memory that are named; of a device with a million PASIDs there are as many. */
const NAMED = 20;

/** The memories of all owners: where they lie, and who reaches them. */
export function memoryVariables(machine: Machine): Children {
  const { memories, owners } = machine.platform;
  return paged(memories, ({ name, owner, virtual, physical }) => {
    const last = add(physical, subtract(virtual.last, virtual.start))!;
    const backing = { start: physical, last };
    const reachedBy = (): Variable => {
      const ways = new Set(
        waysTo(machine, backing).map(({ device, pasid }) => {
          const { name: source } = machine.platform.devices[device]!;
          return pasid === undefined ? source : `${source} pasid ${pasid}`;
        }),
      );
      const named = [...ways].slice(0, NAMED).join(", ");
      const more = ways.size > NAMED ? ` and ${ways.size - NAMED} more` : "";
      return variable("reached by", ways.size === 0 ? "nobody" : `${named}${more}`);
    };
    const inside: Children = {
      count: 3,
      page: (start, count) =>
        [
          variable("virtual", formatRange(virtual)),
          variable("host-physical", formatRange(backing)),
          reachedBy(),
        ].slice(start, start + count),
    };
    const title = `${owners[owner]!.name}.${name}`;
    return {
      ...variable(title, toHex(physical), inside),
      memory: memoryReference(physical),
      query: title,
      watch: `who writes ${title}`,
    };
  });
}

/** IA32_PASID of each guest process, which a person may set as the guest does. */
export function processVariables(machine: Machine): Variable[] {
  const { processes, owners } = machine.platform;
  return processes.map(({ name, owner }, process) => {
    const title = `${owners[owner]!.name}.${name}`;
    return {
      ...variable(
        `IA32_PASID of ${title}`,
        numberText(machine.processPasids.get(process)).replace("none", "not valid"),
      ),
      query: title,
      set: (text) => setProcess(machine, process, text),
    };
  });
}
