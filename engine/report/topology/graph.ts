import type { Machine, Origin, Outcome } from "../../simulator/index.js";
import { Draft, type DraftNode } from "./draft.js";
import { addDevices, addEntries, staleStreams } from "./hardware.js";
import { ridId } from "./ids.js";
import { addOwners, addSlots } from "./owners.js";
import { pathOf, type TopologyRequest } from "./path.js";
import { addHostProcesses, addSpaces } from "./spaces.js";
import type { Topology, TopologyMark, TopologyPath } from "./types.js";

/**
 * The machine as a picture: who asks stands left, the memory right, and between them everything that a
 * request goes through. What is too much to look at is counted instead.
 * @param machine one that does not change while it is read
 * @param placeOf tells the place of a statement in the form that the reader wants
 * @param request the one whose way is wanted, with its stages recorded on this machine
 */
export function topologyOf<P>(
  machine: Machine,
  placeOf: (origin: Origin) => P,
  request?: TopologyRequest,
): Topology<P> {
  const path = request && pathOf(machine, request);
  const used = new Set(path?.stages.flatMap(({ nodes }) => nodes));
  const stale = staleStreams(machine);
  const draft = new Draft();
  addOwners(draft, machine);
  addDevices(draft, machine);
  addHostProcesses(draft, machine);
  addSpaces(draft, machine);
  addEntries(draft, machine, used, stale);
  addSlots(draft, machine);
  const shown = path && withWay(draft, path);
  const more = [...ridMarks(draft, stale), ...(request ? strayMarks(draft, request.outcome) : [])];
  const nodes = marked(draft, more).map(({ origin, ...node }) => ({
    ...node,
    place: origin === undefined ? undefined : placeOf(origin),
  }));
  return { nodes, edges: draft.edges, path: shown };
}

/** Shows also what a request looks for and does not find, and ways that only the request has taken. */
function withWay(draft: Draft, path: TopologyPath): TopologyPath {
  let at: string | undefined;
  for (const id of path.stages.flatMap(({ nodes }) => nodes)) {
    addMissing(draft, id);
    if (at !== undefined && !draft.isLinked(id, at)) draft.link(at, id, wayLabel(at, id), true);
    if (draft.has(id)) at = id;
  }
  const known = (nodes: readonly string[]) => nodes.filter((id) => draft.has(id));
  return { ...path, stages: path.stages.map((stage) => ({ ...stage, nodes: known(stage.nodes) })) };
}

/** From a requester id straight to memory leads only what the IOTLB has kept. */
function wayLabel(from: string, to: string): string {
  return from.startsWith("rid ") && to.startsWith("memory ") ? "IOTLB" : "";
}

function addMissing(draft: Draft, id: string): void {
  if (draft.has(id)) return;
  const [kind, , number] = id.split(" ");
  const nothing = { id, detail: "no entry", origin: undefined } as const;
  if (kind === "pasid") {
    const text = "The PASID table of the RID has no entry for this number.";
    draft.add({ ...nothing, kind: "pasid", label: `PASID ${number}` }, { kind: "missing", text });
  } else if (kind === "kvm") {
    const text = "KVM maps no such vPASID, so the CPU ends ENQCMD in a VM exit.";
    draft.add({ ...nothing, kind: "kvm", label: `vPASID ${number}` }, { kind: "missing", text });
  }
}

/** A mark, and the node that has it. */
type MarkOf = readonly [id: string, mark: TopologyMark];

function marked({ nodes }: Draft, more: readonly MarkOf[]): DraftNode[] {
  return nodes.map((node) => {
    const own = more.flatMap(([id, mark]) => (id === node.id ? [mark] : []));
    return own.length === 0 ? node : { ...node, marks: [...node.marks, ...own] };
  });
}

/** Requests without a PASID have no entry of their own to mark, so their RID has the mark. */
function ridMarks(draft: Draft, stale: ReadonlyMap<string, readonly TopologyMark[]>): MarkOf[] {
  return [...stale].flatMap(([id, marks]) =>
    draft.has(id) ? [] : marks.map((mark): MarkOf => [ridId(Number(id.split(" ")[1])), mark]),
  );
}

/** The spaces that a request got to although another one was attached for it. */
function strayMarks({ nodes }: Draft, { findings }: Outcome): MarkOf[] {
  return findings.flatMap((finding) => {
    if (finding.kind !== "wrong-space") return [];
    const { device, pasid, reached, registered } = finding;
    const by = pasid === undefined ? device : `vPASID ${pasid} of ${device}`;
    const meant =
      registered === undefined ? "nothing is attached for it" : `${registered} is what was attached for it`;
    const text = `${by} gets here, and ${meant}.`;
    return nodes.flatMap(({ id, kind, label }): MarkOf[] =>
      kind === "space" && label === reached ? [[id, { kind: "conflict", text }]] : [],
    );
  });
}
