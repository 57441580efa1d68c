import type { Call } from "../../call.js";
import { flushPasidCache } from "../../dma/iotlb.js";
import type { Machine } from "../../machine.js";
import type { Refusal } from "../../refusal.js";
import { groupOf } from "../attach-rules.js";
import type { IommufdDriver } from "../driver.js";
import { hex } from "../map.js";
import type { BoundDevice, Hwpt } from "../objects.js";
import { attachedAt } from "../table.js";
import {
  checkCompatible,
  checkDataType,
  checkEntryType,
  checkPaging,
  iommuOf,
  maxPasids,
  pciHardware,
  secondStage,
} from "./common.js";

/** What sets one driver with guest-owned PASID tables apart from another. */
export interface GuestTableForm {
  readonly name: string;
  /** IOMMU_HWPT_DATA_ type of the table, and its word in a configuration. */
  readonly data: number;
  readonly word: string;
  /** Type and bytes of the structure of IOMMU_GET_HW_INFO. */
  readonly info: { readonly type: number; readonly length: number };
  /** IOMMU_VIOMMU_TYPE_, for a driver whose nested tables stand on a vIOMMU; `undefined` for others. */
  readonly viommu: number | undefined;
  /** Type of an invalidation entry. */
  readonly invalidation: number;
}

/** A driver of an IOMMU whose PASID table lies in the guest's memory: the nested HWPT of a RID is that table. */
export function guestTableDriver(form: GuestTableForm): IommufdDriver {
  return {
    name: form.name,
    userPasidTable: true,
    invalidation: form.invalidation,
    hardware: (call, device) => pciHardware(call, device, form.info.type, form.info.length),
    tracksDirty: (call, device) => iommuOf(call, device).dirtyTracking,
    maxPasids,
    allocPaging(call, request) {
      return checkPaging(call, request) ?? secondStage(iommuOf(call, request.device.device));
    },
    allocNested(call, request) {
      if (form.viommu !== undefined && !request.viommu) {
        const reason = `the driver makes nested tables on a vIOMMU only; make one on ${request.parent.name}`;
        return call.refuse("U121", "EOPNOTSUPP", {
          hwpt: "the nested table",
          flags: hex(request.flags),
          reason,
        });
      }
      const refusal = checkDataType(call, request, form.data, form.word);
      if (refusal) return refusal;
      const { at } = request.data;
      return { table: { kind: "pasid-table", ...(at ? { at } : {}) }, cells: [] };
    },
    checkAttach(call, hwpt, device, pasid) {
      return checkCompatible(call, hwpt, device, pasid) ?? checkGuestTable(call, hwpt, device, pasid);
    },
    hasViommu: (_call, _device, type) => type === form.viommu,
    invalidateHwpt: (call, hwpt, entry) => flush(call, hwpt.name, hwpt.number, entry.type, form.invalidation),
    invalidateViommu(call, viommu, entry) {
      const refusal = checkEntryType(call, viommu.name, entry, form.invalidation);
      if (refusal) return refusal;
      for (const number of tablesOf(call.machine, viommu.number)) flushPasidCache(call.machine, number);
      return undefined;
    },
  };
}

function flush(call: Call, name: string, hwpt: number, type: number, wanted: number): Refusal | undefined {
  const refusal = checkEntryType(call, name, { type, fields: {} }, wanted);
  if (!refusal) flushPasidCache(call.machine, hwpt);
  return refusal;
}

/** Nested tables that stand on a vIOMMU. */
function tablesOf(machine: Machine, viommu: number): number[] {
  const found: number[] = [];
  for (const [number, object] of machine.iommufd.objects.entries()) {
    if (object.type === "hwpt-nested" && object.viommu === viommu) found.push(number);
  }
  return found;
}

/**
 * A guest's PASID table stands for every PASID of a RID, and a table on a vIOMMU needs the guest's id of the
 * device.
 * @returns U135 ENOENT without a vDEVICE, U150 EINVAL at a PASID of a table that the guest owns
 */
function checkGuestTable(call: Call, hwpt: Hwpt, device: BoundDevice, pasid: number): Refusal | undefined {
  const { machine } = call;
  if (hwpt.type === "hwpt-nested" && hwpt.viommu !== undefined) {
    const viommu = machine.iommufd.objects.get(hwpt.viommu)!;
    const vdevice = device.vdevice === undefined ? undefined : machine.iommufd.objects.get(device.vdevice);
    if (vdevice?.type !== "vdevice" || vdevice.viommu !== viommu.number) {
      return call.refuse("U135", "ENOENT", { device: device.name, hwpt: hwpt.name, viommu: viommu.name }, [
        { origin: viommu.origin, note: `${viommu.name} was made here` },
      ]);
    }
  }
  if (pasid === 0) return undefined;
  const rid = attachedAt(machine, groupOf(machine, device), 0);
  const ridTable = rid && (machine.iommufd.objects.get(rid.hwpt) as Hwpt);
  const table = hwpt.type === "hwpt-nested" ? hwpt : ridTable;
  if (table?.type !== "hwpt-nested") return undefined;
  return call.refuse("U150", "EINVAL", { device: device.name, pasid, hwpt: hwpt.name, table: table.name }, [
    { origin: table.origin, note: `${table.name} was made here` },
  ]);
}
