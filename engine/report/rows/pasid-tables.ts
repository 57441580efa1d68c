import type { PasidEntry, PasidTable } from "../pasid-tables.js";
import { cell, type Group, type Row, type Table } from "./table.js";

/** Who made an entry of a PASID table. */
export const USES: Readonly<Record<PasidEntry["use"], string>> = {
  default: "default space",
  defPASID: "default space",
  attached: "attach",
  sva: "host process",
  guest: "guest's own entry",
};

/** Where the number of an entry was taken from. */
export const POOLS: Readonly<Record<PasidEntry["namespace"], string>> = {
  rid: "of the RID",
  global: "global",
  delegated: "the guest's",
};

/** The present entries of all PASID tables, one requester id after the other. */
export function pasidTablesTable(tables: readonly PasidTable[]): Table {
  return {
    title: "PASID tables",
    none: "none: no device is attached",
    groups: "RID",
    columns: [
      { heading: "pPASID", numeric: true },
      { heading: "vPASID", numeric: true },
      { heading: "device" },
      { heading: "space" },
      { heading: "made by" },
      { heading: "PASID pool" },
    ],
    content: tables.map(groupOf),
  };
}

function groupOf({ rid, device, iommu, entries }: PasidTable): Group {
  const label = `${rid} ${device}`;
  return { label, caption: `PASID table of ${label}, behind ${iommu}`, rows: entries.map(rowOf) };
}

/** Requests without a PASID have an entry too, at the number that hardware keeps for them: nobody calls it a PASID. */
function rowOf({ ppasid, vpasid, device, space, use, namespace, origin }: PasidEntry): Row {
  const isDefault = use === "default";
  return {
    cells: [
      cell(isDefault ? "none" : ppasid),
      cell(vpasid ?? "-"),
      cell(device, "name"),
      cell(space),
      cell(USES[use]),
      cell(isDefault ? "-" : POOLS[namespace]),
    ],
    origin,
  };
}
