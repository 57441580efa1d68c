import { add, equal, formatRange, type Range, subtract, toHex, ZERO } from "../../address/index.js";
import { outcomeText } from "../../language/index.js";
import { explainOutcome, plural, requiredMappings, statementText } from "../../report/index.js";
import {
  apply,
  type Endpoint,
  EXEC,
  kvmEntry,
  type Machine,
  type Operation,
  physicalPasid,
  READ,
  type Way,
  WRITE,
  waysTo,
} from "../../simulator/index.js";
import { memoryReference } from "../memory/place.js";
import { accessText, spaceName, stateWords } from "../state-words.js";
import type { Thread } from "../thread.js";
import { type Answer, type AnswerLine, numberAnswer, textAnswer } from "./answer.js";
import { entry, page } from "./lookups.js";
import type { QueryReader } from "./reader.js";

/** A question that a query can begin with. */
export interface Command {
  readonly form: string;
  readonly about: string;
  answer(reader: QueryReader, thread: Thread): Answer | undefined;
}

const ACCESSES = { read: READ, write: WRITE, exec: EXEC };

/** Every question by its first word, with what the console says of it. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  translate: {
    form: "translate DEV [pasid N] ADDRESS [read|write|exec]",
    about: "Where a DMA of the device would land now, stage by stage. Nothing is changed by it.",
    answer: translate,
  },
  who: {
    form: "who maps|reaches|writes REGION",
    about: "Which devices, with which PASID and address, reach these host-physical bytes.",
    answer: who,
  },
  ppasid: {
    form: "ppasid DEV [N]",
    about: "The PASID on the wire behind a vPASID of the device; its defPASID without one.",
    answer: ppasid,
  },
  kvm: {
    form: "kvm OWNER [N]",
    about: "What the CPU of the VM makes of a vPASID, or the whole table with what is missing.",
    answer: kvm,
  },
  entry: {
    form: "entry DEV N",
    about: "What the PASID table of the device's requester id has for a PASID on the wire.",
    answer: entry,
  },
  page: {
    form: "page SPACE ADDRESS|RANGE",
    about: "What a space maps a page or a range to, and where that lies in host-physical memory.",
    answer: page,
  },
  reach: {
    form: "reach DEV [pasid N|pasid any] | reach OWNER",
    about: "All host-physical memory that it reaches, over all addresses.",
    answer: reach,
  },
  diff: {
    form: "diff since start|N",
    about: "What is different now: since the start of the scenario, or since N statements ago.",
    answer: diff,
  },
};

function translate(reader: QueryReader, { timeline }: Thread): Answer | undefined {
  const device = reader.device();
  const pasid = reader.take("pasid") === undefined ? undefined : reader.count("A PASID");
  const address = reader.address("An address");
  const access = ACCESSES[reader.take("read", "write", "exec") ?? "read"];
  if (device === undefined || !address) return undefined;
  const range: Range = { start: address, last: address };
  const operation: Operation = {
    kind: "dma",
    origin: -1,
    device,
    range,
    access,
    priv: false,
    ...(pasid !== undefined && { pasid }),
  };
  const outcome = apply(reader.machine.fork(), operation, { record: true });
  const { platform } = timeline.program;
  const lines = (outcome.stages ?? []).map(({ kind, text }) => ({ name: kind, value: text }));
  const said = outcomeText(platform, outcome);
  const more = explainOutcome(platform, outcome, address);
  return { text: more === "" ? said : `${said}: ${more}`, value: said, lines };
}

function who(reader: QueryReader): Answer | undefined {
  const verb = reader.take("maps", "reaches", "writes");
  if (verb === undefined)
    return reader.fail("Write `who maps`, `who reaches` or `who writes`, and a region.");
  const range = reader.region();
  if (!range) return undefined;
  const ways = waysTo(reader.machine, range).filter(({ access }) => verb !== "writes" || access & WRITE);
  const lines = ways.map((way) => wayLine(reader.machine, way));
  const words = verb === "writes" ? "writes to" : "reaches";
  if (lines.length === 0) return { text: `Nobody ${words} ${bytesText(range)}.`, value: "none", lines };
  return textAnswer([...new Set(lines.map(({ name }) => name))].join(", "), lines);
}

function wayLine({ platform }: Machine, { device, pasid, address, access, range, cached }: Way): AnswerLine {
  const name = `${platform.devices[device]!.name}${pasid === undefined ? "" : ` pasid ${pasid}`}`;
  const how = cached ? ", by an IOTLB entry" : "";
  return { name, value: `at ${toHex(address)}, ${accessText(access)}: ${bytesText(range)}${how}` };
}

/** One byte is its address. */
function bytesText(range: Range): string {
  return equal(range.start, range.last) ? toHex(range.start) : formatRange(range);
}

function ppasid(reader: QueryReader): Answer | undefined {
  const device = reader.device();
  reader.take("pasid");
  const pasid = reader.isNumberNext() ? reader.count("A PASID") : undefined;
  return device === undefined ? undefined : numberAnswer(physicalPasid(reader.machine, device, pasid));
}

