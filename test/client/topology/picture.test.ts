import assert from "node:assert/strict";
import { bestDirection } from "../../../client/topology-page/direction.js";
import { draw } from "../../../client/topology-page/draw.js";
import { Layouts, type Placed } from "../../../client/topology-page/layout.js";
import { lightsOf } from "../../../client/topology-page/light.js";
import { fitting } from "../../../client/topology-page/sizes.js";
import { spokenPath } from "../../../client/topology-page/words.js";
import type { TopologyEdge, TopologyNode, TopologyPath } from "../../../server/protocol/index.js";

const node = (id: string, more: Partial<TopologyNode> = {}): TopologyNode => ({
  id,
  kind: "device",
  label: id,
  detail: "",
  marks: [],
  ...more,
});

const edge = (from: string, to: string, label = ""): TopologyEdge => ({ from, to, label, isStray: false });

const NODES = ["vm0", "wq0", "rid", "pasid", "gva", "gpa", "ram", "alone"].map((id) => node(id));
const EDGES = ["vm0 wq0", "wq0 rid", "rid pasid", "pasid gva", "gva gpa", "rid gpa", "gpa ram"].map(
  (both) => {
    const [from = "", to = ""] = both.split(" ");
    return edge(from, to);
  },
);

/** Lays out without a pause; counts the parts that were laid out anew. */
async function place(layouts: Layouts, nodes = NODES, edges = EDGES): Promise<[Placed, number]> {
  let parts = 0;
  const placed = await layouts.place(nodes, edges, "right", async () => {
    parts += 1;
  });
  return [placed, parts];
}

