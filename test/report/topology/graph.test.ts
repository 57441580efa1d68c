import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { Thread, Timeline } from "../../../engine/debugger/index.js";
import { type Topology, topologyOf } from "../../../engine/report/index.js";
import { viewOf } from "../../services/view.js";
import { assertStored } from "../stored.js";

const sameOrigin = (origin: number): number => origin;

/** A picture as text: the ways from each thing to others, and what is wrong at it; then the way of the request. */
function textOf({ nodes, edges, path }: Topology<number>): string {
  const labels = new Map(nodes.map(({ id, label }) => [id, label]));
  const lines = nodes.flatMap(({ id, kind, label, detail, marks }) => [
    `${kind} ${label}${detail === "" ? "" : ` (${detail})`}`,
    ...marks.map(({ kind: what, text }) => `  ! ${what}: ${text}`),
    ...edges
      .filter(({ from }) => from === id)
      .map(
        ({ to, label: way, isStray }) =>
          `  ${isStray ? "~>" : "->"} ${labels.get(to)}${way === "" ? "" : `: ${way}`}`,
      ),
  ]);
  const way = (path?.stages ?? []).map(({ kind, text, nodes: at }) => {
    const to = at.map((id) => labels.get(id)).join(", ");
    return `  ${kind}${to === "" ? "" : ` [${to}]`}: ${text}`;
  });
  return [...lines, ...(path ? ["", path.failed ? "fails:" : "arrives:", ...way] : [])].join("\n");
}

/** The picture before the step of a scenario whose text begins so, with its way. */
function pictureAt(text: string, title: string, statement: string, times = 1): Topology<number> {
  const { program } = viewOf(text).analysis;
  const scenario = program.scenarios.find((each) => each.title === title);
  assert.ok(scenario, title);
  const thread = new Thread(1, new Timeline(program, scenario));
  const { steps } = thread.timeline;
  const found = [...steps.keys()].filter((at) => text.slice(steps[at]!.span.start).startsWith(statement))[
    times - 1
  ];
  assert.ok(found !== undefined, statement);
  thread.travel(found);
  const { result, machine } = thread;
  const step = steps[found]!;
  assert.ok(result?.outcome && step.kind === "operation");
  return topologyOf(machine, sameOrigin, { operation: step.operation, outcome: result.outcome });
}

const example = (name: string): string => readFileSync(`examples/${name}.ioasid`, "utf8");

describe("the topology", () => {
  it("of a start state shows who is attached where, and what memory is behind it", () => {
    const { result } = viewOf(example("guest-sva"));
    assert.ok(result);
    assertStored(
      "test/report/topology/fixtures/guest-sva.txt",
      textOf(topologyOf(result.machine, sameOrigin)),
    );
  });

  it("of iommufd shows which page tables are those of an IOAS", () => {
    const { result } = viewOf(example("iommufd"));
    assert.ok(result);
    assertStored("test/report/topology/fixtures/iommufd.txt", textOf(topologyOf(result.machine, sameOrigin)));
  });

  it("shows the way of a request stage by stage, from the process to the memory", () => {
    const picture = pictureAt(
      example("guest-sva"),
      "a guest process submits to the shared queue",
      "enqcmd db to wq0",
    );
    assertStored("test/report/topology/fixtures/enqcmd.txt", textOf(picture));
  });

  it("of the illegal mix shows the conflict, and the entry that is not there", () => {
    const title = "the damage: work runs into a space that was never meant";
    const picture = pictureAt(example("illegal-mix"), title, "enqcmd app to vf0");
    assertStored("test/report/topology/fixtures/illegal-mix.txt", textOf(picture));
  });

  it("shows that a stale translation passes by the tables", () => {
    const title = "a removed entry lives on in the cache";
    const picture = pictureAt(example("rfc-5-7-pasid-table"), title, "dma dev1 pasid 5 read", 2);
    assertStored("test/report/topology/fixtures/stale.txt", textOf(picture));
  });

  it("shows the PASID table of a guest, and the way through it", () => {
    const text = example("smmuv3");
    const { program } = viewOf(text).analysis;
    const title = program.scenarios[0]?.title ?? "";
    assertStored("test/report/topology/fixtures/smmuv3.txt", textOf(pictureAt(text, title, "dma")));
  });
});

