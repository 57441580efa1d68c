import { iommufd } from "../../engine/simulator/index.js";
import type { Arguments } from "./arguments.js";
import { DONE, type Kernel, PROCESS, type Reply, replyOf } from "./kernel.js";
import { INITIAL_CACHE, VIOMMU_SELFTEST } from "./mock-driver.js";

/** Flags of a mock device that the selftest knows. */
const DEVICE_FLAGS = 5;

/** Operations on devices, page tables and vIOMMUs. */
export const TABLE_OPERATIONS: Readonly<
  Record<string, (kernel: Kernel, args: Arguments, variable: string | undefined) => Reply>
> = {
  mock: (kernel, args, variable) => makeDevice(kernel, args.u32(0), 0, variable),
  mock_flags: (kernel, args, variable) => makeDevice(kernel, args.u32(0), args.u32(1), variable),

  replace(kernel, args, variable) {
    return changeTable(kernel, args.u32(0), 0, args.u32(1), iommufd.replace, variable);
  },

  pasid_attach(kernel, args, variable) {
    return changeTable(kernel, args.u32(0), args.u32(1), args.u32(2), iommufd.attach, variable);
  },

  pasid_replace(kernel, args, variable) {
    return changeTable(kernel, args.u32(0), args.u32(1), args.u32(2), iommufd.replace, variable);
  },

  pasid_detach(kernel, args) {
    const device = deviceOf(kernel, args.u32(0));
    if (!device) return { errno: "ENOENT" };
    iommufd.detach(kernel.call(), device, args.u32(1));
    return DONE;
  },

  pasid_check(kernel, args) {
    const device = deviceOf(kernel, args.u32(0));
    if (!device) return { errno: "ENOENT" };
    const wanted = args.u32(2);
    const hwpt = kernel.machine.iommufd.objects.get(wanted);
    const isTable = hwpt?.type === "hwpt-paging" || hwpt?.type === "hwpt-nested";
    if (wanted !== 0 && !isTable) return { errno: hwpt ? "EINVAL" : "ENOENT" };
    const attached = iommufd.attachedTable(kernel.machine, device, args.u32(1));
    return { errno: (wanted === 0 ? undefined : wanted) === attached ? "0" : "EINVAL" };
  },

  hwpt_alloc(kernel, args, variable) {
    const number = kernel.draw();
    const type = args.u32(3);
    const refusal = iommufd.allocHwpt(kernel.call(), {
      owner: PROCESS,
      number,
      name: variable ?? "hwpt",
      device: args.u32(0),
      pt: args.u32(1),
      flags: args.u32(2),
      data: {
        type,
        length: args.u32(6, type === 0 ? 0 : 8),
        fields: { iotlb: args.u32(4, 0xbadbeef), pagetable_type: args.u32(7) },
      },
      fault: args.u32(5),
    });
    if (!refusal) kernel.variables.define(variable, "object", number);
    return replyOf(refusal);
  },

  hwpt_inv(kernel, args) {
    return invalidate(kernel, args.u32(0), args.u32(3, 0xdeadbeef), [args.u32(1), args.u32(2)]);
  },

  viommu_inv(kernel, args) {
    const words = [args.u32(1), args.u32(2), args.u32(3)];
    return invalidate(kernel, args.u32(0), args.u32(4, 0xdeadbeef), words);
  },

  set_dirty(kernel, args) {
    return replyOf(iommufd.setDirtyTracking(kernel.call(), PROCESS, args.u32(0), args.u32(1)));
  },

  hw_info(kernel, args) {
    const call = kernel.call();
    const device = iommufd.find(call, PROCESS, args.u32(0), "device", "IOMMU_GET_HW_INFO");
    if ("rule" in device) return replyOf(device);
    const info = iommufd.driverOf(kernel.machine, device.device).hardware(call, device.device);
    const out = `type=0x${info.type.toString(16)} len=${info.length} reg=0xdeadbeef`;
    const caps = `caps=0x${info.capabilities.toString(16)} max_pasid_log2=${info.maxPasidLog2}`;
    return { errno: "0", out: `${out} ${caps}` };
  },

  viommu_alloc(kernel, args, variable) {
    const number = kernel.draw();
    const refusal = iommufd.allocViommu(kernel.call(), {
      owner: PROCESS,
      number,
      name: variable ?? "viommu",
      device: args.u32(0),
      hwpt: args.u32(1),
      type: args.u32(2, VIOMMU_SELFTEST),
      flags: args.u32(3),
    });
    if (!refusal) kernel.variables.define(variable, "object", number);
    return replyOf(refusal, "data=7");
  },

  vdevice_alloc(kernel, args, variable) {
    const number = kernel.draw();
    const refusal = iommufd.allocVdevice(kernel.call(), {
      owner: PROCESS,
      number,
      name: variable ?? "vdevice",
      viommu: args.u32(0),
      device: args.u32(1),
      virtualId: args.address(2),
    });
    if (!refusal) kernel.variables.define(variable, "object", number);
    return replyOf(refusal);
  },

  check_iotlb(kernel, args) {
    const hwpt = iommufd.find(kernel.call(), PROCESS, args.u32(0), "hwpt-nested", "MD_CHECK_IOTLB");
    if ("rule" in hwpt) return replyOf(hwpt);
    return { errno: hwpt.cells[args.u32(1)] === args.u32(2) ? "0" : "EINVAL" };
  },

  check_cache(kernel, args) {
    const device = iommufd.find(kernel.call(), PROCESS, args.u32(0), "device", "DEV_CHECK_CACHE");
    if ("rule" in device) return replyOf(device);
    return { errno: device.cells[args.u32(1)] === args.u32(2) ? "0" : "EINVAL" };
  },
};

