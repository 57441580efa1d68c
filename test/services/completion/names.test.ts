import assert from "node:assert/strict";
import { accepted, GUEST, HARDWARE, itemAt, labels, offered, SCENARIO } from "./offering.js";

const TWO = `${SCENARIO.replace('scenario "one" {\n', "")}guest vm1 {
  memory ram at 0x4000_0000 + 1G
  ioasid gpa
  ioasid own
}
scenario "both" {
`;

describe("completion of names", () => {
  it("offers to attach the devices that are bound, and tells of the others why not", () => {
    const { items } = offered(`${GUEST}  attach $0\n`);
    assert.deepEqual(
      items.map(({ label, detail }) => [label, detail]),
      [
        ["nic", "category 3 at 3b:00.0"],
        ["wq0", "category 5, shared queue at 6a:01.0"],
        ["dsa", "it is not bound to vm0"],
        ["disk", "it is not bound to vm0"],
      ],
    );
  });

  it("offers to bind what nobody has, and tells what the kernel would say of the others", () => {
    const source = `${GUEST}  bind $0\n`;
    assert.equal(labels(source)[0], "disk");
    assert.match(itemAt(source, "dsa").detail ?? "", /^EBUSY: parent of mdevs bound itself \(C005\)$/);
  });

  it("offers the spaces of the owner, those to which the device can be attached first", () => {
    const { items } = offered(`${GUEST}  ioasid other\n  attach nic -> $0\n`);
    assert.deepEqual(
      items.map(({ label, detail }) => [label, detail]),
      [
        ["gva", "page table on gpa"],
        ["gpa", "EBUSY: second default space (P002)"],
        ["other", "EBUSY: second default space (P002)"],
      ],
    );
  });

  it("offers no space of another owner in a block, and all of them in a scenario", () => {
    assert.ok(!labels(`${TWO.replace(/scenario[\s\S]*/, "")}guest vm2 {\n  ioasid x on $0`).includes("gpa"));
    const found = labels(`${TWO}  free $0\n`);
    assert.ok(found.includes("vm0.gpa") && found.includes("vm1.gpa"), "two have the name");
    assert.ok(found.includes("gva") && found.includes("own"), "one has the name");
    assert.ok(found.includes("vm1."), "an owner may stand in front of any");
  });

  it("offers behind `vm1.` what that owner has", () => {
    assert.deepEqual(labels(`${TWO}  free vm1.$0\n`), ["own", "gpa"].sort());
    assert.equal(accepted(`${TWO}  free vm1.o$0\n`, "own"), `${TWO}  free vm1.own\n`);
  });

  it("offers what a scenario makes to that scenario alone", () => {
    const made = `${SCENARIO}  ioasid mine on gpa\n`;
    assert.ok(labels(`${made}  free $0\n`).includes("mine"));
    assert.ok(!labels(`${made}}\nscenario "two" {\n  free $0\n`).includes("mine"));
  });

  it("offers parents that exist, and not the space itself", () => {
    const { items } = offered(`${GUEST}  ioasid self on $0\n`);
    assert.deepEqual(
      items.map(({ label }) => label),
      ["gpa", "gva"],
    );
    assert.match(items[1]?.detail ?? "", /P025/);
  });

  it("offers the memory of the owner as a target", () => {
    assert.deepEqual(labels(`${GUEST}  map gpa 0x4000_0000 + 4K -> $0\n`), ["ram"]);
  });

  it("offers to `pte` what has a table of the guest, and to `map` what the kernel maps", () => {
    assert.equal(labels(`${GUEST}  pte $0\n`)[0], "gva");
    assert.equal(labels(`${GUEST}  map $0\n`)[0], "gpa");
    assert.match(itemAt(`${GUEST}  map $0\n`, "gva").detail ?? "", /use `pte`/);
  });

  it("offers to ENQCMD the processes, and the queues that take it", () => {
    assert.equal(itemAt(`${SCENARIO}  enqcmd $0\n`, "db").detail, "process with vPASID 7");
    const { items } = offered(`${SCENARIO}  enqcmd db to $0\n`);
    assert.equal(items[0]?.label, "wq0");
    assert.equal(items.find(({ label }) => label === "nic")?.detail, "it takes no ENQCMD");
  });

  it("offers to a declaration what it can lean on", () => {
    assert.deepEqual(labels("iommu vtd { }\npdev nic at 3b:00.0 behind $0"), ["vtd"]);
    assert.deepEqual(labels(`${HARDWARE}mdev wq1 on $0`).slice(0, 1), ["dsa"]);
    assert.deepEqual(labels(`${HARDWARE}group slot { nic $0`).includes("nic"), false);
    assert.ok(labels(`${HARDWARE}group slot { nic $0`).includes("disk"));
    assert.ok(!labels(`${HARDWARE}group slot { nic $0`).includes("wq0"), "an mdev is alone in its group");
  });

  it("offers the name of a space that was freed to a new one, and no other", () => {
    assert.deepEqual(labels(`${GUEST}  ioasid x\n  free x\n  ioasid $0\n`), ["x"]);
    assert.deepEqual(labels(`${TWO}  ioasid $0\n`), ["vm0.", "vm1."]);
  });

  it("offers to a request what its device can do", () => {
    assert.equal(itemAt(`${SCENARIO}  dma nic $0`, "exec").detail, "the device has no `exec`");
    const able = SCENARIO.replace("category 3 ", "category 3  exec  priv ");
    assert.equal(itemAt(`${able}  dma nic $0`, "exec").detail, undefined);
    assert.equal(itemAt(`${able}  dma nic read 0x0 $0`, "priv").detail, undefined);
  });

  it("offers to assertions devices and owners", () => {
    const found = labels(`${SCENARIO}  assert isolated $0\n`);
    assert.ok(["vm0", "nic", "wq0"].every((name) => found.includes(name)));
    assert.ok(labels(`${SCENARIO}  assert kvm $0\n`).includes("vm0"));
  });

  it("replaces the whole word, hyphens and all", () => {
    const source = `iommu intel-vt-d { }\npdev nic at 3b:00.0 behind intel-$0vt-x { }`;
    assert.equal(
      accepted(source, "intel-vt-d"),
      "iommu intel-vt-d { }\npdev nic at 3b:00.0 behind intel-vt-d { }",
    );
  });

  it("shows the first letters of many names, and asks again for more", () => {
    const many = Array.from({ length: 300 }, (_, n) => `  ioasid s${n}\n`).join("");
    const all = offered(`${GUEST}${many}  free $0\n`);
    assert.ok(all.isIncomplete && all.items.length <= 200);
    assert.ok(labels(`${GUEST}${many}  free s29$0\n`).includes("s299"));
  });
});
