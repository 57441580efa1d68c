import { statementText } from "../report/index.js";
import type { Stage } from "../simulator/index.js";
import { Thread } from "./thread.js";
import type { Timeline } from "./timeline.js";
import { scopesOf } from "./variables/scopes.js";
import type { Children } from "./variables/variable.js";

/** Values of one list that a document shows. */
const SHOWN = 100;

/** The machine at some moment as a text to be read, for places that no statement stands at. */
export interface StateDocument {
  readonly name: string;
  readonly text: string;
  /** Line of each heading, from 0. */
  readonly headings: ReadonlyMap<string, number>;
}

/** The heading of a document under which a stage of a walk looks things up. */
const HEADINGS: Readonly<Record<Stage["kind"], string>> = {
  device: "Device",
  "cpu-directory": "KVM",
  "cpu-table": "KVM",
  "driver-table": "Device",
  context: "PASID table",
  "pasid-directory": "PASID table",
  "pasid-table": "PASID table",
  iotlb: "IOTLB",
  table: "Address space",
  first: "Address space",
  second: "Address space",
  permission: "Address space",
  result: "Memory",
};

/** Line of a document at which a stage of a walk looks things up, from 0. */
export function lineOfStage({ headings }: StateDocument, kind: Stage["kind"]): number {
  return headings.get(HEADINGS[kind])!;
}

/** @param index of the step before which the machine is shown; below the length of the timeline */
export function stateDocument(timeline: Timeline, index: number): StateDocument {
  const thread = new Thread(0, timeline);
  thread.travel(index);
  const step = timeline.steps[index]!;
  const words = timeline.handMade(step) ?? statementText(timeline.program, step);
  const lines = [`The machine before \`${words}\`, in scenario "${timeline.scenario.title}".`];
  const headings = new Map<string, number>();
  for (const { name, children } of scopesOf(thread)) {
    lines.push("");
    headings.set(name, lines.length);
    lines.push(name, ...tree(children(), "  ", name !== "Memory"));
  }
  return { name: `state before ${words}`, text: `${lines.join("\n")}\n`, headings };
}

/** @param isDeep show what is inside too; who reaches a memory takes long to find out */
function tree(children: Children, indent: string, isDeep: boolean): string[] {
  const lines = children
    .page(0, SHOWN)
    .flatMap(({ name, value, children: inside }) => [
      `${indent}${name}: ${value}`,
      ...(inside && isDeep ? tree(inside, `${indent}  `, isDeep) : []),
    ]);
  return children.count > SHOWN ? [...lines, `${indent}… ${children.count - SHOWN} more`] : lines;
}