function makeDevice(kernel: Kernel, pt: number, flags: number, variable: string | undefined): Reply {
  const index = kernel.mockDevices;
  kernel.mockDevices += 1;
  if ((flags & ~DEVICE_FLAGS) !== 0) return { errno: "EINVAL" };
  const call = kernel.call();
  const { machine } = kernel;
  const [stdev, idev] = [kernel.draw(), kernel.draw()];
  iommufd.bindDevice(call, PROCESS, idev, index, INITIAL_CACHE);
  const device = iommufd.get(machine, idev, "device");
  const hwpt = iommufd.attach(call, device, 0, pt);
  if (typeof hwpt !== "number") {
    iommufd.unbindDevice(call, device);
    return replyOf(hwpt);
  }
  const name = variable ?? `stdev ${stdev}`;
  iommufd.put(machine, { type: "driver-object", number: stdev, name, owner: PROCESS, users: 0, origin: 0 });
  kernel.bound.set(stdev, idev);
  const out = `hwpt=${kernel.variables.nameOf(hwpt)}`;
  kernel.variables.define(variable, "object", stdev);
  kernel.variables.define(variable && `${variable}.idev`, "object", idev);
  kernel.variables.define(variable && `${variable}.hwpt`, "object", hwpt);
  return { errno: "0", out };
}

/** The bound device of a mock device. */
function deviceOf(kernel: Kernel, stdev: number): iommufd.BoundDevice | undefined {
  const idev = kernel.bound.get(stdev);
  return idev === undefined ? undefined : iommufd.get(kernel.machine, idev, "device");
}

function changeTable(
  kernel: Kernel,
  stdev: number,
  pasid: number,
  pt: number,
  change: typeof iommufd.attach,
  variable: string | undefined,
): Reply {
  const device = deviceOf(kernel, stdev);
  if (!device) return { errno: "ENOENT" };
  const hwpt = change(kernel.call(), device, pasid, pt);
  if (typeof hwpt !== "number") return replyOf(hwpt);
  const out = `pt=${kernel.variables.nameOf(hwpt)}`;
  kernel.variables.define(variable, "object", hwpt);
  return { errno: "0", out };
}

/** One entry of 32-bit words: what they mean depends on the object, and a missing one is 0. */
function invalidate(kernel: Kernel, object: number, type: number, words: readonly number[]): Reply {
  const [flags = 0, second = 0, third = 0] = words;
  const fields = { flags, iotlb_id: second, vdev_id: second, cache_id: third };
  const { done, refusal } = iommufd.invalidate(kernel.call(), PROCESS, object, [{ type, fields }]);
  return { errno: refusal?.errno ?? "0", out: `n=${done}` };
}
