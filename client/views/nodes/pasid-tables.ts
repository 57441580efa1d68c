import type { PasidEntryItem, PasidTableItem } from "../../../server/protocol/index.js";
import { listing, plural, type TreeNode, tooltip } from "./node.js";

/** The PASID table of one requester id. */
export function pasidTableNode({ rid, device, iommu, entries, place }: PasidTableItem): TreeNode {
  return {
    key: rid,
    label: rid,
    description: `${device}, behind ${iommu} · ${plural(entries.total, "entry", "entries")}`,
    tooltip: tooltip(`PASID table of ${rid}`, `The requester id of ${device}, behind ${iommu}.`),
    icon: ["table"],
    context: "named ",
    isOpen: true,
    place,
    name: device,
    children: [listing(entries, entryNode)],
  };
}

function entryNode({ ppasid, vpasid, device, space, use, pool, place }: PasidEntryItem): TreeNode {
  const label = ppasid === undefined ? "no PASID" : `pPASID ${ppasid}`;
  const wanted = vpasid === undefined ? use : `vPASID ${vpasid}`;
  return {
    key: label,
    label,
    description: `${wanted} · ${device} → ${space}`,
    tooltip: tooltip(
      label,
      `Requests of \`${device}\` ${vpasid === undefined ? "without a vPASID" : `with vPASID ${vpasid}`} go to \`${space}\`.`,
      `Made by: ${use}.${pool === "" ? "" : ` The number is ${pool === "global" ? "of the global pool" : pool}.`}`,
    ),
    icon: [ppasid === undefined ? "arrow-small-right" : "key"],
    place,
    ...(ppasid !== undefined && { context: "ppasid ", copied: String(ppasid) }),
  };
}
