import { formatSize, toHex } from "../../address/index.js";
import { placeText } from "../../language/index.js";
import {
  accessLetters,
  formatRid,
  iotlbRows,
  ownerOfPhysical,
  type StreamRow,
  streamRows,
} from "../../simulator/index.js";
import { listOf, type Pages, type Source } from "./pages.js";
import type { Reading } from "./reading.js";
import type { StreamItem, TranslationItem } from "./types.js";

/** Everything that the IOMMUs have cached, by requester id and PASID. */
export function streamsOf<P>(reading: Reading<P>, pages: Pages): Source<StreamItem<P>> {
  return listOf(streamRows(reading.machine), (row) => streamItem(reading, pages, row));
}

function streamItem<P>(reading: Reading<P>, pages: Pages, row: StreamRow): StreamItem<P> {
  const { wire, slot, space, cached } = row;
  const { machine } = reading;
  const { name, rid, origin } = machine.platform.devices[wire]!;
  const list = translationsOf(reading, wire, slot);
  const translations = pages.first(`translations:${wire}.${slot}`, list);
  const entry = machine.device(wire).entries.get(slot);
  return {
    kind: "stream",
    rid: formatRid(rid),
    device: name,
    ppasid: slot === 0 ? undefined : slot,
    space: space < 0 ? "a host process" : reading.spaceName(space),
    cached,
    stale: translations.items.some(({ stale }) => stale),
    translations,
    place: reading.placeOf(entry?.origin ?? origin),
  };
}

/** The translations that are cached for one requester id and PASID, by address. @param wire index of the device */
export function translationsOf<P>(
  reading: Reading<P>,
  wire: number,
  slot: number,
): Source<TranslationItem<P>> {
  const { machine } = reading;
  const { platform } = machine;
  const stream = streamRows(machine).find((row) => row.wire === wire && row.slot === slot);
  const entry = machine.platform.devices[wire] && machine.device(wire).entries.get(slot);
  const place = reading.placeOf(entry?.origin ?? platform.devices[wire]?.origin ?? -1);
  return {
    total: stream?.translations ?? 0,
    items: (from, count) =>
      iotlbRows(machine, wire, slot, from, count).map(({ page, frames, target, access, stale }) => {
        const physical = { page: target, offset: 0 };
        return {
          kind: "translation",
          range: `${toHex({ page, offset: 0 })} + ${formatSize({ page: frames, offset: 0 })}`,
          target: placeText(platform, ownerOfPhysical(machine, physical)?.memory, physical),
          access: accessLetters(access),
          stale,
          place,
        };
      }),
  };
}
