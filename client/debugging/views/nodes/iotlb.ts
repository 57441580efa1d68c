import type { StreamItem, TranslationItem } from "../../../../server/protocol/index.js";
import { listing, plural, type TreeNode, tooltip, WARNING } from "../../../views/nodes/node.js";

/** What is cached for one requester id and PASID. */
export function streamNode({
  rid,
  device,
  ppasid,
  space,
  cached,
  stale,
  translations,
  place,
}: StreamItem): TreeNode {
  const slot = ppasid === undefined ? "no PASID" : `PASID ${ppasid}`;
  const count = plural(translations.total, "translation");
  return {
    key: `${rid} ${slot}`,
    label: `${rid} ${slot}`,
    description: [space, count, ...(cached ? [] : ["PASID entry dropped"]), ...(stale ? ["stale"] : [])].join(
      " · ",
    ),
    tooltip: tooltip(
      `${rid} ${slot}`,
      `Requests of \`${device}\`. The PASID-table entry of \`${space}\` is ${cached ? "cached" : "no longer cached"}; ${count} made through it.`,
      stale ? "A translation is stale: the tables as they stand would not give it." : undefined,
    ),
    icon: stale ? WARNING : ["database"],
    isOpen: true,
    place,
    children: [listing(translations, translationNode)],
  };
}

function translationNode({ range, target, access, stale, place }: TranslationItem): TreeNode {
  return {
    key: range,
    label: range,
    description: `→ ${target} ${access}${stale ? " · stale" : ""}`,
    tooltip: tooltip(
      range,
      `Cached: ${target}, ${access}.`,
      stale ? "Stale: the tables as they stand would not give it. An `invalidate` empties it." : undefined,
    ),
    icon: stale ? WARNING : ["arrow-right"],
    place,
  };
}