const HARDWARE = `
iommu vtd { pasid-width 20  nesting hardware  ats  page-requests }
cpu { enqcmd  pasid-translation }
pdev dsa at 6a:01.0 behind vtd { pasid-width 20  ats  page-requests  enqcmd }
mdev wq0 on dsa { category 5  queue shared }
mdev wq1 on dsa { category 5  queue shared }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 20  ats  page-requests }
`;

/** The picture after a scenario of these steps, in a guest that has everything attached but what they attach. */
function afterwards(steps: string): Topology<number> {
  const { result } = viewOf(textWith(steps));
  assert.ok(result);
  return topologyOf(result.scenarios[0]!.machine, sameOrigin);
}

function textWith(steps: string): string {
  return `${HARDWARE}
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  process db { pasid 7 }
  bind wq0  bind wq1  bind nic
  ioasid gpa { map 0x0 + 1G -> ram }
  attach wq0 -> gpa  attach wq1 -> gpa  attach nic -> gpa
  ioasid one on gpa page-table
  ioasid two on gpa page-table
}
scenario "it" { ${steps} }`;
}

const marksIn = ({ nodes }: Topology<number>): string[] =>
  nodes.flatMap(({ label, marks }) => marks.map(({ kind, text }) => `${label}: ${kind}: ${text}`));

describe("the marks of the topology", () => {
  it("are none where all is well", () => {
    assert.deepEqual(
      marksIn(afterwards("attach wq0 pasid 7 -> vm0.one  kvm map vm0 pasid 7 -> vm0.one")),
      [],
    );
  });

  it("say where KVM maps nothing, and where it maps something else", () => {
    assert.deepEqual(marksIn(afterwards("attach wq0 pasid 7 -> vm0.one")), [
      "vPASID 7: missing: KVM maps no vPASID 7, which wq0 needs as pPASID 3: ENQCMD ends in a VM exit.",
    ]);
    const both =
      "attach wq0 pasid 7 -> vm0.one  attach wq1 pasid 7 -> vm0.two  kvm map vm0 pasid 7 -> vm0.one";
    assert.deepEqual(marksIn(afterwards(both)), [
      "vPASID 7: conflict: KVM maps vPASID 7 to pPASID 3, and wq1 needs pPASID 4.",
    ]);
  });

  it("say what the IOTLB believes wrongly: at the PASID, or at the RID for requests without one", () => {
    const steps = `attach nic pasid 7 -> vm0.one  pte vm0.one 0x1000 + 4K -> 0x9000 rw
      dma nic pasid 7 read 0x1000  pte vm0.one 0x1000 + 4K none`;
    assert.deepEqual(marksIn(afterwards(steps)), [
      "PASID 7: stale: The IOTLB still believes 1 translation that the tables no longer give.",
    ]);
    const plain = `detach nic from vm0.gpa  attach nic -> vm0.gpa  attach nic -> vm0.one
      pte vm0.one 0x1000 + 4K -> 0x9000 rw  dma nic read 0x1000  pte vm0.one 0x1000 + 4K none`;
    assert.deepEqual(marksIn(afterwards(plain)), [
      "RID 3b:00.0: stale: The IOTLB still believes 1 translation that the tables no longer give.",
    ]);
  });

  it("say where a request gets to that another space was attached for", () => {
    const title = "the damage: work runs into a space that was never meant";
    const picture = pictureAt(example("illegal-mix"), title, "enqcmd app to vf0", 2);
    assert.deepEqual(marksIn(picture).slice(1), [
      "vm0.other: conflict: vPASID 7 of vf0 gets here, and vm0.heap is what was attached for it.",
    ]);
  });

  it("say where requests wait", () => {
    const steps = "attach nic pasid 7 -> vm0.one  dma nic pasid 7 read 0x1000 => page-request";
    assert.deepEqual(marksIn(afterwards(steps)), ["vm0.one: waiting: 1 request waits for a page response."]);
  });
});

