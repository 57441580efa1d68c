import assert from "node:assert/strict";
import { type Iommu, iommufd, type Refusal } from "../../../engine/simulator/index.js";
import { at, bytes, PlatformBuilder } from "../platform.js";
import { Context, made, RAM, refusal } from "./context.js";

const [NIC, GPU] = [0, 1];
const { DIRTY_TRACKING, FAULT_ID_VALID, NEST_PARENT, PASID } = iommufd;
const SMMU = { form: "smmuv3", format: "smmuv3", pasidTable: "guest" } as const;
const AMD = { form: "amd", format: "amd", pasidTable: "guest" } as const;

/** Two devices behind an IOMMU each. */
function context(first: Partial<Iommu> = {}, second: Partial<Iommu> = {}): Context {
  const builder = new PlatformBuilder({ uapi: "iommufd" });
  builder.iommu({ name: "one", reserved: [], ...first });
  builder.iommu({ name: "two", reserved: [], ...second });
  builder.pdev("nic", 3, { exec: true, priv: true });
  builder.pdev("gpu", 3, { iommu: 1, ats: false, pasidWidth: 0 });
  builder.memory(builder.owner("vm0"), "ram", bytes(RAM, 0x100_0000));
  return new Context(builder.build());
}

function hardware(vm: Context, device: number): iommufd.HardwareInfo {
  return iommufd.driverOf(vm.machine, device).hardware(vm.call(), device);
}

describe("what IOMMU_GET_HW_INFO tells", () => {
  it("is the type of the IOMMU, its dirty tracking, and what PCI says of PASID and ATS", () => {
    const vm = context({ dirtyTracking: true }, AMD);
    assert.deepEqual(hardware(vm, NIC), { type: 1, length: 24, capabilities: 7, maxPasidLog2: 20 });
    assert.deepEqual(hardware(vm, GPU), { type: 4, length: 16, capabilities: 8, maxPasidLog2: 0 });
  });
});

describe("a driver refuses a paging HWPT", () => {
  const refused = (flags: number, iommu: Partial<Iommu> = {}, more: Partial<iommufd.HwptRequest> = {}) => {
    const vm = context(iommu);
    return refusal(vm.hwpt(vm.bind(NIC), vm.ioas(), flags, more));
  };

  it("as a nesting parent, where the hardware does not nest", () => {
    assert.equal(refused(NEST_PARENT, { nesting: "software" }), "U121 EOPNOTSUPP");
  });

  it("with dirty tracking, where the hardware has none", () => {
    assert.equal(refused(DIRTY_TRACKING), "U121 EOPNOTSUPP");
    assert.equal(refused(DIRTY_TRACKING, { ...SMMU }), "U121 EOPNOTSUPP");
  });

  it("with data, since no driver takes any", () => {
    assert.equal(refused(0, {}, { data: { type: 1, length: 16, fields: {} } }), "U121 EOPNOTSUPP");
  });

  it("with an unknown flag, and for a parent that has a fault queue", () => {
    assert.equal(refused(16), "U121 EOPNOTSUPP");
    assert.equal(refused(NEST_PARENT | FAULT_ID_VALID), "U121 EOPNOTSUPP");
  });
});

describe("a table fits a device", () => {
  const attached = (first: Partial<Iommu>, second: Partial<Iommu>, flags = 0): number | Refusal => {
    const vm = context(first, second);
    return vm.attach(vm.bind(GPU), made(vm.hwpt(vm.bind(NIC), vm.ioas(), flags)));
  };

  it("behind another IOMMU of the same form", () => {
    assert.equal(typeof attached({}, {}), "number");
  });

  it("not of another form, nor in another format", () => {
    assert.equal(refusal(attached({}, SMMU)), "U132 EINVAL");
    assert.equal(refusal(attached({}, { format: "other" })), "U132 EINVAL");
  });

  it("not one that is wider", () => {
    assert.equal(refusal(attached({}, { addressWidth: 39 })), "U132 EINVAL");
    assert.equal(typeof attached({ addressWidth: 39 }, {}), "number");
  });

  it("not with dirty tracking that the IOMMU of the device lacks", () => {
    assert.equal(refusal(attached({ dirtyTracking: true }, {}, DIRTY_TRACKING)), "U132 EINVAL");
    const both = { dirtyTracking: true };
    assert.equal(typeof attached(both, both, DIRTY_TRACKING), "number");
  });

  it("an attach to the IOAS makes another one where none fits", () => {
    const vm = context({}, SMMU);
    const ioas = vm.ioas();
    const first = made(vm.attach(vm.bind(NIC), ioas));
    assert.notEqual(made(vm.attach(vm.bind(GPU), ioas)), first);
  });

  it("not nested where the IOMMU of the device cannot nest", () => {
    const vm = context({}, { nesting: "none" });
    const nic = vm.bind(NIC);
    const guest = made(vm.nested(nic, made(vm.hwpt(nic, vm.ioas(), NEST_PARENT)), 1));
    assert.equal(refusal(vm.attach(vm.bind(GPU), guest)), "U132 EINVAL");
  });

  it("and a table of all 64 bits has no end", () => {
    const vm = context({ addressWidth: 64 });
    const ioas = vm.ioas();
    vm.attach(vm.bind(NIC), ioas);
    const { ranges } = iommufd.iovaRanges(iommufd.get(vm.machine, ioas, "ioas"));
    assert.deepEqual(ranges, [{ start: at(0), last: { page: 2 ** 52 - 1, offset: 4095 } }]);
  });
});

