import type { DebugState, Page, SpaceItem, StateItem } from "../../../server/protocol/index.js";
import type { TableName } from "../../tables-page/messages.js";

/** The tables of a state, those that one looks at most first; of spaces and caches only what is not empty. */
export function tableNames({
  pasidTables,
  guests,
  owners,
  streams,
  requests,
  faults,
  history,
}: DebugState): TableName[] {
  const spaces = owners.items.flatMap((owner) => owner.spaces.items.flatMap(nested));
  return [
    named("History", history),
    ...guests.items.map(({ name, mappings }) => named(`KVM PASID translation of ${name}`, mappings)),
    ...pasidTables.items.map(({ rid, device, entries }) => named(`PASID table of ${rid} ${device}`, entries)),
    ...spaces.flatMap(({ owner, name, mappings, entries }) => [
      ...filled(`Mappings of ${owner}.${name}`, mappings),
      ...filled(`Entries of ${owner}.${name}`, entries),
    ]),
    ...streams.items.flatMap(({ rid, ppasid, translations }) =>
      filled(`IOTLB of ${rid}${ppasid === undefined ? "" : ` PASID ${ppasid}`}`, translations),
    ),
    named("Faults", faults),
    named("Page requests that wait", requests),
  ];
}

function nested(space: SpaceItem): SpaceItem[] {
  return [space, ...space.children.items.flatMap(nested)];
}

function named(title: string, { list, total }: Page<StateItem>): TableName {
  return { list, title, total };
}

function filled(title: string, page: Page<StateItem>): TableName[] {
  return page.total > 0 ? [named(title, page)] : [];
}
