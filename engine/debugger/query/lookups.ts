import { type Address, equal, formatRange, toHex } from "../../address/index.js";
import { placeText } from "../../language/index.js";
import { type Machine, type TraceStep, traceAddress } from "../../simulator/index.js";
import { memoryReference } from "../memory/place.js";
import { accessText, entryText, spaceName } from "../state-words.js";
import { type Answer, textAnswer } from "./answer.js";
import type { QueryReader } from "./reader.js";

/** Mappings of a range that an answer shows one by one. */
const SHOWN = 200;

/** `entry DEV N`: the entry that the IOMMU finds for a PASID on the wire, in the kernel's table or the guest's. */
export function entry(reader: QueryReader): Answer | undefined {
  const device = reader.device();
  reader.take("pasid");
  const pasid = reader.count("A PASID");
  if (device === undefined || pasid === undefined) return undefined;
  const { machine } = reader;
  const { entries, guestTable } = machine.device(reader.platform.devices[device]!.wire);
  const table = guestTable === undefined ? undefined : machine.spaces.get(guestTable);
  if (table) {
    const written = table.entries.get(pasid);
    return textAnswer(written ? `${spaceName(machine, written.space)} · written by the guest` : "none");
  }
  const found = entries.get(pasid);
  return textAnswer(found ? entryText(machine, found) : "none");
}

/** `page SPACE ADDRESS|RANGE`: what is mapped, whatever any cache still has of it. */
export function page(reader: QueryReader): Answer | undefined {
  const number = reader.neededSpace();
  const range = reader.range();
  if (number === undefined || !range) return undefined;
  const { machine } = reader;
  if (equal(range.start, range.last)) return pageAt(machine, number, range.start);
  const lines: { name: string; value: string }[] = [];
  for (const mapping of machine.spaces.get(number)!.ranges.entries(range)) {
    if (lines.length === SHOWN) {
      lines.push({ name: "…", value: `more than ${SHOWN} mappings` });
      break;
    }
    const value = `${toHex(mapping.target)} ${accessText(mapping.access)}`;
    lines.push({ name: formatRange(mapping), value });
  }
  const [first] = lines;
  if (!first) return { ...textAnswer("none"), lines };
  return textAnswer(lines.length === 1 ? first.value : `${lines.length} mappings`, lines);
}

function pageAt(machine: Machine, number: number, address: Address): Answer {
  const { steps, physical, memory } = traceAddress(machine, number, address);
  const lines = steps.map(({ space, input, output, access }) => ({
    name: `${spaceName(machine, space)} ${toHex(input)}`,
    value: output ? `${toHex(output)} ${accessText(access)}` : "not mapped",
  }));
  const [{ output, access }] = steps as [TraceStep];
  if (!output) return { ...textAnswer("none"), lines };
  const own = `${toHex(output)} ${accessText(access)}`;
  if (!physical) return { ...textAnswer(`${own}, and no memory behind it`), lines };
  const text = `${own}, ${placeText(machine.platform, memory, physical)}`;
  return { text, value: physical, lines, memory: memoryReference(physical) };
}
