import type { DebugState } from "../../../server/protocol/index.js";
import { guestNode } from "../../views/nodes/kvm.js";
import { type Listing, listing } from "../../views/nodes/node.js";
import { pasidTableNode } from "../../views/nodes/pasid-tables.js";
import { ownerNode } from "../../views/nodes/spaces.js";
import { faultNode } from "./nodes/faults.js";
import { historyNode } from "./nodes/history.js";
import { streamNode } from "./nodes/iotlb.js";
import { requestNode } from "./nodes/requests.js";

/** What one view of the debugger shows of the machine. */
export interface Content {
  readonly id: string;
  readonly roots: (state: DebugState) => readonly Listing[];
  /** What there is to say where the list is empty. */
  readonly empty: string;
  /** How many things of the view want to be looked at, with words for them. */
  readonly attention?: (state: DebugState) => readonly [count: number, words: string];
}

export const CONTENTS: readonly Content[] = [
  {
    id: "ioasidDebug.pasidTables",
    roots: ({ pasidTables }) => [listing(pasidTables, pasidTableNode)],
    empty: "No device is attached yet, so no PASID table has an entry.",
  },
  {
    id: "ioasidDebug.kvm",
    roots: ({ guests }) => [listing(guests, guestNode)],
    empty: "KVM maps no PASID, and no attached device needs the CPU to translate one.",
    attention: ({ guests }) => {
      const mappings = guests.items.flatMap((guest) => guest.mappings.items);
      const count = mappings.filter(({ state }) => state === "missing" || state === "conflict").length;
      return [count, "missing or in conflict"];
    },
  },
  {
    id: "ioasidDebug.spaces",
    roots: ({ owners }) => [listing(owners, ownerNode)],
    empty: "No owner has made an IOASID yet.",
  },
  {
    id: "ioasidDebug.iotlb",
    roots: ({ streams }) => [listing(streams, streamNode)],
    empty: "Nothing is cached: no walk has succeeded since the last invalidation.",
    attention: ({ streams }) => [
      streams.items.filter(({ stale }) => stale).length,
      "with stale translations",
    ],
  },
  {
    id: "ioasidDebug.faults",
    roots: ({ requests, faults }) => [listing(requests, requestNode), listing(faults, faultNode)],
    empty: "Every request has come to memory so far.",
    attention: ({ requests }) => [requests.total, "waiting for a page response"],
  },
  {
    id: "ioasidDebug.history",
    roots: ({ history }) => [listing(history, historyNode)],
    empty: "No step has run yet.",
  },
];
