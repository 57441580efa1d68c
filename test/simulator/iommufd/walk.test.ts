import assert from "node:assert/strict";
import { iommufd, pasidTables, proveIsolated, stateHash } from "../../../engine/simulator/index.js";
import { bytes, PlatformBuilder } from "../platform.js";
import { Context, made, RAM, refusal } from "./context.js";

const [NIC, GPU, LEFT, RIGHT] = [0, 1, 2, 3];
const { PASID, NEST_PARENT } = iommufd;

function context(): Context {
  const builder = new PlatformBuilder({ uapi: "iommufd" });
  builder.iommu();
  builder.pdev("nic", 3);
  builder.pdev("gpu", 3);
  builder.group("pair", [builder.pdev("left", 3), builder.pdev("right", 0)]);
  builder.memory(builder.owner("vm0"), "ram", bytes(RAM, 0x100_0000));
  return new Context(builder.build());
}

describe("an IOAS and the page tables that it backs", () => {
  it("are walked by the devices that are attached to it", () => {
    const vm = context();
    const ioas = vm.ioas();
    vm.map(ioas, 0x1000, 0x4000);
    const nic = vm.bind(NIC);
    assert.equal(vm.reads(NIC, 0x2000), "no-pasid-entry", "a bound device is blocked");
    const hwpt = made(vm.attach(nic, ioas));
    assert.equal(vm.reads(NIC, 0x2000), 0x1000, "what was mapped before");
    vm.map(ioas, 0x10_0000, 0x1000, 0x8000);
    assert.equal(vm.reads(NIC, 0x10_0000), 0x8000, "and what is mapped after");
    assert.equal(made(vm.attach(vm.bind(GPU), ioas)), hwpt, "one table serves all that it fits");
    assert.equal(vm.reads(GPU, 0x10_0000), 0x8000);
  });

  it("hold one map: an unmap is seen by all, and by their IOTLBs", () => {
    const vm = context();
    const ioas = vm.ioas();
    const [nic, gpu] = [vm.bind(NIC), vm.bind(GPU)];
    const table = made(vm.hwpt(nic, ioas));
    vm.attach(nic, table);
    vm.attach(gpu, ioas);
    vm.map(ioas, 0, 0x2000);
    assert.deepEqual([vm.reads(NIC, 0x1000), vm.reads(GPU, 0x1000)], [0x1000, 0x1000]);
    assert.equal(vm.machine.spaces.get(table)!.ranges, iommufd.get(vm.machine, ioas, "ioas").areas);
    vm.unmap(ioas, 0, 0x2000);
    assert.deepEqual([vm.reads(NIC, 0x1000), vm.reads(GPU, 0x1000)], ["not-mapped", "not-mapped"]);
  });

  it("fork: neither side sees what the other maps or attaches", () => {
    const vm = context();
    const ioas = vm.ioas();
    const nic = vm.bind(NIC);
    vm.attach(nic, ioas);
    vm.map(ioas, 0, 0x1000);
    const before = stateHash(vm.machine);
    const origin = vm.machine;
    vm.machine = origin.fork();
    vm.map(ioas, 0x1000, 0x1000);
    vm.detach(nic);
    assert.equal(stateHash(origin), before);
    assert.equal(vm.reads(NIC, 0), "no-pasid-entry");
    vm.machine = origin;
    assert.equal(vm.reads(NIC, 0), 0);
    assert.equal(vm.reads(NIC, 0x1000), "not-mapped");
  });

  it("the table that an attach made goes with its last user", () => {
    const vm = context();
    const ioas = vm.ioas();
    const [nic, gpu] = [vm.bind(NIC), vm.bind(GPU)];
    const hwpt = made(vm.attach(nic, ioas));
    vm.attach(gpu, ioas);
    vm.detach(nic);
    assert.equal(refusal(vm.destroy(hwpt)), "U104 EBUSY");
    vm.detach(gpu);
    assert.equal(refusal(vm.destroy(hwpt)), "U102 ENOENT");
    vm.detach(gpu);
    assert.equal(vm.destroy(ioas), undefined);
  });

  it("reserve what the IOMMU of an attached device never translates", () => {
    const vm = context();
    const [first, second] = [vm.ioas("first"), vm.ioas("second")];
    vm.map(second, 0xfee0_0000, 0x1000);
    const nic = vm.bind(NIC);
    vm.attach(nic, first);
    assert.equal(refusal(vm.map(first, 0xfee0_0000, 0x1000)), "U108 EINVAL");
    assert.equal(refusal(vm.replace(nic, second)), "U118 EADDRINUSE");
    assert.equal(refusal(vm.attach(vm.bind(GPU), second)), "U118 EADDRINUSE");
    const third = vm.ioas("third");
    vm.replace(nic, third);
    assert.equal(vm.map(first, 0xfee0_0000, 0x1000), undefined, "what it left is free again");
    assert.equal(refusal(vm.map(third, 0xfee0_0000, 0x1000)), "U108 EINVAL");
  });
});

