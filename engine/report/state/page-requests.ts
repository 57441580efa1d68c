import { toHex } from "../../address/index.js";
import { accessLetters } from "../../simulator/index.js";
import { listOf, type Source } from "./pages.js";
import type { Reading } from "./reading.js";
import type { RequestItem } from "./types.js";

/** Every request that waits for a page response, by space and in the order in which they came. */
export function requestsOf<P>(reading: Reading<P>): Source<RequestItem<P>> {
  const { machine } = reading;
  const rows = [...machine.spaces.entries()].flatMap(([spaceNumber, { pending }]) =>
    pending.map((request, index) => ({ spaceNumber, index, request })),
  );
  return listOf(rows, ({ spaceNumber, index, request }) => ({
    kind: "request",
    space: reading.spaceName(spaceNumber),
    device: machine.platform.devices[request.device]!.name,
    pasid: request.pasid,
    address: toHex(request.fault.address),
    access: accessLetters(request.access),
    fault: request.fault.text,
    spaceNumber,
    index,
    place: reading.placeOf(request.origin),
  }));
}