describe("the layout of a topology", () => {
  it("leads from left to right, and no box covers another", async () => {
    const [{ nodes, edges, width, height }] = await place(new Layouts());
    const at = new Map(nodes.map((each) => [each.node.id, each]));
    for (const { from, to } of EDGES) assert.ok(at.get(from)!.x < at.get(to)!.x, `${from} ${to}`);
    for (const one of nodes) {
      for (const other of nodes) {
        if (one === other) continue;
        const isApart =
          Math.abs(one.x - other.x) * 2 >= one.width + other.width ||
          Math.abs(one.y - other.y) * 2 >= one.height + other.height;
        assert.ok(isApart, `${one.node.id} ${other.node.id}`);
      }
      assert.ok(one.x - one.width / 2 >= 0 && one.x + one.width / 2 <= width + 1);
      assert.ok(one.y - one.height / 2 >= 0 && one.y + one.height / 2 <= height + 1);
    }
    assert.equal(edges.length, EDGES.length);
  });

  it("goes down where the picture is larger then", async () => {
    const topology = { title: "", nodes: NODES, edges: EDGES };
    const inRoom = (width: number, height: number) =>
      bestDirection(new Layouts(), topology, { width, height }, async () => {});
    assert.equal(await inRoom(900, 300), "right");
    assert.equal(await inRoom(300, 900), "down");
    assert.equal(await inRoom(5000, 5000), "right");
    const many = { ...topology, nodes: Array.from({ length: 151 }, (_, at) => node(`n${at}`)), edges: [] };
    assert.equal(await bestDirection(new Layouts(), many, { width: 1, height: 9 }, async () => {}), "right");
  });

  it("lays out only parts that are different, and gives the others their new words", async () => {
    const layouts = new Layouts();
    const [first, parts] = await place(layouts);
    assert.equal(parts, 2);
    const marked = NODES.map((each) =>
      each.id === "alone" ? node("alone", { marks: [{ kind: "missing", text: "It is missing." }] }) : each,
    );
    const [second, again] = await place(layouts, marked);
    assert.equal(again, 0);
    assert.deepEqual(
      second.nodes.map(({ x, y }) => [x, y]),
      first.nodes.map(({ x, y }) => [x, y]),
    );
    assert.equal(second.nodes.find(({ node: { id } }) => id === "alone")?.node.marks.length, 1);
    const [, changed] = await place(layouts, [...NODES, node("more")], [...EDGES, edge("more", "ram")]);
    assert.equal(changed, 1);
  });

  it("places the parts of a very large picture in columns, from left to right", async () => {
    const nodes = [node("vm"), node("ram"), ...Array.from({ length: 800 }, (_, at) => node(`nic${at}`))];
    const edges = nodes.slice(2).flatMap(({ id }) => [edge("vm", id), edge(id, "ram")]);
    const ring = [node("a"), node("b")];
    const layouts = new Layouts();
    const [placed] = await place(
      layouts,
      [...nodes, ...ring],
      [...edges, edge("ram", "a"), edge("a", "b"), edge("b", "a")],
    );
    const at = new Map(placed.nodes.map((each) => [each.node.id, each]));
    assert.equal(placed.nodes.length, nodes.length + 2);
    assert.ok(at.get("vm")!.x < at.get("nic7")!.x && at.get("nic7")!.x < at.get("ram")!.x);
    const heights = nodes.slice(2).map(({ id }) => at.get(id)!.y);
    assert.equal(new Set(heights).size, heights.length);
    assert.equal(placed.edges.length, edges.length + 3);
  });

  it("ends where a newer picture has come", async () => {
    const stop = new Error("newer");
    await assert.rejects(
      new Layouts().place(NODES, EDGES, "right", () => Promise.reject(stop)),
      stop,
    );
  });

  it("lays parts out one by one, with a pause before each, and puts them beside each other", async () => {
    const nodes: TopologyNode[] = [];
    const edges: TopologyEdge[] = [];
    for (let device = 0; device < 60; device += 1) {
      const guest = Math.floor(device / 3);
      if (device % 3 === 0) {
        nodes.push(...["vm", "gpa", "ram"].map((kind) => node(`${kind}${guest}`)));
        edges.push(edge(`gpa${guest}`, `ram${guest}`));
      }
      const [nic, rid, pasid, gva] = ["nic", "rid", "pasid", "gva"].map((kind) => `${kind}${device}`) as [
        string,
        string,
        string,
        string,
      ];
      nodes.push(node(nic), node(rid), node(pasid), node(gva));
      edges.push(edge(`vm${guest}`, nic), edge(nic, rid), edge(rid, pasid), edge(rid, `gpa${guest}`));
      edges.push(edge(pasid, gva), edge(gva, `gpa${guest}`));
    }
    const layouts = new Layouts();
    const [placed, parts] = await place(layouts, nodes, edges);
    assert.equal(parts, 20);
    assert.equal(placed.nodes.length, nodes.length);
    // As wide as high, about: a picture that can be looked at.
    assert.ok(placed.width / placed.height > 0.4 && placed.width / placed.height < 2.5);
    const [, again] = await place(layouts, nodes, edges);
    assert.equal(again, 0);
  });
});

const stage = (kind: string, ...nodes: string[]) => ({ kind, text: `${kind} of it`, nodes });

const PATH: TopologyPath = {
  stages: [
    stage("device", "vm0", "wq0"),
    stage("context", "rid"),
    stage("pasid-table", "pasid"),
    stage("iotlb"),
    stage("first", "gva"),
    stage("second", "gpa"),
    stage("result", "ram"),
  ],
  at: 0,
  failed: false,
  outcome: "ram[0x0]",
};

const lit = (path: TopologyPath): string =>
  [...lightsOf(path).nodes].map(([id, light]) => `${id} ${light}`).join(", ");