describe("a PASID of a device", () => {
  it("is routed to its own table, by the number on the wire", () => {
    const vm = context();
    const [ram, other] = [vm.ioas(), vm.ioas()];
    vm.map(ram, 0, 0x1000);
    vm.map(other, 0, 0x1000, 0x10_0000);
    const nic = vm.bind(NIC);
    vm.attach(nic, made(vm.hwpt(nic, ram, PASID)));
    vm.attach(nic, made(vm.hwpt(nic, other, PASID)), 7);
    assert.deepEqual([vm.reads(NIC, 0), vm.reads(NIC, 0, 7)], [0, 0x10_0000]);
    assert.equal(vm.reads(NIC, 0, 8), "no-pasid-entry");
    assert.deepEqual(
      pasidTables(vm.machine).map(({ wire, physical, use }) => [wire, physical, use]),
      [
        [NIC, 0, "default"],
        [NIC, 7, "attached"],
      ],
    );
    const [rid, pasid] = [
      { kind: "device", device: NIC } as const,
      { kind: "pasid", device: NIC, pasid: 7 } as const,
    ];
    assert.equal(proveIsolated(vm.machine, rid, pasid).isolated, true);
    vm.replace(nic, made(vm.hwpt(nic, ram, PASID)), 7);
    assert.equal(vm.reads(NIC, 0, 7), 0);
    assert.equal(proveIsolated(vm.machine, rid, pasid).isolated, false);
    vm.detach(nic, 7);
    assert.equal(vm.reads(NIC, 0, 7), "no-pasid-entry");
  });

  it("goes with its device when that is unbound", () => {
    const vm = context();
    const ioas = vm.ioas();
    const nic = vm.bind(NIC);
    vm.attach(nic, made(vm.hwpt(nic, ioas, PASID)));
    vm.attach(nic, made(vm.hwpt(nic, ioas, PASID)), 7);
    iommufd.unbindDevice(vm.call(), iommufd.get(vm.machine, nic, "device"));
    assert.equal(pasidTables(vm.machine).length, 0);
  });
});

describe("the devices of an IOMMU group", () => {
  it("all follow the first one, and stay on one table", () => {
    const vm = context();
    const [ioas, other] = [vm.ioas(), vm.ioas()];
    vm.map(ioas, 0, 0x1000);
    const [left, right] = [vm.bind(LEFT), vm.bind(RIGHT)];
    vm.attach(left, ioas);
    assert.equal(vm.reads(RIGHT, 0), 0, "not attached, and yet routed");
    assert.equal(refusal(vm.attach(right, other)), "U124 EINVAL");
    vm.attach(right, ioas);
    vm.detach(left);
    assert.equal(vm.reads(LEFT, 0), 0);
    vm.replace(right, other);
    assert.equal(vm.reads(LEFT, 0), "not-mapped");
    vm.detach(right);
    assert.equal(vm.reads(LEFT, 0), "no-pasid-entry");
  });

  it("without PASIDs of their own do not keep another from using them", () => {
    const vm = context();
    const ioas = vm.ioas();
    const [left, right] = [vm.bind(LEFT), vm.bind(RIGHT)];
    const table = made(vm.hwpt(left, ioas, PASID));
    vm.attach(left, table);
    vm.attach(right, table);
    assert.equal(vm.attach(left, table, 5), table);
    assert.equal(refusal(vm.attach(right, table, 6)), "U130 EINVAL");
  });
});

describe("a nested table of VT-d", () => {
  it("is walked before the table of its parent", () => {
    const vm = context();
    const ioas = vm.ioas();
    vm.map(ioas, 0, 0x10_0000);
    const nic = vm.bind(NIC);
    const parent = made(vm.hwpt(nic, ioas, NEST_PARENT));
    const guest = made(vm.nested(nic, parent, 1, 0, 0x5000));
    vm.attach(nic, guest);
    const space = vm.machine.ownSpace(guest);
    assert.equal(space.kind, "page-table");
    space.ranges.insert(bytes(0x7000, 0x1000), { page: 3, offset: 0 }, 3, 0);
    space.pages.map(7, 1, 3, 3, 0);
    assert.equal(vm.reads(NIC, 0x7010), 0x3010);
    assert.equal(refusal(vm.destroy(parent)), "U104 EBUSY");
    space.pages.map(7, 1, 4, 3, 0);
    assert.equal(vm.reads(NIC, 0x7010), 0x3010, "the IOTLB still knows the old entry");
    const entry = { type: 1, fields: {}, range: bytes(0x7000, 0x1000) };
    assert.deepEqual(iommufd.invalidate(vm.call(), 0, guest, [entry]), { done: 1, refusal: undefined });
    assert.equal(vm.reads(NIC, 0x7010), 0x4010);
  });

  it("has invalidations that succeed in part", () => {
    const vm = context();
    const ioas = vm.ioas();
    const nic = vm.bind(NIC);
    const guest = made(vm.nested(nic, made(vm.hwpt(nic, ioas, NEST_PARENT)), 1));
    const [good, bad] = [
      { type: 1, fields: {} },
      { type: 9, fields: {} },
    ];
    const { done, refusal: why } = iommufd.invalidate(vm.call(), 0, guest, [good, bad, good]);
    assert.deepEqual([done, refusal(why)], [1, "U141 EINVAL"]);
  });
});
