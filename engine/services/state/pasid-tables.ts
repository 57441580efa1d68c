import { type PasidTable, POOLS, USES } from "../../report/index.js";
import { listOf, type Pages, type Source } from "./pages.js";
import type { Reading } from "./reading.js";
import type { PasidEntryItem, PasidTableItem } from "./types.js";

/** The PASID tables that have an entry, by requester id in order of declaration. */
export function pasidTablesOf<P>(reading: Reading<P>, pages: Pages): Source<PasidTableItem<P>> {
  return listOf(reading.pasidTables, (table) => ({
    kind: "pasid-table",
    rid: table.rid,
    device: table.device,
    iommu: table.iommu,
    entries: pages.first(`pasids:${table.device}`, pasidEntriesOf(reading, table)),
    place: reading.placeOf(reading.deviceOrigin(table.device)),
  }));
}

/** The entries of one table, by number. */
export function pasidEntriesOf<P>(
  reading: Reading<P>,
  { entries }: Pick<PasidTable, "entries">,
): Source<PasidEntryItem<P>> {
  return listOf(entries, ({ ppasid, vpasid, device, space, use, namespace, origin }) => {
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
  });
}
