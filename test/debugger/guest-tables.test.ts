import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import {
  assignment,
  type Children,
  DataBreakpoint,
  evaluate,
  isProblem,
  NO_STOPS,
  scopesOf,
  type Thread,
  type Variable,
} from "../../engine/debugger/index.js";
import { root } from "../helpers/marks.js";
import { threadOf } from "./threads.js";

const SMMU = readFileSync(`${root}/examples/smmuv3.ioasid`, "utf8");
const DECIDES = "the guest's table decides, no kernel call per process";

/** The value behind some names, from a scope on. */
function find(thread: Thread, scope: string, ...names: readonly string[]): Variable {
  let children: Children | undefined = scopesOf(thread)
    .find(({ name }) => name === scope)
    ?.children();
  let found: Variable | undefined;
  for (const name of names) {
    found = children?.page(0, 100).find((each) => each.name === name);
    children = found?.children;
  }
  assert.ok(found, names.join(" > "));
  return found;
}

function ask(thread: Thread, query: string): string {
  const answer = evaluate(query, thread);
  return isProblem(answer) ? answer.problem : answer.text;
}

describe("a PASID table of the guest", () => {
  it("is what the IOMMU finds, and so what a query tells", () => {
    const thread = threadOf(SMMU, DECIDES);
    assert.equal(ask(thread, "entry bypass 5"), "vm0.app · written by the guest");
    assert.equal(ask(thread, "entry bypass 6"), "none");
  });

  it("is written by the guest, where a person sets an entry", () => {
    const thread = threadOf(SMMU, DECIDES);
    const { set } = find(thread, "Address space", "vm0.cds", "entries", "PASID 5");
    const made = set?.("vm0.kernel");
    assert.ok(made && !("problem" in made));
    assert.equal(made.text, "entry vm0.cds 5 -> vm0.kernel");
    thread.timeline.insert(thread.position.step, made);
    thread.travel(thread.position.step + 1);
    assert.equal(ask(thread, "entry bypass 5"), "vm0.kernel · written by the guest");
    const gone = set?.("none");
    assert.ok(gone && !("problem" in gone));
    assert.equal(gone.text, "entry vm0.cds 5 none");
    assert.match(JSON.stringify(set?.("vm0.old")), /There is no space \\"vm0\.old\\"/);
  });

  it("can be watched", () => {
    const thread = threadOf(SMMU, DECIDES);
    const stop = thread.forward({ ...NO_STOPS, after: [new DataBreakpoint(1, "entry bypass 6")] });
    assert.match(
      stop.text,
      /^`entry cds 6 -> kernel` .* from "none" to "vm0\.kernel · written by the guest"\.$/,
    );
  });
});

describe("a space that the kernel manages", () => {
  it("is no page table that a guest could write", () => {
    const thread = threadOf(SMMU, DECIDES);
    assert.equal(find(thread, "Address space", "vm0.gpa", "mappings", "0x0 + 1G").set, undefined);
    const made = assignment("page vm0.gpa 0x0", "none", thread.machine);
    assert.match(JSON.stringify(made), /a root space is the kernel's/);
  });
});

const NATIVE = `iommu vtd { pasid-width 20  nesting hardware  ats  page-requests }
cpu { enqcmd }
pdev nic at 3b:00.0 behind vtd { pasid-width 16  ats  page-requests }
native app {
  memory heap at 0x4000_0000 + 1G
  sva nic as 9
}
scenario "the process itself" {
  dma nic pasid 9 write 0x4000_1000 => heap[0x1000]
  dma nic pasid 9 read 0x4000_1000
}
`;

describe("the process of a native owner", () => {
  it("is named where no space stands", () => {
    const thread = threadOf(NATIVE);
    assert.equal(ask(thread, "entry nic 9"), "the process of app · nic · sva · global");
    thread.next();
    thread.next();
    const iotlb = scopesOf(thread)
      .find(({ name }) => name === "IOTLB")
      ?.children()
      .page(0, 1);
    assert.match(iotlb?.[0]?.value ?? "", /^1 translation · a host process/);
    assert.equal(find(thread, "PASID table", "3b:00.0 nic").value, "1 entry");
    assert.equal(
      scopesOf(thread)
        .find(({ name }) => name === "KVM")
        ?.children().count,
      0,
    );
  });
});
