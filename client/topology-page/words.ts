import type { TopologyKind, TopologyNode, TopologyPath } from "../../server/protocol/index.js";
import type { Light } from "./light.js";

const KINDS: Readonly<Record<TopologyKind, string>> = {
  owner: "owner",
  process: "guest process",
  kvm: "KVM PASID translation",
  device: "device",
  rid: "requester id",
  pasid: "PASID table entry",
  space: "I/O address space",
  memory: "memory",
  more: "",
};

const LIGHTS: Readonly<Record<Light, string>> = {
  passed: "the request has passed here",
  here: "the request is here",
  failed: "the request ends here",
  coming: "the request will come here",
};

/** What a screen reader says of a node. @param to labels of what it leads to */
export function spokenNode(node: TopologyNode, light: Light | undefined, to: readonly string[]): string {
  const { kind, label, detail, marks } = node;
  const parts = [
    [KINDS[kind], label].filter((part) => part !== "").join(" "),
    detail,
    ...marks.map(({ text }) => text.replace(/\.$/, "")),
    light === undefined ? "" : LIGHTS[light],
    to.length === 0
      ? ""
      : `leads to ${to.slice(0, 5).join(", ")}${to.length > 5 ? ` and ${to.length - 5} more` : ""}`,
  ];
  return parts.filter((part) => part !== "").join("; ");
}

/** Where a request is, in a sentence; what is said when a debugger moves. */
export function spokenPath({ stages, at, failed, outcome }: TopologyPath): string {
  const stage = stages[at - 1];
  if (!stage) return stages.length === 0 ? "" : `Before the first of ${stages.length} stages.`;
  const end = at < stages.length ? "" : failed ? ` It ends in ${outcome}.` : ` It reaches ${outcome}.`;
  return `Stage ${at} of ${stages.length}, ${stage.kind}: ${stage.text}.${end}`;
}