describe("a nested table", () => {
  it("of VT-d takes the data of VT-d, and there is no vIOMMU for it", () => {
    const vm = context();
    const nic = vm.bind(NIC);
    const parent = made(vm.hwpt(nic, vm.ioas(), NEST_PARENT));
    assert.equal(refusal(vm.nested(nic, parent, 2)), "U122 EINVAL");
    assert.equal(refusal(vm.viommu(nic, parent)), "U137 EOPNOTSUPP");
  });

  it("stands on a parent of its own driver only", () => {
    const vm = context({}, AMD);
    const parent = made(vm.hwpt(vm.bind(NIC), vm.ioas(), NEST_PARENT));
    assert.equal(refusal(vm.nested(vm.bind(GPU), parent, 3)), "U123 EINVAL");
  });

  it("of SMMUv3 stands on a vIOMMU, and its device needs a vDEVICE", () => {
    const vm = context(SMMU);
    const nic = vm.bind(NIC);
    const parent = made(vm.hwpt(nic, vm.ioas(), NEST_PARENT));
    assert.equal(refusal(vm.nested(nic, parent, 2)), "U121 EOPNOTSUPP");
    const viommu = made(vm.viommu(nic, parent));
    const table = made(vm.nested(nic, viommu, 2, PASID, 0x3000));
    assert.equal(refusal(vm.attach(nic, table)), "U135 ENOENT");
    assert.equal(refusal(vm.vdevice(viommu, vm.bind(GPU), 5)), "U140 EINVAL");
    const vdevice = made(vm.vdevice(viommu, nic, 5));
    assert.equal(vm.attach(nic, table), table);
    assert.equal(refusal(vm.destroy(viommu)), "U104 EBUSY");
    assert.equal(vm.destroy(vdevice), undefined);
    vm.detach(nic);
    const other = made(vm.viommu(nic, parent));
    made(vm.vdevice(other, nic, 6));
    assert.equal(refusal(vm.attach(nic, table)), "U135 ENOENT", "it is a vDEVICE of another vIOMMU");
  });

  it("of a guest holds all PASIDs of a RID, so the kernel writes none of them", () => {
    const vm = context(AMD);
    const nic = vm.bind(NIC);
    const ioas = vm.ioas();
    const parent = made(vm.hwpt(nic, ioas, NEST_PARENT | PASID));
    const table = made(vm.nested(nic, parent, 3, PASID));
    const plain = made(vm.hwpt(nic, ioas, PASID));
    vm.attach(nic, plain);
    assert.equal(refusal(vm.attach(nic, table, 7)), "U150 EINVAL");
    assert.equal(vm.attach(nic, plain, 7), plain);
    vm.detach(nic, 7);
    vm.replace(nic, table);
    assert.equal(vm.machine.device(NIC).guestTable, table);
    assert.equal(refusal(vm.attach(nic, plain, 7)), "U150 EINVAL");
    vm.detach(nic);
    assert.equal(vm.machine.device(NIC).guestTable, undefined);
  });

  it("of a guest is invalidated by its own entries, or through the vIOMMU", () => {
    const vm = context(SMMU, AMD);
    const [nic, gpu] = [vm.bind(NIC), vm.bind(GPU)];
    const viommu = made(vm.viommu(nic, made(vm.hwpt(nic, vm.ioas(), NEST_PARENT))));
    made(vm.nested(nic, viommu, 2));
    const table = made(vm.nested(gpu, made(vm.hwpt(gpu, vm.ioas(), NEST_PARENT)), 3));
    const invalidated = (object: number, type: number) => {
      const { done, refusal: why } = iommufd.invalidate(vm.call(), 0, object, [{ type, fields: {} }]);
      return why ? refusal(why) : done;
    };
    assert.deepEqual([invalidated(viommu, 1), invalidated(table, 2)], [1, 1]);
    assert.deepEqual([invalidated(viommu, 9), invalidated(table, 9)], ["U141 EINVAL", "U141 EINVAL"]);
  });
});

describe("page requests", () => {
  it("of a PASID that nothing is attached to have no handler where the kernel owns the PASID table", () => {
    const vm = context({}, AMD);
    const [nic, gpu] = [vm.bind(NIC), vm.bind(GPU)];
    iommufd.createQueue(vm.call(), 0, 90, "queue");
    const more = { fault: 90 };
    for (const [device, type] of [
      [nic, 1],
      [gpu, 3],
    ] as const) {
      const parent = made(vm.hwpt(device, vm.ioas(), NEST_PARENT));
      const data = { type, length: 16, fields: {} };
      vm.attach(device, made(vm.hwpt(device, parent, FAULT_ID_VALID, { ...more, data })));
    }
    const request = { group: 1, permission: 1, address: at(0x1000) };
    const report = (device: number, pasid: number | undefined) =>
      iommufd.report(vm.call(), iommufd.get(vm.machine, device, "device"), { ...request, pasid });
    assert.deepEqual([report(nic, undefined), report(nic, 3), report(gpu, 3)], [90, undefined, 90]);
    const queue = iommufd.get(vm.machine, 90, "fault-queue");
    const read = iommufd.readQueue(vm.call(), queue, 80);
    assert.deepEqual("rule" in read ? read : read.map(({ cookie }) => cookie), [1, 2]);
  });
});
