import type { Call, Refusal } from "../../engine/simulator/index.js";
import { iommufd } from "../../engine/simulator/index.js";

/** Flags of a mock device (IOMMU_TEST_OP_MOCK_DOMAIN_FLAGS). */
export const NO_DIRTY = 1;
export const HAS_PASID = 4;

/** Numbers of the selftest's own types. */
const DATA_SELFTEST = 0xdead;
const INVALIDATE_SELFTEST = 0xdeadbeef;
const VIOMMU_INVALIDATE_SELFTEST = 0xdeadbeef;
export const VIOMMU_SELFTEST = 0xdeadbeef;

/** Cells of the IOTLB of a nested table and of the cache of a device. */
const CELLS = 4;
export const INITIAL_CACHE: readonly number[] = new Array<number>(CELLS).fill(0xba_ddad);
const FLAG_ALL = 1;

const MOCK_TABLE = {
  pageSize: 0x800,
  aperture: { start: { page: 0x1000, offset: 0 }, last: { page: 0x7ffff, offset: 0xfff } },
};
/** The page table of type 1: pages of 4 KiB and 1 MiB, and the whole width of the format. */
const HUGE_TABLE = {
  pageSize: 0x1000,
  aperture: { start: { page: 0, offset: 0 }, last: { page: 2 ** 52 - 1, offset: 0xfff } },
};

/**
 * The mock IOMMU driver of the kernel's selftests (drivers/iommu/iommufd/selftest.c): its constants, and what
 * it refuses. Everything else is decided by the rules of iommufd.
 * @param flags of the mock devices, by index in the platform
 */
export function mockDriver(flags: readonly number[]): iommufd.IommufdDriver {
  const has = (device: number, flag: number) => ((flags[device] ?? 0) & flag) !== 0;
  return {
    name: "mock",
    userPasidTable: true,
    invalidation: INVALIDATE_SELFTEST,
    hardware: (_call, device) => ({
      type: 0xfeedbeef,
      length: 8,
      // Without the capability of a PCI device: no ATS.
      capabilities: 8 | (has(device, NO_DIRTY) ? 0 : 1),
      maxPasidLog2: has(device, HAS_PASID) ? 20 : 0,
    }),
    tracksDirty: (_call, device) => !has(device, NO_DIRTY),
    maxPasids: (_call, device) => (has(device, HAS_PASID) ? 2 ** 20 : 0),
    allocPaging(call, { device, flags: wanted, data }) {
      const { NEST_PARENT, DIRTY_TRACKING, PASID } = iommufd;
      if ((wanted & ~(NEST_PARENT | DIRTY_TRACKING | PASID)) !== 0) return unsupported(call, "flags");
      if ((wanted & DIRTY_TRACKING) !== 0 && has(device.device, NO_DIRTY)) return unsupported(call, "dirty");
      if (data.length === 0) return MOCK_TABLE;
      const refusal = checkData(call, data);
      if (refusal) return refusal;
      const type = data.fields.pagetable_type ?? 0;
      if (type > 1) return unsupported(call, `there is no page table of the type ${type}`);
      return type === 1 ? HUGE_TABLE : MOCK_TABLE;
    },
    allocNested(call, { data }) {
      const refusal = checkData(call, data);
      if (refusal) return refusal;
      return { table: { kind: "page-table" }, cells: new Array<number>(CELLS).fill(data.fields.iotlb ?? 0) };
    },
    checkAttach(call, hwpt, device, pasid) {
      if (hwpt.type === "hwpt-paging" && hwpt.dirty && has(device.device, NO_DIRTY)) {
        const reason = "it tracks dirty pages, and the device cannot";
        return call.refuse("U132", "EINVAL", { device: device.name, pasid, hwpt: hwpt.name, reason });
      }
      return hwpt.type === "hwpt-nested" ? checkVdevice(call, hwpt, device) : undefined;
    },
    hasViommu: (_call, _device, type) => type === VIOMMU_SELFTEST,
    invalidateHwpt(call, hwpt, { type, fields }) {
      if (type !== INVALIDATE_SELFTEST) return badEntry(call, hwpt.name, "EINVAL", "its type");
      // The entry of a page table has two words; a third one has to be zero.
      if ((fields.cache_id ?? 0) !== 0) return badEntry(call, hwpt.name, "E2BIG", "its length");
      const refusal = checkEntry(call, hwpt.name, fields.flags, fields.iotlb_id);
      if (refusal) return refusal;
      iommufd.put(call.machine, { ...hwpt, cells: cleared(hwpt.cells, fields.flags, fields.iotlb_id) });
      return undefined;
    },
    invalidateViommu(call, viommu, { type, fields }) {
      if (type !== VIOMMU_INVALIDATE_SELFTEST) return badEntry(call, viommu.name, "EINVAL", "its type");
      const refusal = checkEntry(call, viommu.name, fields.flags, fields.cache_id);
      if (refusal) return refusal;
      const device = iommufd.deviceOfId(call, viommu, fields.vdev_id ?? 0);
      if (!device) return badEntry(call, viommu.name, "EINVAL", "its vDEVICE");
      iommufd.put(call.machine, { ...device, cells: cleared(device.cells, fields.flags, fields.cache_id) });
      return undefined;
    },
  };
}

function checkEntry(
  call: Call,
  object: string,
  flags: number | undefined,
  cell: number | undefined,
): Refusal | undefined {
  if (((flags ?? 0) & ~FLAG_ALL) !== 0) return badEntry(call, object, "EOPNOTSUPP", "its flags");
  return (cell ?? 0) >= CELLS ? badEntry(call, object, "EINVAL", "its cell") : undefined;
}

function cleared(
  cells: readonly number[],
  flags: number | undefined,
  cell: number | undefined,
): readonly number[] {
  const all = ((flags ?? 0) & FLAG_ALL) !== 0;
  return cells.map((value, at) => (all || at === cell ? 0 : value));
}

function badEntry(
  call: Call,
  object: string,
  errno: "EINVAL" | "EOPNOTSUPP" | "E2BIG",
  what: string,
): Refusal {
  return call.refuse("U141", errno, { object, reason: `the driver does not take ${what}` });
}

/** A structure of 8 bytes: a shorter one is refused, and a longer one too unless its tail is zero. */
function checkData(call: Call, data: iommufd.DriverData): Refusal | undefined {
  if (data.type !== DATA_SELFTEST) return unsupported(call, "its data is of another driver");
  return data.length < 4 ? badData(call, "its data is too short") : undefined;
}

function badData(call: Call, reason: string): Refusal {
  return call.refuse("U122", "EINVAL", { hwpt: "the page table", reason });
}

function unsupported(call: Call, reason: string): Refusal {
  return call.refuse("U121", "EOPNOTSUPP", { hwpt: "the page table", flags: "0x0", reason });
}

function checkVdevice(
  call: Call,
  hwpt: iommufd.HwptNested,
  device: iommufd.BoundDevice,
): Refusal | undefined {
  if (hwpt.viommu === undefined) return undefined;
  const viommu = iommufd.get(call.machine, hwpt.viommu, "viommu");
  const known = device.vdevice !== undefined && viommu.vdevices.includes(device.vdevice);
  if (known) return undefined;
  const args = { device: device.name, hwpt: hwpt.name, viommu: viommu.name };
  return call.refuse("U135", "ENOENT", args);
}
