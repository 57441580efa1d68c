import { formatSize, toHex } from "../../address/index.js";
import { plural } from "../../report/index.js";
import { iotlbRows, type Machine, streamRows } from "../../simulator/index.js";
import { accessText, spaceName } from "../state-words.js";
import { numberText } from "./devices.js";
import { type Variable, variable } from "./variable.js";

/** The IOTLB by requester id and PASID: what was walked once and is still believed. */
export function iotlbVariables(machine: Machine): Variable[] {
  return streamRows(machine).map(({ wire, slot, space, cached, translations }) => {
    const { name } = machine.platform.devices[wire]!;
    const entry = cached ? "PASID entry cached" : "PASID entry dropped";
    const target = space < 0 ? "a host process" : spaceName(machine, space);
    return variable(
      `${name} ${slot === 0 ? "without PASID" : `PASID ${numberText(slot)}`}`,
      `${plural(translations, "translation")} · ${target} · ${entry}`,
      {
        count: translations,
        page: (start, count) =>
          iotlbRows(machine, wire, slot, start, count).map(({ page, frames, target: to, access, stale }) => {
            const from = `${toHex({ page, offset: 0 })} + ${formatSize({ page: frames, offset: 0 })}`;
            const goes = `${toHex({ page: to, offset: 0 })} ${accessText(access)}`;
            return variable(from, stale ? `${goes} · STALE, the tables say something else` : goes);
          }),
      },
    );
  });
}

/** Requests that wait for a page response, by space. */
export function faultVariables(machine: Machine): Variable[] {
  return [...machine.spaces.entries()].flatMap(([number, { pending }]) =>
    pending.map(({ device, pasid, fault, access }, index) =>
      variable(
        `${spaceName(machine, number)} ${index + 1}`,
        `${machine.platform.devices[device]!.name}${pasid === undefined ? "" : ` pasid ${pasid}`} at ${toHex(fault.address)} ${accessText(access)} · ${fault.name}`,
      ),
    ),
  );
}
