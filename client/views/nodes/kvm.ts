import type { GuestItem, KvmMappingItem } from "../../../server/protocol/index.js";
import { ERROR, listing, type TreeNode, tooltip } from "./node.js";

/** The PASIDs of a guest that KVM translates for its CPUs, and those that it would have to. */
export function guestNode({ name, translation, mappings, place }: GuestItem): TreeNode {
  return {
    key: name,
    label: name,
    description: `PASID translation ${translation}`,
    tooltip: tooltip(`guest ${name}`, `The PASID translation of its CPUs is ${translation}.`),
    icon: ["vm"],
    context: "named ",
    isOpen: true,
    place,
    name,
    children: [listing(mappings, mappingNode)],
  };
}

const STATES: Readonly<
  Record<
    KvmMappingItem["state"],
    { icon: readonly [string, string?]; words: (item: KvmMappingItem) => string }
  >
> = {
  present: { icon: ["pass", "testing.iconPassed"], words: (item) => `needed by ${devicesOf(item)}` },
  unneeded: { icon: ["circle-large-outline"], words: () => "no attached device needs it" },
  missing: { icon: ERROR, words: (item) => `missing, needed by ${devicesOf(item)}` },
  conflict: { icon: ERROR, words: (item) => `conflict between ${devicesOf(item)}` },
};

function mappingNode(item: KvmMappingItem): TreeNode {
  const { vpasid, state, slot, needs, statement, place } = item;
  const { icon, words } = STATES[state];
  return {
    key: String(vpasid),
    label: slot ? `vPASID ${vpasid} → pPASID ${slot.ppasid}` : `vPASID ${vpasid}`,
    description: words(item),
    tooltip: mappingTooltip(item),
    icon,
    context: `${slot ? "ppasid " : ""}${statement === undefined ? "" : "missing "}`,
    place,
    ...(slot && { copied: String(slot.ppasid) }),
    ...(statement !== undefined && { copied: statement }),
    children: [...walkNodes(item), ...needs.map(needNode(vpasid))],
  };
}

/** The two entries that the CPU reads, one after the other. */
function walkNodes({ at, slot, place }: KvmMappingItem): TreeNode[] {
  const { directory, directoryIndex, tableIndex } = at;
  const entry = slot ? `pPASID ${slot.ppasid}` : "not valid";
  return [
    {
      key: "directory entry",
      label: `${directory} directory`,
      description: `entry ${directoryIndex}`,
      icon: ["list-tree"],
      place,
    },
    {
      key: "table entry",
      label: "table",
      description: `entry ${tableIndex} · ${entry}`,
      icon: ["symbol-field"],
      place,
    },
  ];
}

function needNode(vpasid: number): (need: KvmMappingItem["needs"][number]) => TreeNode {
  return (need) => ({
    key: need.device,
    label: need.device,
    description: `${need.space} · pPASID ${need.ppasid}`,
    tooltip: tooltip(
      need.device,
      `Its vPASID ${vpasid} is attached to \`${need.space}\`, with pPASID ${need.ppasid}.`,
    ),
    icon: ["plug"],
    context: "ppasid ",
    copied: String(need.ppasid),
    place: need.place,
  });
}

function mappingTooltip({ vpasid, state, slot, statement }: KvmMappingItem): string {
  return tooltip(
    `vPASID ${vpasid}: ${state}`,
    slot &&
      `The slot is in the ${slot.directory} directory, entry ${slot.directoryIndex}, table entry ${slot.tableIndex}; it holds pPASID ${slot.ppasid} for \`${slot.space}\`.`,
    statement && `What would work: \`${statement}\``,
  );
}

function devicesOf({ needs }: KvmMappingItem): string {
  return needs.map(({ device }) => device).join(", ");
}
