import type { Address } from "../../address/index.js";
import { groupedHex, placeText } from "../../language/index.js";
import type { Machine } from "../../simulator/index.js";
import { formatRid } from "../../simulator/index.js";
import { indexOf, spaceOn } from "./indices.js";
import type { Ranked } from "./item.js";
import { Rank } from "./item.js";
import { tried } from "./judge.js";
import { numberItem } from "./numbers.js";
import { type Spot, smallNumber } from "./spot.js";

/** More addresses than this nobody reads. */
const MOST = 12;

/** Addresses that a request of a device can use: where a mapping begins in the space that answers it. */
export function requestAddresses(spot: Spot): Ranked[] {
  const machine = spot.machine("all");
  const from = machine && requester(spot, machine);
  if (!machine || !from) return [];
  const found: Ranked[] = [];
  for (const { start } of from.space.ranges.entries()) {
    if (found.length === MOST) break;
    found.push(numberItem(groupedHex(start), whereTo(machine, from, start)));
  }
  return found;
}

interface Requester {
  readonly device: number;
  readonly pasid: number | undefined;
  readonly space: NonNullable<ReturnType<Machine["spaces"]["get"]>>;
}

function requester(spot: Spot, machine: Machine): Requester | undefined {
  const { statement, platform } = spot;
  if (!statement || !("device" in statement)) return undefined;
  const device = spot.device(statement.device);
  if (device === undefined) return undefined;
  const pasid = pasidOf(spot, machine);
  const { defaults, attachments, guestTable } = machine.device(device);
  const number = pasid === undefined ? defaults.at(-1)?.space : attachments.get(pasid)?.space;
  const table = guestTable ?? machine.device(platform.devices[device]!.wire).guestTable;
  const delegated =
    table === undefined ? undefined : machine.spaces.get(table)?.entries.get(pasid ?? 0)?.space;
  const space = machine.spaces.get(number ?? delegated ?? -1);
  return space && { device, pasid, space };
}

function pasidOf(spot: Spot, machine: Machine): number | undefined {
  const { statement } = spot;
  if (statement?.kind === "dma" || statement?.kind === "enqcmds") return smallNumber(statement.pasid?.number);
  if (statement?.kind !== "enqcmd") return undefined;
  const process = indexOf(spot.find(statement.process, "process"));
  return process === undefined ? undefined : machine.processPasids.get(process);
}

/** Where a read at an address lands, as a person would write it. */
function whereTo(machine: Machine, { device, pasid }: Requester, address: Address): string {
  const idea = {
    kind: "dma",
    device,
    range: { start: address, last: address },
    access: 1,
    priv: false,
  } as const;
  const outcome = tried(machine, pasid === undefined ? idea : { ...idea, pasid });
  if (outcome.kind !== "reached") return outcome.kind === "fault" ? `fault ${outcome.fault.name}` : "mapped";
  return placeText(machine.platform, outcome.memory, outcome.physical);
}

/** Addresses at which page requests wait. */
export function pendingAddresses(spot: Spot): Ranked[] {
  const machine = spot.machine("all");
  const space = machine && spaceOn(machine, spot.find(spot.as("respond")?.space, "space"));
  if (!machine || !space) return [];
  return space.pending.map(({ fault, device }) => {
    const name = machine.platform.devices[device]!.name;
    return numberItem(groupedHex(fault.address), `a page request of ${name} waits`, Rank.best);
  });
}

/** The bus of a first device: any would do. */
const FIRST_BUS = 0x3b;
const FUNCTIONS = 8;
const DEVICES_OF_A_BUS = 32;

/** PCI addresses that no function has: the next device on each bus, and the next function of the last one. */
export function pciItems(spot: Spot): Ranked[] {
  const written = spot.as("pdev")?.name?.text;
  const taken = spot.platform.devices
    .filter(({ kind, name }) => kind === "pdev" && name !== written)
    .map(({ rid }) => rid);
  const highest = new Map<number, number>();
  for (const rid of taken) {
    // A RID has up to 32 bits, so it is divided rather than shifted.
    const bus = Math.floor(rid / 256);
    highest.set(bus, Math.max(highest.get(bus) ?? 0, rid % 256));
  }
  const found: Ranked[] = [];
  for (const [bus, last] of [...highest].slice(-MOST).reverse()) {
    const device = (last >> 3) + 1;
    if (device < DEVICES_OF_A_BUS) found.push(pciItem(bus * 256 + device * 8, "the next device on the bus"));
    if ((last & 7) < FUNCTIONS - 1) found.push(pciItem(bus * 256 + last + 1, "the next function"));
  }
  const next = highest.size === 0 ? FIRST_BUS : Math.max(...highest.keys()) + 1;
  if (next % 256 !== 0) found.push(pciItem(next * 256, "a bus of its own"));
  return found;
}

function pciItem(rid: number, detail: string): Ranked {
  return numberItem(formatRid(rid), detail);
}
