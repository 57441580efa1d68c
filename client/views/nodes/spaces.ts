import type {
  AttachmentItem,
  EntryItem,
  MappingItem,
  OwnerItem,
  Page,
  SpaceItem,
  StateItem,
} from "../../../server/protocol/index.js";
import { iconFor, listing, plural, problemNodes, type TreeNode, tooltip } from "./node.js";

/** The IOASIDs, by owner and by what they are nested on. */
export function ownerNode({ name, form, spaces, place }: OwnerItem): TreeNode {
  return {
    key: name,
    label: name,
    description: form === "guest" ? "guest" : "native owner",
    icon: [form === "guest" ? "vm" : "server-process"],
    context: "named ",
    isOpen: true,
    place,
    name,
    children: [listing(spaces, spaceNode)],
  };
}

function spaceNode(space: SpaceItem): TreeNode {
  const { name, id, managed, pending, problems, place } = space;
  const waiting = pending > 0 ? [plural(pending, "request pending", "requests pending")] : [];
  return {
    key: `space ${name}`,
    label: name,
    description: [`IOASID ${id}`, managed, ...waiting].join(" · "),
    tooltip: spaceTooltip(space),
    icon: iconFor(problems, ["type-hierarchy-sub"]),
    context: "named ",
    isOpen: true,
    place,
    name,
    children: [
      ...problemNodes(problems),
      listing(space.attachments, attachmentNode),
      listing(space.children, spaceNode),
      ...folder("mappings", "mapping", space.mappings, mappingNode),
      ...folder("entries", "entry", space.entries, entryNode),
    ],
  };
}

/** A list that is shown on demand; nothing where it is empty. */
function folder<T extends StateItem>(
  key: string,
  one: string,
  page: Page<T>,
  make: (item: T) => TreeNode,
): TreeNode[] {
  if (page.total === 0) return [];
  return [{ key, label: plural(page.total, one, key), icon: ["list-flat"], children: [listing(page, make)] }];
}

function spaceTooltip({ owner, name, id, managed, globalPasid, pending, problems }: SpaceItem): string {
  return tooltip(
    `IOASID ${owner}.${name}`,
    `Handle ${id} on the fd of ${owner}, ${managed}.`,
    globalPasid === undefined ? undefined : `Its global pPASID is ${globalPasid}.`,
    pending > 0 ? `${plural(pending, "request waits", "requests wait")} for a page response.` : undefined,
    ...problems.map(({ code, message }) => `**${code}** ${message}`),
  );
}

function attachmentNode({ device, pasid, ppasid, routing, routed, place }: AttachmentItem): TreeNode {
  const which = pasid === undefined ? "default space" : `vPASID ${pasid}`;
  const passed = routed ? "" : " · requests go to a child";
  return {
    key: `attach ${device} ${pasid ?? ""}`,
    label: device,
    description: `${which} · ${routing}${passed}`,
    tooltip: tooltip(`${device}, ${which}`, routing, routed ? undefined : "A child took over its requests."),
    icon: routed ? ["plug"] : ["plug", "disabledForeground"],
    place,
    ...(ppasid !== undefined && { context: "ppasid ", copied: String(ppasid) }),
  };
}

function mappingNode({ range, target, access, place }: MappingItem): TreeNode {
  return {
    key: `map ${range}`,
    label: range,
    description: `→ ${target} ${access}`,
    icon: ["arrow-right"],
    place,
  };
}

function entryNode({ pasid, space, place }: EntryItem): TreeNode {
  return { key: `entry ${pasid}`, label: `PASID ${pasid}`, description: `→ ${space}`, icon: ["key"], place };
}
