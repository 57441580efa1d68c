import assert from "node:assert/strict";
import type { Outcome } from "../../engine/simulator/index.js";
import { Host } from "./host.js";
import { at, bytes, everyCategory } from "./platform.js";

const [DISK, NIC, GPU, SOFT, FIXED, SHARED] = [0, 1, 2, 5, 6, 8];

/** Statement numbers that the stages must name, as `Host` counts them. */
interface Made {
  readonly host: Host;
  readonly map: number;
  readonly attach: number;
  readonly kvm: number;
  readonly pte: number;
}

/** A guest with a space and a child whose table lies at 0x8000; the child is vPASID 7 of three devices. */
function made(): Made {
  const host = new Host(everyCategory());
  const count = (run: () => void): number => {
    run();
    return host.statements;
  };
  host.bind(0, DISK, NIC, GPU, SOFT, FIXED, SHARED);
  host.space(0, "gpa", [DISK, NIC, GPU, SOFT, FIXED, SHARED]);
  const map = count(() => host.map(0, 0, 0x100_0000, 0x4000_0000));
  host.space(1, "gva", [], { parent: 0, table: { kind: "page-table", at: at(0x8000) } });
  host.do({ kind: "attach", owner: 0, device: NIC, space: 1, pasid: 7 });
  host.do({ kind: "attach", owner: 0, device: GPU, space: 1, pasid: 7 });
  const attach = count(() => host.do({ kind: "attach", owner: 0, device: SHARED, space: 1, pasid: 7 }));
  const kvm = count(() => host.do({ kind: "kvm-map", owner: 0, pasid: 7, space: 1 }));
  const pte = count(() => host.pte(1, 0x1000, 0x2000, 0x5000, 1));
  return { host, map, attach, kvm, pte };
}

function walked(host: Host, device: number, address: number, pasid?: number, access = 1): Outcome {
  return host.try({ kind: "dma", device, pasid, range: bytes(address, 1), access, priv: false }, true);
}

/** The stages, one word each, an index or level behind the tables' names. */
function kinds({ stages = [] }: Outcome): string {
  return stages.map(({ kind, level }) => (level === undefined ? kind : `${kind}${level}`)).join(" ");
}

describe("the stages of a walk", () => {
  it("ENQCMD goes through the CPU's tables, the PASID table, and both page tables", () => {
    const { host, map, attach, kvm, pte } = made();
    const outcome = host.try(
      { kind: "enqcmd", process: 0, device: SHARED, access: 1, address: at(0x1000) },
      true,
    );
    assert.equal(
      kinds(outcome),
      "cpu-directory cpu-table device iotlb context pasid-directory pasid-table table " +
        "first4 first3 first2 first1 permission second4 second3 second2 permission result",
    );
    const origin = (kind: string) => outcome.stages?.findLast((stage) => stage.kind === kind)?.origin;
    assert.deepEqual(["cpu-table", "pasid-table", "table", "first", "second", "result"].map(origin), [
      kvm,
      attach,
      map,
      pte,
      map,
      pte,
    ]);
  });

  it("the second time the IOTLB answers, in the name of the statement that mapped it", () => {
    const { host, pte } = made();
    host.read(NIC, 0x1000, 7);
    const outcome = walked(host, NIC, 0x1000, 7);
    assert.equal(kinds(outcome), "device iotlb permission result");
    assert.deepEqual(
      outcome.stages?.slice(1).map(({ origin }) => origin),
      [pte, pte, pte],
    );
  });

  it("software access has no stage of an IOMMU", () => {
    const { host } = made();
    assert.equal(kinds(walked(host, SOFT, 0x1000)), "device permission result");
  });

  const failures: readonly (readonly [string, (host: Host) => Outcome, string, RegExp])[] = [
    ["a vPASID on category 0", (host) => walked(host, DISK, 0, 3), "device", /cannot put a PASID/],
    ["a vPASID on category 2", (host) => walked(host, FIXED, 0, 7), "device", /takes no PASID/],
    ["a vPASID that the driver does not know", (host) => walked(host, GPU, 0, 9), "driver-table", /attach/],
    ["no table entry", (host) => walked(host, NIC, 0, 9), "pasid-table", /entry 9 is not present; no attach/],
    ["no directory entry", (host) => walked(host, NIC, 0, 0x2000), "pasid-directory", /not present/],
    ["21 bits", (host) => walked(host, NIC, 0, 0x10_0000), "device", /20 bits/],
    ["a reserved range", (host) => walked(host, DISK, 0xfee0_0000), "context", /reserves/],
    ["the width", (host) => walked(host, DISK, 2 ** 48), "second", /48 bits/],
    ["a hole of the root", (host) => walked(host, DISK, 0x200_0000), "second2", /a map has to cover it/],
    ["a hole of the guest's table", (host) => walked(host, NIC, 0x9000, 7), "first1", /a pte has to cover/],
    ["canonical form", (host) => walked(host, NIC, 2 ** 47, 7), "first", /63 to 47 must be equal/],
    ["a missing permission", (host) => walked(host, NIC, 0x1000, 7, 2), "permission", /w is missing/],
    ["execution", (host) => walked(host, NIC, 0x1000, 7, 4), "pasid-table", /without exec/],
    ["software, nothing mapped", (host) => walked(host, SOFT, 0x900_0000), "result", /nothing is mapped/],
  ];
  for (const [title, run, kind, text] of failures) {
    it(`what failed comes last and says what it needed: ${title}`, () => {
      const { host } = made();
      const outcome = run(host);
      const last = outcome.stages?.at(-1);
      assert.equal(kinds({ ...outcome, stages: last ? [last] : [] }), kind);
      assert.match(last?.text ?? "", text);
    });
  }

  it("instructions that end before a DMA say where", () => {
    const { host } = made();
    const enqcmd = (device: number) =>
      host.try({ kind: "enqcmd", process: 0, device, access: 1, address: at(0x1000) }, true);
    assert.equal(kinds(enqcmd(GPU)), "cpu-directory cpu-table device");
    host.do({ kind: "set-pasid", process: 0, pasid: 9 });
    assert.match(enqcmd(SHARED).stages?.at(-1)?.text ?? "", /entry 9 is not valid; kvm map/);
    host.do({ kind: "set-pasid", process: 0, pasid: undefined });
    assert.match(enqcmd(SHARED).stages?.at(-1)?.text ?? "", /#GP\(0\)/);
  });

  it("execute and supervisor requests fault at the entry, and only where there is one", () => {
    const { host } = made();
    const outcome = walked(host, NIC, 0x1000, 7, 4);
    assert.equal(outcome.kind === "fault" && outcome.fault.stage, "pasid-table");
    host.read(NIC, 0x1000, 7);
    assert.equal(host.access(NIC, bytes(0x1000, 1), 4, 7), "exec-disabled", "also with a cached translation");
    assert.equal(host.access(NIC, bytes(0x1000, 1), 4, 9), "no-pasid-entry");
  });
});
