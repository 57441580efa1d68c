import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { type Children, scopesOf, type Thread } from "../../engine/debugger/index.js";
import { root } from "../helpers/marks.js";
import { threadOf } from "./threads.js";

const EXAMPLE = readFileSync(`${root}/examples/iommufd.ioasid`, "utf8");

/** A scope as an outline, opened to a depth. */
function outline(thread: Thread, scope: string, depth: number): string {
  const lines: string[] = [];
  const open = (children: Children | undefined, level: number): void => {
    for (const { name, value, children: inside } of children?.page(0, 20) ?? []) {
      lines.push(`${"  ".repeat(level)}${name}: ${value}`);
      if (level + 1 < depth) open(inside, level + 1);
    }
  };
  open(
    scopesOf(thread)
      .find(({ name }) => name === scope)
      ?.children(),
    0,
  );
  return lines.join("\n");
}

/** A thread before a step of a scenario of the example. @param title begins with these words */
function at(title: string, step: number): Thread {
  const full = [...EXAMPLE.matchAll(/^scenario "(.*)"/gm)]
    .map(([, text]) => text!)
    .find((text) => text.startsWith(title));
  const thread = threadOf(EXAMPLE, full);
  thread.travel(thread.timeline.first + step);
  return thread;
}

describe("the address space of a statement of iommufd", () => {
  it("of an IOAS has its areas, and the page tables that it backs to look into", () => {
    assert.equal(
      outline(at("one map", 0), "Address space", 3),
      `vm0.gpa: IOAS, IOVAs in steps of 4096 bytes, 1 mapping
  handle: 1
  parent: none
  mappings: 1
    0x0 + 1G: 0x40000000 rw
  attached: 0
  page tables: 2
    vm0.s2: nest parent, for PASIDs, 1 mapping
    the page table of vm0.gpa for gpu: paging HWPT, made by an attach, 1 mapping`,
    );
  });

  it("of a nested HWPT has the guest's entries, and its second stage to look into", () => {
    assert.equal(
      outline(at("a page request", 1), "Address space", 3),
      `vm0.db: nested HWPT, for PASIDs, page requests to faults, 1 mapping
  handle: 3
  parent: vm0.s2
  mappings: 1
    0x7f0000000000 + 2M: 0x200000 rw
  attached: 1
    nic vPASID 7: pPASID 7 (0x7) · rid
  page requests: 1 pending
  second stage: nested on s2
    vm0.s2: nest parent, for PASIDs, 1 mapping`,
    );
  });

  it("of a fault queue has what waits in it, and the tables whose requests it takes", () => {
    assert.equal(
      outline(at("a page request", 2), "Address space", 3),
      `vm0.faults: fault queue, 1 page request waiting
  takes page requests of: 1
    1: db
  page requests: 1 waiting
    nic pasid 7: 0x7f0000200000 r · not-mapped`,
    );
  });

  it("of a vIOMMU has its vDEVICEs, of a vDEVICE its device", () => {
    const text = `uapi iommufd
iommu smmu { format smmuv3  pasid-width 20  nesting hardware  pasid-table guest }
pdev net at 00:02.0 behind smmu { category 3  pasid-width 16 }
guest vm0 { bind net  ioas gpa  hwpt s2 on gpa for net nest-parent }
scenario "one" {
  viommu vm0.v on s2 for net
  vdevice vm0.vd in v for net id 5
  invalidate v
  destroy vd
}`;
    const thread = threadOf(text);
    thread.travel(thread.timeline.first + 2);
    assert.equal(
      outline(thread, "Address space", 3),
      `vm0.v: vIOMMU, slice of smmu
  stands on: on s2
  holds: 1
    1: vd, net as id 0x5`,
    );
    thread.next();
    assert.equal(outline(thread, "Address space", 3), "vm0.vd: vDEVICE, net as id 0x5\n  stands on: in v");
    thread.next();
    assert.match(outline(thread, "Address space", 1), /^space \d+: freed, or not made yet$/);
  });

  it("names the HWPT of each entry of a PASID table", () => {
    assert.equal(
      outline(at("each number", 0), "PASID table", 2),
      `3b:00.0 nic: 2 entries
  without PASID: vm0.s2 · nic · default · rid
  PASID 7 (0x7): vm0.db · nic vPASID 7 · attached · rid`,
    );
  });
});