describe("a topology of more than can be looked at", () => {
  it("counts entries of a PASID table instead, and shows the ones that a request goes through", () => {
    const many = Array.from({ length: 40 }, (_, at) => `attach nic pasid ${at + 1} -> vm0.one`).join("  ");
    const through = pictureAt(textWith(`${many}  dma nic pasid 40 read 0x1000 => fault`), "it", "dma nic");
    assert.ok(through.nodes.some(({ label }) => label === "PASID 40"));
    const labels = afterwards(many).nodes.map(({ label }) => label);
    assert.ok(labels.includes("PASID 31") && !labels.includes("PASID 32"));
    assert.ok(labels.includes("… 9 more PASIDs"), labels.join(", "));
  });

  it("counts slots of a guest instead", () => {
    const many = Array.from(
      { length: 70 },
      (_, at) => `attach wq0 pasid ${at + 1} -> vm0.one  kvm map vm0 pasid ${at + 1} -> vm0.one`,
    );
    const { nodes } = afterwards(many.join("  "));
    assert.equal(nodes.filter(({ kind }) => kind === "kvm").length, 64);
    assert.ok(nodes.some(({ label }) => label === "… 6 more slots"));
  });
});

describe("the topology of every moment of every example", () => {
  const texts = readdirSync("examples")
    .filter((name) => name.endsWith(".ioasid"))
    .map((name) => [name, readFileSync(`examples/${name}`, "utf8")] as const)
    .filter(([, text]) => !text.includes("import "));
  const native = `${HARDWARE}
mdev vgpu on dsa { category 1 }
native dpdk {
  memory heap at 0x1000_0000 + 1G
  memory more at 0x8000_0000 + 1G
  bind nic
  ioasid iova { map 0x0 + 4K -> heap  map 0x1000 + 4K -> heap[0x1000]  map 0x2000 + 4K -> more }
  attach nic -> iova
  sva dsa
}
guest vm1 {
  memory ram at 0x4000_0000 + 1G
  process db { pasid 7 }
  kvm translation on
  bind vgpu  bind wq0
  ioasid gpa { map 0x0 + 1G -> ram }
  attach vgpu -> gpa  attach wq0 -> gpa
}
scenario "host processes, software, and PASIDs that nobody maps" {
  dma nic pasid 1 read 0x1000_0000
  dma nic read 0x2000
  dma vgpu read 0x1000
  enqcmd db to wq0 write 0x1000  => vm-exit 72
  enqcmds vm1 pasid 9 to wq0 write 0x1000  => vm-exit 73
  set-pasid db none
  enqcmd db to wq0 write 0x1000  => #gp
}`;

  for (const [name, text] of [...texts, ["native.ioasid", native] as const]) {
    it(`leads somewhere, and so does the way of each request: ${name}`, () => {
      const { program } = viewOf(text).analysis;
      for (const scenario of program.scenarios) {
        const timeline = new Timeline(program, scenario);
        for (const [index, step] of timeline.steps.entries()) {
          const { outcome } = timeline.result(index);
          if (step.kind !== "operation" || !outcome) continue;
          const { machine } = timeline.before(index);
          const { operation } = step;
          const { nodes, edges, path } = topologyOf(machine, sameOrigin, { operation, outcome });
          const ids = new Set(nodes.map(({ id }) => id));
          assert.equal(ids.size, nodes.length);
          for (const { from, to } of edges) assert.ok(ids.has(from) && ids.has(to), `${from} ${to}`);
          const way = path?.stages.flatMap(({ nodes: at }) => at) ?? [];
          for (const [at, id] of way.entries()) {
            assert.ok(ids.has(id), id);
            const before = way[at - 1] ?? id;
            const isWay = (from: string, to: string) =>
              edges.some((edge) => edge.from === from && edge.to === to);
            assert.ok(id === before || isWay(before, id) || isWay(id, before), `${before} ${id}`);
          }
        }
      }
    });
  }
});
