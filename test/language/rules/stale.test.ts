import assert from "node:assert/strict";
import { compile, runToEnd } from "../../../engine/language/index.js";

const HARDWARE = `iommu vtd { pasid-width 20  nesting hardware }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
`;

/** The usual start state, with further statements of the guest, and a scenario. */
function guest(more: string, scenario: string): string {
  return `${HARDWARE}guest vm0 {
  memory ram at 0x4000_0000 + 1G
  bind nic
  ioasid gpa
  attach nic -> gpa
  map gpa 0x0 + 1M -> ram[0x0 + 1M]
  ${more}
}
scenario "it" {
${scenario}
}
`;
}

/** Codes and places of the findings about what is still cached. */
function stalesIn(text: string): string[] {
  const program = compile("file", { read: () => text, resolve: (_from, to) => to });
  return runToEnd(program)
    .diagnostics.filter(({ code }) => code === "U093" || code === "U099")
    .map(({ code, severity, span }) => `${code} ${severity} ${text.slice(span.start, span.end)}`);
}

describe("a change that was never invalidated", () => {
  const table = "ioasid gva on gpa page-table { pte 0x0 + 8K -> 0x0 }  attach nic pasid 7 -> gva";
  const change = "pte gva 0x0 + 4K -> 0x4000";
  const stale = (steps: string) => stalesIn(guest(table, steps));

  it("is a warning at the last change of what is cached", () => {
    assert.deepEqual(stale(`dma nic pasid 7 read 0x0\n${change}`), [`U099 warning ${change}`]);
    assert.deepEqual(stale(`dma nic pasid 7 read 0x0 pte gva 0x0 + 8K none ${change}`), [
      `U099 warning ${change}`,
    ]);
  });

  it("is nothing where nothing was cached, or the change was taken back, or invalidated", () => {
    assert.deepEqual(stale(change), []);
    assert.deepEqual(stale(`dma nic pasid 7 read 0x0 ${change} invalidate gva`), []);
    assert.deepEqual(stale(`dma nic pasid 7 read 0x0 ${change} pte gva 0x0 + 4K -> 0x0`), []);
    assert.deepEqual(stale(`dma nic pasid 7 read 0x1000 ${change}`), []);
  });

  it("is told on the line of the request that it answered", () => {
    assert.deepEqual(stale(`dma nic pasid 7 read 0x0 ${change}\ndma nic pasid 7 read 0x0`), [
      "U093 warning dma nic pasid 7 read 0x0",
    ]);
  });

  it("is told at each change that is still to be invalidated", () => {
    const both = `pte gva 0x1000 + 4K -> 0x5000 ${change}`;
    assert.deepEqual(stale(`dma nic pasid 7 read 0x0 + 8K ${both}`), [
      "U099 warning pte gva 0x1000 + 4K -> 0x5000",
      `U099 warning ${change}`,
    ]);
    assert.deepEqual(stale(`dma nic pasid 7 read 0x0 + 8K ${both} invalidate gva 0x0 + 4K`), [
      "U099 warning pte gva 0x1000 + 4K -> 0x5000",
    ]);
  });

  it("is not told at a change that was refused", () => {
    const refused = "pte gva 0x0 + 4K -> 0x10 => EINVAL";
    assert.deepEqual(stale(`dma nic pasid 7 read 0x0 ${change} ${refused}`), [`U099 warning ${change}`]);
    assert.deepEqual(stale(`dma nic pasid 7 read 0x0 ${refused}`), []);
  });

  it("is named by the address that the statement has, in the upper half as well", () => {
    const high = "0xffff_8000_0000_0000 + 4K";
    const steps = `pte gva ${high} -> 0x0 dma nic pasid 7 read 0xffff_8000_0000_0000 pte gva ${high} none`;
    const found = runToEnd(
      compile("file", { read: () => guest(table, steps), resolve: (_from, to) => to }),
    ).diagnostics;
    assert.match(found.find(({ code }) => code === "U099")?.message ?? "", /at 0xffff800000000000 with/);
  });

  it("is found when only the rights were taken away", () => {
    const rights = "pte gva 0x0 + 4K -> 0x0 r";
    assert.deepEqual(stale(`dma nic pasid 7 write 0x0\n${rights}`), [`U099 warning ${rights}`]);
  });
});

describe("an entry of a guest's PASID table that was never invalidated", () => {
  const SMMU = `iommu smmu { pasid-table guest  pasid-width 16  no-pasid entry-0 }
pdev nic at 3b:00.0 behind smmu { category 3  pasid-width 16 }
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  bind nic
  ioasid gpa { map 0x0 + 1G -> ram }
  attach nic -> gpa
  ioasid a on gpa page-table { pte 0x0 + 4K -> 0x0 }
  ioasid b on gpa page-table { pte 0x0 + 4K -> 0x4000 }
  ioasid cds on gpa pasid-table { entry 0 -> a  entry 7 -> a  entry 8 -> a }
  attach nic -> cds
}
`;
  const stale = (steps: string) => stalesIn(`${SMMU}scenario "it" { ${steps} }\n`);

  it("is a warning at the last change of the entry, whether it leads elsewhere or nowhere", () => {
    for (const change of ["entry cds 7 none", "entry cds 7 -> b"]) {
      assert.deepEqual(stale(`dma nic pasid 7 read 0x0 ${change}`), [`U099 warning ${change}`]);
    }
    assert.deepEqual(stale("dma nic pasid 7 read 0x0 entry cds 7 none entry cds 7 -> b"), [
      "U099 warning entry cds 7 -> b",
    ]);
  });

  it("is told for each entry that changed", () => {
    const reads = "dma nic pasid 7 read 0x0 dma nic pasid 8 read 0x0";
    assert.deepEqual(stale(`${reads} entry cds 7 none entry cds 8 -> b`), [
      "U099 warning entry cds 7 none",
      "U099 warning entry cds 8 -> b",
    ]);
  });

  it("is nothing where the entry was not used, was written back, or was invalidated", () => {
    assert.deepEqual(stale("entry cds 7 none"), []);
    assert.deepEqual(stale("dma nic pasid 8 read 0x0 entry cds 7 none"), []);
    assert.deepEqual(stale("dma nic pasid 9 read 0x0 => fault entry cds 9 -> a"), []);
    assert.deepEqual(stale("dma nic pasid 7 read 0x0 entry cds 7 -> b entry cds 7 -> a"), []);
    assert.deepEqual(stale("dma nic pasid 7 read 0x0 entry cds 7 -> b invalidate cds"), []);
  });

  it("is not put right by an invalidation of the page table that the entry led to", () => {
    assert.deepEqual(stale("dma nic pasid 7 read 0x0 entry cds 7 -> b invalidate a"), [
      "U099 warning entry cds 7 -> b",
    ]);
  });

  it("is found for entry 0 of requests without a PASID", () => {
    assert.deepEqual(stale("dma nic read 0x0 entry cds 0 -> b"), ["U099 warning entry cds 0 -> b"]);
  });

  it("is told on the line of the request that the old entry answered", () => {
    assert.deepEqual(stale("dma nic pasid 7 read 0x0 entry cds 7 -> b dma nic pasid 7 read 0x0"), [
      "U093 warning dma nic pasid 7 read 0x0",
    ]);
    const stated = "dma nic pasid 7 read 0x0 => ram[0x0]";
    assert.deepEqual(stale(`dma nic pasid 7 read 0x0 entry cds 7 -> b ${stated}`), [
      `U093 information ${stated.slice(0, 24)}`,
    ]);
  });
});