describe("the light on the way of a request", () => {
  it("is where the request is, and has been, stage by stage", () => {
    assert.equal(
      lit({ ...PATH, at: 2 }),
      "vm0 passed, wq0 passed, rid here, pasid coming, gva coming, gpa coming, ram coming",
    );
    assert.equal(
      lit({ ...PATH, at: 4 }),
      "vm0 passed, wq0 passed, rid passed, pasid here, gva coming, gpa coming, ram coming",
    );
    assert.match(lit({ ...PATH, at: 7 }), /gpa passed, ram here$/);
    assert.match(lit(PATH), /^vm0 coming/);
  });

  it("goes along the edges, also where a walk comes back", () => {
    const stages = [
      stage("first", "gva"),
      stage("second", "gpa"),
      stage("first", "gva"),
      stage("second", "gpa"),
    ];
    const { nodes, edges } = lightsOf({ ...PATH, stages, at: 3 });
    assert.equal(edges.get("gva>gpa"), "passed");
    assert.deepEqual(
      [...nodes],
      [
        ["gva", "here"],
        ["gpa", "passed"],
      ],
    );
  });

  it("says where a request has failed, once it is there", () => {
    const path = { ...PATH, stages: PATH.stages.slice(0, 3), failed: true };
    assert.match(lit({ ...path, at: 2 }), /rid here, pasid coming$/);
    assert.match(lit({ ...path, at: 3 }), /pasid failed$/);
  });

  it("is none without a request", () => {
    assert.deepEqual(lightsOf(undefined), { nodes: new Map(), edges: new Map(), here: undefined });
  });

  it("is told in words", () => {
    assert.equal(spokenPath(PATH), "Before the first of 7 stages.");
    assert.equal(spokenPath({ ...PATH, at: 2 }), "Stage 2 of 7, context: context of it.");
    assert.match(spokenPath({ ...PATH, at: 7 }), /It reaches ram\[0x0\]\.$/);
    assert.match(spokenPath({ ...PATH, at: 7, failed: true, outcome: "fault" }), /It ends in fault\.$/);
    assert.equal(spokenPath({ ...PATH, stages: [] }), "");
  });
});

describe("the picture of a topology", () => {
  it("has a box for each thing, which a screen reader can read, with a sign where something is wrong", async () => {
    const nodes = [
      node("a", {
        kind: "kvm",
        label: "vPASID <7>",
        detail: "KVM: no entry",
        marks: [{ kind: "missing", text: "KVM maps it to nothing." }],
        place: {
          uri: "file:///a",
          range: { start: { line: 1, character: 0 }, end: { line: 1, character: 4 } },
        },
      }),
      node("b", { label: "wq0" }),
    ];
    const [placed] = await place(new Layouts(), nodes, [edge("a", "b", "on demand")]);
    const svg = draw(placed, lightsOf({ ...PATH, stages: [stage("cpu-table", "a")], at: 1, failed: true }));
    assert.match(svg, /class="node kvm failed marked missing" data-id="a" role="link"/);
    assert.match(
      svg,
      /aria-label="KVM PASID translation vPASID &#60;7&#62;; KVM: no entry; KVM maps it to nothing; the request ends here; leads to wq0"/,
    );
    assert.match(svg, /<text class="sign"[^>]*>\?<\/text>/);
    assert.match(svg, /class="node device" data-id="b" role="img"/);
    assert.match(svg, /<text [^>]*>on demand<\/text>/);
    assert.ok(!svg.includes("style="), "styles come from the sheet");
  });

  it("cuts words that are too long for a box", () => {
    assert.equal(fitting("vm0.gpa", 120, "label"), "vm0.gpa");
    assert.match(
      fitting("a-very-long-name-of-a-space-that-nobody-would-write", 120, "label"),
      /^a-very-long.*…$/,
    );
  });

  it("says of a thing that leads to many what some of them are", async () => {
    const many = Array.from({ length: 7 }, (_, at) => node(`n${at}`));
    const [placed] = await place(
      new Layouts(),
      [node("a"), ...many],
      many.map(({ id }) => edge("a", id)),
    );
    assert.match(draw(placed, lightsOf(undefined)), /leads to n0, n1, n2, n3, n4 and 2 more/);
  });
});
