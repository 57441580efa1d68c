import {
  formatRid,
  type Machine,
  type PasidTableRow,
  type Platform,
  pasidTables,
} from "../simulator/index.js";
import { deviceName } from "./names.js";

/** One present entry of a PASID table, in words. */
export interface PasidEntry {
  /** Number in the table; 0 is the slot of requests without PASID. */
  readonly ppasid: number;
  /** What the device's user asked for; `undefined` for a default space. */
  readonly vpasid: number | undefined;
  readonly device: string;
  readonly use: PasidTableRow["use"];
  readonly space: string;
  readonly namespace: PasidTableRow["namespace"];
  readonly origin: number;
}

/** The PASID table of one requester id. */
export interface PasidTable {
  readonly rid: string;
  /** The function whose requester id it is: itself, or the parent of mdevs. */
  readonly device: string;
  readonly iommu: string;
  readonly entries: readonly PasidEntry[];
}

/** One row of the machine in words. */
export function pasidEntryOf(platform: Platform, row: PasidTableRow): PasidEntry {
  return {
    ppasid: row.physical,
    vpasid: row.pasid,
    device: deviceName(platform, row.device),
    use: row.use,
    space: row.target,
    namespace: row.namespace,
    origin: row.origin,
  };
}

/** The PASID tables of the machine that have an entry, by requester id in order of declaration. */
export function pasidTableReport(machine: Machine): PasidTable[] {
  const { platform } = machine;
  const tables = new Map<number, PasidEntry[]>();
  for (const row of pasidTables(machine)) {
    const entries = tables.get(row.wire) ?? [];
    tables.set(row.wire, entries);
    entries.push(pasidEntryOf(platform, row));
  }
  return [...tables]
    .sort(([a], [b]) => a - b)
    .map(([wire, entries]) => {
      const device = platform.devices[wire]!;
      return {
        rid: formatRid(device.rid),
        device: device.name,
        iommu: platform.iommus[device.iommu]!.name,
        entries: entries.sort((a, b) => a.ppasid - b.ppasid),
      };
    });
}
