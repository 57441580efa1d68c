import { formatRid, pasidTableRows, pasidTableSizes } from "../../simulator/index.js";
import { pasidEntryOf } from "../pasid-tables.js";
import { POOLS, USES } from "../rows/pasid-tables.js";
import { listOf, type Pages, type Source } from "./pages.js";
import type { Reading } from "./reading.js";
import type { PasidEntryItem, PasidTableItem } from "./types.js";

/** The PASID tables that have an entry, by requester id in order of declaration. */
export function pasidTablesOf<P>(reading: Reading<P>, pages: Pages): Source<PasidTableItem<P>> {
  const { devices, iommus } = reading.machine.platform;
  return listOf(pasidTableSizes(reading.machine), ({ wire, entries }) => {
    const { name, rid, iommu, origin } = devices[wire]!;
    return {
      kind: "pasid-table",
      rid: formatRid(rid),
      device: name,
      iommu: iommus[iommu]!.name,
      entries: pages.first(`pasids:${name}`, pasidEntriesOf(reading, wire, entries)),
      place: reading.placeOf(origin),
    };
  });
}

/**
 * The entries of one table, by number; a table can have a million.
 * @param wire index of the device whose RID it is
 * @param total how many there are
 */
export function pasidEntriesOf<P>(
  reading: Reading<P>,
  wire: number,
  total: number,
): Source<PasidEntryItem<P>> {
  const { machine } = reading;
  return {
    total,
    items: (from, count) =>
      pasidTableRows(machine, wire, from, count).map((row) => {
        const { ppasid, vpasid, device, space, use, namespace, origin } = pasidEntryOf(machine.platform, row);
        const isDefault = use === "default";
        return {
          kind: "pasid-entry",
          ppasid: isDefault ? undefined : ppasid,
          vpasid,
          device,
          space,
          use: USES[use],
          pool: isDefault ? "" : POOLS[namespace],
          place: reading.placeOf(origin),
        };
      }),
  };
}
