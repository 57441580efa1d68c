import assert from "node:assert/strict";
import type { DeviceReport } from "../../engine/report/capabilities.js";
import type { RequiredMapping, VmxTable } from "../../engine/report/kvm.js";
import type { PasidEntry, PasidTable } from "../../engine/report/pasid-tables.js";
import { devicesTable } from "../../engine/report/rows/devices.js";
import { requiredMappingsTable, vmxTablesTable } from "../../engine/report/rows/kvm.js";
import { pasidTablesTable } from "../../engine/report/rows/pasid-tables.js";
import { columns } from "../../engine/report/text/columns.js";
import { PLAIN } from "../../engine/report/text/style.js";
import { tableText } from "../../engine/report/text/table.js";

const devicesText = (reports: readonly DeviceReport[]) => tableText(devicesTable(reports), PLAIN);
const pasidTablesText = (tables: readonly PasidTable[]) => tableText(pasidTablesTable(tables), PLAIN);
const requiredMappingsText = (needs: readonly RequiredMapping[]) =>
  tableText(requiredMappingsTable(needs), PLAIN);
const vmxTablesText = (tables: readonly VmxTable[]) => tableText(vmxTablesTable(tables), PLAIN);

const entry: PasidEntry = {
  ppasid: 7,
  vpasid: 7,
  device: "nic",
  use: "attached",
  space: "gva",
  namespace: "rid",
  origin: 0,
};

describe("the PASID tables as text", () => {
  it("name each requester id once, and align numbers at their ends", () => {
    const lines = pasidTablesText([
      {
        rid: "3b:00.0",
        device: "nic",
        iommu: "vtd",
        entries: [{ ...entry, ppasid: 0, vpasid: undefined, use: "default", space: "gpa" }, entry],
      },
      {
        rid: "6a:01.0",
        device: "dsa",
        iommu: "vtd",
        entries: [
          {
            ...entry,
            ppasid: 1,
            vpasid: undefined,
            device: "wq0",
            use: "defPASID",
            space: "gpa",
            namespace: "global",
          },
          { ...entry, ppasid: 65535, device: "wq0", namespace: "global" },
        ],
      },
    ]);
    assert.deepEqual(lines, [
      "PASID tables",
      "  RID          pPASID  vPASID  device  space  made by        PASID pool",
      "  3b:00.0 nic    none       -  nic     gpa    default space  -",
      "                    7       7  nic     gva    attach         of the RID",
      "  6a:01.0 dsa       1       -  wq0     gpa    default space  global",
      "                65535       7  wq0     gva    attach         global",
    ]);
  });

  it("say that there is none", () => {
    assert.deepEqual(pasidTablesText([]), ["PASID tables", "  none: no device is attached"]);
  });

  it("fold after 40 rows", () => {
    const entries = Array.from({ length: 12385 }, (_, index) => ({ ...entry, ppasid: index + 1 }));
    const lines = pasidTablesText([{ rid: "3b:00.0", device: "nic", iommu: "vtd", entries }]);
    assert.equal(lines.length, 43);
    assert.equal(lines.at(-1), "  … 12,345 more");
  });
});

describe("the KVM mappings as text", () => {
  const need = { guest: "vm0", device: "wq0", vpasid: 7, space: "gva", ppasid: 2, origin: 0 };

  it("say of each required one whether it is there, and the statement that would make it", () => {
    const lines = requiredMappingsText([
      { ...need, state: "present", current: undefined },
      { ...need, vpasid: 8, state: "missing", current: undefined },
      { ...need, vpasid: 9, ppasid: 4, state: "conflict", current: 3 },
    ]);
    assert.deepEqual(lines, [
      "KVM PASID mappings required",
      "  guest  vPASID  pPASID  space  because of  state",
      "  vm0         7       2  gva    wq0         present",
      "  vm0         8       2  gva    wq0         missing: kvm map vm0 pasid 8 -> vm0.gva",
      "  vm0         9       4  gva    wq0         conflict: the slot holds pPASID 3",
    ]);
  });

  it("show the way of the CPU to each slot", () => {
    const slot = { ppasid: 2, space: "gva", origin: 0 };
    const lines = vmxTablesText([
      {
        guest: "vm0",
        slots: [
          { ...slot, vpasid: 7, directory: "low", directoryIndex: 0, tableIndex: 7 },
          { ...slot, vpasid: 0x81234, directory: "high", directoryIndex: 4, tableIndex: 564 },
        ],
      },
    ]);
    assert.deepEqual(lines, [
      "KVM PASID mappings present",
      "  guest  vPASID  pPASID  space  VMX directory  directory index  table index",
      "  vm0         7       2  gva    low                          0            7",
      "         528948       2  gva    high                         4          564",
    ]);
  });

  it("say that none is needed and none is there", () => {
    assert.equal(requiredMappingsText([])[1], "  none: no attached device needs the CPU to translate");
    assert.equal(vmxTablesText([])[1], "  none");
  });
});

describe("the devices as text", () => {
  const report = {
    category: 0,
    reports: "none",
    width: 0,
    duty: "nothing" as const,
    device: "nvme",
    origin: 0,
  };

  it("tell their user what to do, without what kind of device it is", () => {
    const lines = devicesText([
      report,
      { ...report, device: "nic", reports: "pasid", width: 16, duty: "vpasid" },
      { ...report, device: "npu", reports: "pasid delegated", width: 16, duty: "pasid-table" },
      {
        ...report,
        device: "wq0",
        reports: "pasid cpu cpu-virt",
        width: 20,
        duty: "vpasid-and-kvm",
      },
    ]);
    assert.doesNotMatch(lines.join("\n"), /pdev|mdev/);
    assert.deepEqual(lines, [
      "Devices",
      "  device  reports             vPASID   what its user must do",
      "  nvme    none                -        nothing: it has only a default space",
      "  nic     pasid               16 bits  give a vPASID with each further space",
      "  npu     pasid delegated     16 bits  give a vPASID, or one PASID table of its own",
      "  wq0     pasid cpu cpu-virt  20 bits  give a vPASID, and call KVM to map it before ENQCMD",
    ]);
  });

  it("are left out where a file has none for guests", () => assert.deepEqual(devicesText([]), []));
});

describe("columns", () => {
  it("count what a terminal shows: wide letters twice, combining marks not, colours not", () => {
    const red = (text: string) => `<red>${text}</red>`;
    const lines = columns(
      [
        [{ text: "日本" }, { text: "a" }],
        [{ text: "e\u0301" }, { text: "b" }],
        [{ text: "no", paint: red }, { text: "c" }],
      ],
      1,
    );
    assert.deepEqual(lines, [" 日本  a", " e\u0301     b", " <red>no</red>    c"]);
  });
});
