import type { HistoryItem } from "../../../../server/protocol/index.js";
import { ERROR, type TreeNode, tooltip } from "../../../views/nodes/node.js";

/** Goes to before a step; given its index. */
export const TRAVEL = "ioasidDebug.travel";

/** A step that the scenario has been at. */
export function historyNode({
  step,
  statement,
  outcome,
  passed,
  stated,
  when,
  isStart,
  place,
}: HistoryItem): TreeNode {
  const came = stated === undefined ? outcome : `${outcome}, stated ${stated}`;
  const comes = when === "before" ? came : when === "here" ? "you are here" : `${came} · not yet`;
  return {
    key: `step ${step}`,
    label: `${step + 1}  ${statement}`,
    description: isStart ? `${comes} · start state` : comes,
    tooltip: tooltip(
      statement,
      when === "here" ? "The scenario stands here." : `Outcome: \`${outcome}\``,
      "A click goes to before this statement, forward or back in time.",
    ),
    icon: iconOf(when, passed),
    place,
    command: { id: TRAVEL, title: "Travel Here", arguments: [step] },
  };
}

function iconOf(when: HistoryItem["when"], passed: boolean): readonly [string, string?] {
  if (when === "here") return ["debug-stackframe", "debugIcon.breakpointCurrentStackframeForeground"];
  if (when === "later") return ["circle-outline"];
  return passed ? ["pass", "testing.iconPassed"] : ERROR;
}
