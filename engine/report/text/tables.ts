import type { DeviceReport, UserDuty } from "../capabilities.js";
import type { RequiredMapping, VmxTable } from "../kvm.js";
import type { PasidEntry, PasidTable } from "../pasid-tables.js";
import type { Style } from "./style.js";
import { type Content, table } from "./table.js";

/** What the user of a device must do, as a phrase. */
const DUTIES: Readonly<Record<UserDuty, string>> = {
  nothing: "nothing: it has only a default space",
  vpasid: "give a vPASID with each further space",
  "pasid-table": "give a vPASID, or one PASID table of its own",
  "vpasid-and-kvm": "give a vPASID, and call KVM to map it before ENQCMD",
};

/** What each device reports, and what its user has to do because of it. */
export function devicesText(reports: readonly DeviceReport[], style: Style): string[] {
  if (reports.length === 0) return [];
  const rows = reports.map(({ device, reports: flags, width, duty }) => [
    { text: device, paint: style.cyan },
    flags,
    width === 0 ? "-" : `${width} bits`,
    DUTIES[duty],
  ]);
  const heads = ["device", "reports", "vPASID", "what its user must do"].map((heading) => ({ heading }));
  return table(style, "Devices", heads, rows);
}

const USES: Readonly<Record<PasidEntry["use"], string>> = {
  default: "default space",
  defPASID: "default space",
  attached: "attach",
  sva: "host process",
  guest: "guest's own entry",
};

const POOLS: Readonly<Record<PasidEntry["namespace"], string>> = {
  rid: "of the RID",
  global: "global",
  delegated: "the guest's",
};

/** The present entries of all PASID tables, one requester id after the other. */
export function pasidTablesText(tables: readonly PasidTable[], style: Style): string[] {
  const title = "PASID tables";
  if (tables.length === 0) return [style.bold(title), "  none: no device is attached"];
  const rows = tables.flatMap(({ rid, device, entries }) =>
    entries.map((entry, index): Content[] => [
      index === 0 ? `${rid} ${device}` : "",
      entry.use === "default" ? "none" : entry.ppasid,
      entry.vpasid ?? "-",
      { text: entry.device, paint: style.cyan },
      entry.space,
      USES[entry.use],
      entry.use === "default" ? "-" : POOLS[entry.namespace],
    ]),
  );
  const heads = [
    { heading: "RID" },
    { heading: "pPASID", align: "right" as const },
    { heading: "vPASID", align: "right" as const },
    { heading: "device" },
    { heading: "space" },
    { heading: "made by" },
    { heading: "PASID pool" },
  ];
  return table(style, title, heads, rows);
}

/** The KVM PASID mappings that the attached devices need, with what the slots hold. */
export function requiredMappingsText(needs: readonly RequiredMapping[], style: Style): string[] {
  const title = "KVM PASID mappings required";
  if (needs.length === 0) return [style.bold(title), "  none: no attached device needs the CPU to translate"];
  const paints = { present: style.green, missing: style.red, conflict: style.red };
  const rows = needs.map((need): Content[] => [
    need.guest,
    need.vpasid,
    need.ppasid,
    need.space,
    { text: need.device, paint: style.cyan },
    { text: stateText(need), paint: paints[need.state] },
  ]);
  const heads = [
    { heading: "guest" },
    { heading: "vPASID", align: "right" as const },
    { heading: "pPASID", align: "right" as const },
    { heading: "space" },
    { heading: "because of" },
    { heading: "state" },
  ];
  return table(style, title, heads, rows);
}

function stateText({ state, current, guest, vpasid, space }: RequiredMapping): string {
  if (state === "conflict") return `conflict: the slot holds pPASID ${current ?? "none"}`;
  return state === "missing" ? `missing: kvm map ${guest} pasid ${vpasid} -> ${guest}.${space}` : state;
}

/** The valid slots of every VM's PASID table, with the path of the CPU to each. */
export function vmxTablesText(tables: readonly VmxTable[], style: Style): string[] {
  const title = "KVM PASID mappings present";
  if (tables.length === 0) return [style.bold(title), "  none"];
  const rows = tables.flatMap(({ guest, slots }) =>
    slots.map((slot, index): Content[] => [
      index === 0 ? guest : "",
      slot.vpasid,
      slot.ppasid,
      slot.space,
      slot.directory,
      slot.directoryIndex,
      slot.tableIndex,
    ]),
  );
  const heads = [
    { heading: "guest" },
    { heading: "vPASID", align: "right" as const },
    { heading: "pPASID", align: "right" as const },
    { heading: "space" },
    { heading: "VMX directory" },
    { heading: "directory index", align: "right" as const },
    { heading: "table index", align: "right" as const },
  ];
  return table(style, title, heads, rows);
}