function kvm(reader: QueryReader): Answer | undefined {
  const owner = reader.owner();
  reader.take("pasid");
  if (owner === undefined) return undefined;
  if (reader.isNumberNext()) {
    const pasid = reader.count("A PASID");
    return pasid === undefined ? undefined : numberAnswer(kvmEntry(reader.machine, owner, pasid));
  }
  const { name } = reader.platform.owners[owner]!;
  const slots = [...reader.machine.owner(owner).vmx.entries()].map(({ pasid, physical }) => ({
    name: `vPASID ${pasid}`,
    value: `pPASID ${physical}`,
  }));
  const missing = requiredMappings(reader.machine)
    .filter(({ guest, state }) => guest === name && state !== "present")
    .map(({ vpasid, device, state }) => ({
      name: `vPASID ${vpasid}`,
      value: `${state}, needed by ${device}`,
    }));
  const translation = reader.machine.owner(owner).translation;
  return textAnswer(`CPU translation ${translation}, ${slots.length} mapped`, [...slots, ...missing]);
}

function reach(reader: QueryReader): Answer | undefined {
  const endpoint = endpointOf(reader);
  if (!endpoint) return undefined;
  const { memories, owners } = reader.platform;
  const lines = memories.flatMap(({ name, owner, physical, virtual }) => {
    const last = add(physical, subtract(virtual.last, virtual.start))!;
    return waysTo(reader.machine, { start: physical, last }, endpoint).map((way) => ({
      name: `${owners[owner]!.name}.${name}`,
      value: `${formatRange(way.range)}, ${wayLine(reader.machine, way).value.split(":")[0]}`,
    }));
  });
  if (lines.length === 0) return { text: "It reaches no memory.", value: "none", lines };
  return textAnswer([...new Set(lines.map(({ name }) => name))].join(", "), lines);
}

function endpointOf(reader: QueryReader): Endpoint | undefined {
  const next = reader.peek();
  const owner = reader.platform.owners.findIndex(({ name }) => name === next?.text);
  if (owner >= 0) {
    reader.take(reader.platform.owners[owner]!.name);
    return { kind: "owner", owner };
  }
  const device = reader.device();
  if (device === undefined) return undefined;
  if (reader.take("pasid") === undefined) return { kind: "device", device };
  if (reader.take("any") !== undefined) return { kind: "any", device };
  const pasid = reader.count("A PASID or `any`");
  return pasid === undefined ? undefined : { kind: "pasid", device, pasid };
}

function diff(reader: QueryReader, { timeline, position }: Thread): Answer | undefined {
  reader.expect("since");
  const isStart = reader.take("start") !== undefined;
  const back = isStart ? undefined : reader.count("`start` or a number of statements");
  if (!isStart && back === undefined) return undefined;
  const from =
    back === undefined ? Math.min(timeline.first, position.step) : Math.max(0, position.step - back);
  const before = new Set(stateWords(timeline.before(from).machine));
  const now = new Set(stateWords(reader.machine));
  const lines = [
    ...[...before].filter((line) => !now.has(line)).map((value) => ({ name: "-", value })),
    ...[...now].filter((line) => !before.has(line)).map((value) => ({ name: "+", value })),
  ];
  const step = timeline.steps[from];
  const since = step ? `\`${statementText(timeline.program, step)}\`` : "the end";
  if (lines.length === 0) return { text: `Nothing has changed since before ${since}.`, value: "none", lines };
  return textAnswer(`${plural(lines.length, "difference")} since before ${since}`, lines);
}

/** What a name stands for, in one line. */
export function nameAnswer(reader: QueryReader, name: string): Answer | undefined {
  const { machine, platform } = reader;
  const device = platform.devices.find((each) => each.name === name);
  if (device) return textAnswer(`${device.kind} of category ${device.category ?? "none"}`);
  const space = reader.space(name);
  if (space !== undefined) {
    const { kind, ranges, users } = machine.spaces.get(space)!;
    const full = spaceName(machine, space);
    const memory = memoryReference(ZERO, full);
    return {
      ...textAnswer(`${full}: ${kind}, ${plural(ranges.size, "mapping")}, ${plural(users.size, "device")}`),
      memory,
    };
  }
  const process = reader.process(name);
  if (process !== undefined) {
    const pasid = machine.processPasids.get(process);
    return numberAnswer(pasid, "not valid");
  }
  if (platform.owners.some((each) => each.name === name)) return textAnswer(`owner ${name}`);
  const isMemory = platform.memories.some((each) => each.name === name.split(".").at(-1));
  if (!isMemory) return undefined;
  const index = reader.memory(name);
  if (index === undefined) return undefined;
  const { physical } = platform.memories[index]!;
  return { text: `host-physical ${toHex(physical)}`, value: physical, memory: memoryReference(physical) };
}
