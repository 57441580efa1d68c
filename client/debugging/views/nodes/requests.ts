import type { RequestItem } from "../../../../server/protocol/index.js";
import { type TreeNode, tooltip } from "../../../views/nodes/node.js";

/** A request that waits for a page response, which its menu gives. */
export function requestNode(request: RequestItem): TreeNode {
  const { space, device, pasid, address, access, fault, spaceNumber, index, place } = request;
  const by = pasid === undefined ? device : `${device} pasid ${pasid}`;
  return {
    key: `${spaceNumber} ${index}`,
    label: `${space} ${address}`,
    description: `${by} · ${access} · ${fault}`,
    tooltip: tooltip(
      `${space} ${address}`,
      `A request of \`${by}\` (${access}) waits for a page response: ${fault}.`,
      "Respond with success to let it run again, or with invalid to end it.",
    ),
    icon: ["bell-dot"],
    context: "request ",
    place,
    request,
  };
}
