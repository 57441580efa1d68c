import { draw } from "../client/topology-page/draw.js";
import { Layouts } from "../client/topology-page/layout.js";
import { lightsOf } from "../client/topology-page/light.js";
import { analyze, runToEnd } from "../engine/language/index.js";
import { topologyOf } from "../engine/report/index.js";
import type { Measurement } from "./table.js";

const DEVICES = 500;
const DEVICES_OF_A_GUEST = 10;

/** What a person waits for when a picture comes, and when the debugger moves. */
const PICTURE_BUDGET = 1e9;
const STEP_BUDGET = 100e6;

/** The picture of many devices: the graph, its first layout, and what a step of the debugger costs then. */
export async function topologyBenchmarks(): Promise<Measurement[]> {
  const text = manyDevices();
  const host = { read: () => text, resolve: (_from: string, target: string) => target };
  const { machine } = runToEnd(analyze("many.ioasid", host).program);
  const size = `${DEVICES} devices`;
  const picture = topologyOf(machine, () => undefined);
  const graph = await median(async () => {
    topologyOf(machine, () => undefined);
  });
  const place = (layouts: Layouts) => layouts.place(picture.nodes, picture.edges, "right", async () => {});
  const first = await median(async () => {
    await place(new Layouts());
  });
  const layouts = new Layouts();
  await place(layouts);
  const again = await median(async () => {
    draw(await place(layouts), lightsOf(undefined));
  });
  return [
    { name: "topology, graph", size, nanoseconds: graph, budget: STEP_BUDGET },
    { name: "topology, first layout", size, nanoseconds: first, budget: PICTURE_BUDGET },
    { name: "topology, known layout and SVG", size, nanoseconds: again, budget: STEP_BUDGET },
  ];
}

const TIMES = 11;

async function median(work: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const start = performance.now();
    await work();
    times.push((performance.now() - start) * 1e6);
  }
  return times.sort((a, b) => a - b)[(TIMES - 1) / 2]!;
}

function manyDevices(): string {
  const numbers = Array.from({ length: DEVICES }, (_, device) => device);
  const hex = (value: number) => value.toString(16).padStart(2, "0");
  const devices = numbers.map(
    (device) =>
      `pdev d${device} at ${hex(device >> 8)}:${hex((device >> 3) & 31)}.${device & 7} behind vtd { category 3  pasid-width 20 }`,
  );
  const guests = numbers.filter((device) => device % DEVICES_OF_A_GUEST === 0).map(guestOf);
  return ["iommu vtd { pasid-width 20  nesting hardware }", ...devices, ...guests].join("\n");
}

function guestOf(first: number): string {
  const own = Array.from({ length: DEVICES_OF_A_GUEST }, (_, at) => first + at);
  return [
    `guest vm${first} {`,
    "  memory ram at 0x4000_0000 + 1G",
    "  ioasid gpa",
    ...own.map((device) => `  bind d${device}  attach d${device} -> gpa`),
    "  map gpa 0x0 + 1G -> ram",
    ...own.map((device) => `  ioasid s${device} on gpa page-table  attach d${device} pasid 7 -> s${device}`),
    "}",
  ].join("\n");
}
