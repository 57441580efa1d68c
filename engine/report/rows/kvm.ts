import type { RequiredMapping, VmxTable } from "../kvm.js";
import { cell, type Row, type Table } from "./table.js";

/** The KVM PASID mappings that the attached devices need, with what the slots hold. */
export function requiredMappingsTable(needs: readonly RequiredMapping[]): Table {
  return {
    title: "KVM PASID mappings required",
    none: "none: no attached device needs the CPU to translate",
    columns: [
      { heading: "guest" },
      { heading: "vPASID", numeric: true },
      { heading: "pPASID", numeric: true },
      { heading: "space" },
      { heading: "because of" },
      { heading: "state" },
    ],
    content: [
      {
        label: "",
        caption: "Each KVM PASID mapping that an attached device needs, and whether it is there",
        rows: needs.map(requiredRow),
      },
    ],
  };
}

function requiredRow(need: RequiredMapping): Row {
  const isPresent = need.state === "present";
  return {
    cells: [
      cell(need.guest),
      cell(need.vpasid),
      cell(need.ppasid),
      cell(need.space),
      cell(need.device, "name"),
      cell(mappingStateText(need), isPresent ? "good" : "bad"),
    ],
    origin: need.origin,
    failed: !isPresent,
  };
}

/** `present`, or what is there instead, with the statement that would make a missing mapping. */
function mappingStateText(need: RequiredMapping): string {
  if (need.state === "conflict") return `conflict: the slot holds pPASID ${need.current ?? "none"}`;
  return need.state === "missing" ? `missing: ${kvmMapStatement(need)}` : need.state;
}

/** The statement that makes a mapping. */
export function kvmMapStatement({ guest, vpasid, space }: RequiredMapping): string {
  return `kvm map ${guest} pasid ${vpasid} -> ${guest}.${space}`;
}

/** The valid slots of every VM's PASID table, with the path of the CPU to each. */
export function vmxTablesTable(tables: readonly VmxTable[]): Table {
  return {
    title: "KVM PASID mappings present",
    none: "none",
    groups: "guest",
    columns: [
      { heading: "vPASID", numeric: true },
      { heading: "pPASID", numeric: true },
      { heading: "space" },
      { heading: "VMX directory" },
      { heading: "directory index", numeric: true },
      { heading: "table index", numeric: true },
    ],
    content: tables.map(({ guest, slots }) => ({
      label: guest,
      caption: `VMX PASID table of ${guest}`,
      rows: slots.map(({ vpasid, ppasid, space, directory, directoryIndex, tableIndex, origin }) => ({
        cells: [vpasid, ppasid, space, directory, directoryIndex, tableIndex].map((each) => cell(each)),
        origin,
      })),
    })),
  };
}
