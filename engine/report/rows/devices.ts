import type { DeviceReport, UserDuty } from "../capabilities.js";
import { cell, type Table } from "./table.js";

/** What the user of a device must do, as a phrase. */
export const DUTIES: Readonly<Record<UserDuty, string>> = {
  nothing: "nothing: it has only a default space",
  vpasid: "give a vPASID with each further space",
  "pasid-table": "give a vPASID, or one PASID table of its own",
  "vpasid-and-kvm": "give a vPASID, and call KVM to map it before ENQCMD",
};

/** What each device reports, and what its user has to do because of it. */
export function devicesTable(reports: readonly DeviceReport[]): Table {
  const rows = reports.map(({ device, reports: flags, width, duty, origin }) => ({
    cells: [cell(device, "name"), cell(flags), cell(width === 0 ? "-" : `${width} bits`), cell(DUTIES[duty])],
    origin,
  }));
  const columns = ["device", "reports", "vPASID", "what its user must do"].map((heading) => ({ heading }));
  const caption = "What each device reports, and what its user must do";
  return { title: "Devices", none: undefined, columns, content: [{ label: "", caption, rows }] };
}
