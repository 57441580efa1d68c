import assert from "node:assert/strict";
import { accepted, GUEST, itemAt, labels, offered, SCENARIO } from "./offering.js";

/** The first offered text, and whether it is chosen already. */
function first(source: string): readonly [string | undefined, boolean] {
  const [item] = offered(source).items;
  return [item?.label, item?.preselect ?? false];
}

describe("completion of outcomes", () => {
  it("offers what the engine finds for this very request first", () => {
    assert.deepEqual(first(`${SCENARIO}  dma nic read 0x1000 => $0\n`), ["ram[0x1000]", true]);
    assert.deepEqual(first(`${SCENARIO}  dma wq0 pasid 7 read 0x7f00_0000_0000 => $0`), [
      "ram[0x20_0000] wire 2",
      true,
    ]);
    assert.deepEqual(first(`${SCENARIO}  dma nic read 0x8000_0000 => $0`), ["fault not-mapped", true]);
    assert.deepEqual(first(`${SCENARIO}  enqcmd db to wq0 read 0x7f00_0000_0000 => $0`), [
      "ram[0x20_0000] wire 2",
      true,
    ]);
  });

  it("finds it as the steps before leave the machine", () => {
    const source = `${SCENARIO}  unmap gpa 0x0 + 1G\n  dma nic read 0x1000 => $0\n  map gpa 0x0 + 1G -> ram\n`;
    assert.deepEqual(first(source), ["fault not-mapped", true]);
    assert.deepEqual(first(`${SCENARIO}  set-pasid db none\n  enqcmd db to wq0 read 0x0 => $0`), [
      "#gp",
      true,
    ]);
    assert.deepEqual(first(`${SCENARIO}  set-pasid db 9\n  enqcmd db to wq0 read 0x0 => $0`), [
      "vm-exit 72",
      true,
    ]);
  });

  it("offers it without the wire and by its code too", () => {
    const read = labels(`${SCENARIO}  dma wq0 pasid 7 read 0x7f00_0000_0000 => $0\n`);
    assert.deepEqual(read.slice(0, 2), ["ram[0x20_0000] wire 2", "ram[0x20_0000]"]);
    const fault = labels(`${SCENARIO}  dma nic read 0x8000_0000 => $0\n`);
    assert.deepEqual(fault.slice(0, 2), ["fault not-mapped", "fault 0x79"]);
  });

  it("offers it in one piece behind the request", () => {
    const source = `${SCENARIO}  dma nic read 0x1000 $0\n`;
    assert.ok(labels(source).includes("=> ram[0x1000]"));
    assert.equal(accepted(source, "=> ram[0x1000]"), `${SCENARIO}  dma nic read 0x1000 => ram[0x1000]\n`);
  });

  it("goes on while the outcome is typed", () => {
    assert.deepEqual(first(`${SCENARIO}  dma nic read 0x1000 => ra$0`), ["ram[0x1000]", true]);
    assert.deepEqual(first(`${SCENARIO}  dma nic read 0x1000 => ram[$0`), ["0x1000", true]);
    assert.deepEqual(first(`${SCENARIO}  dma nic read 0x8000_0000 => fault $0`), ["not-mapped", true]);
    assert.deepEqual(first(`${SCENARIO}  dma wq0 pasid 7 read 0x7f00_0000_0000 => ram[0x20_0000] wire $0`), [
      "2",
      true,
    ]);
    assert.equal(first(`${SCENARIO}  dma nic read 0x1000 => ram[0x1000] wire $0`)[0], "none");
  });

  it("offers to a call its errnos, each with the rules that give it", () => {
    const source = `${SCENARIO}  detach wq0 pasid 7 from gva => $0`;
    assert.deepEqual(first(source), ["EBUSY", true], "KVM still maps it");
    assert.deepEqual(labels(source), ["EBUSY", "ok", "ENOENT"]);
    assert.equal(
      itemAt(source, "ENOENT").detail,
      "space of another fd, no such IOASID, detach of what is not attached",
    );
    assert.deepEqual(first(`${GUEST}  free gpa => $0`), ["EBUSY", true]);
  });

  it("finds what comes of a call with lines in braces", () => {
    assert.deepEqual(first(`${GUEST}  ioasid x { map 0x0 + 4K -> ram } => $0\n`), ["ok", true]);
    assert.deepEqual(first(`${GUEST}  ioasid x on gva { } => $0\n`), ["EINVAL", true]);
  });

  it("offers to each instruction its own outcomes", () => {
    const enqcmd = labels(`${SCENARIO}  enqcmd db to wq0 read 0x0 => $0`);
    assert.ok(
      ["vm-exit", "#gp", "refused", "fault", "page-request", "ram"].every((each) => enqcmd.includes(each)),
    );
    const dma = labels(`${SCENARIO}  dma nic read 0x0 => $0`);
    assert.ok(!dma.includes("vm-exit") && !dma.includes("#gp") && !dma.includes("EBUSY"));
    assert.deepEqual(labels(`${SCENARIO}  enqcmds vm0 pasid 7 to wq0 read 0x0 => vm-exit $0`).slice(0, 1), [
      "73",
    ]);
  });

  it("offers the names and the codes of faults, with what they mean", () => {
    const source = `${SCENARIO}  dma nic read 0x1000 => fault $0`;
    assert.equal(itemAt(source, "no-pasid-entry").detail, "0x51, 0x59: no PASID table entry is present");
    assert.equal(itemAt(source, "0x46").detail, "the PASID is larger than the context entry's maximum");
    assert.ok(labels(source).includes("wire"));
  });

  it("offers what assertions find", () => {
    assert.deepEqual(first(`${SCENARIO}  assert ppasid wq0 pasid 7 == $0`), ["2", true]);
    assert.deepEqual(first(`${SCENARIO}  assert ppasid wq0 == $0`), ["1", true]);
    assert.deepEqual(first(`${SCENARIO}  assert kvm vm0 pasid 8 == $0`), ["none", true]);
    assert.deepEqual(first(`${SCENARIO}  assert reports wq0 $0`), ["pasid cpu cpu-virt", true]);
    assert.deepEqual(first(`${SCENARIO}  assert reports disk $0`), ["none", true]);
    assert.ok(!labels(`${SCENARIO}  assert reports wq0 pasid cpu $0`).includes("cpu"));
  });
});
