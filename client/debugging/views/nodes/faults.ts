import type { FaultItem } from "../../../../server/protocol/index.js";
import { ERROR, type TreeNode, tooltip } from "../../../views/nodes/node.js";
import { TRAVEL } from "./history.js";

/** A request that did not come to memory; a click goes to before it. */
export function faultNode({ step, statement, outcome, reason, place }: FaultItem): TreeNode {
  return {
    key: `fault ${step}`,
    label: outcome,
    description: statement,
    tooltip: tooltip(
      outcome,
      `\`${statement}\``,
      reason,
      "A click goes to before this statement, from where its walk can be stepped through.",
    ),
    icon: outcome.startsWith("page-request") ? ["bell"] : ERROR,
    place,
    command: { id: TRAVEL, title: "Travel Here", arguments: [step] },
  };
}
