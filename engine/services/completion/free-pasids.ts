import { capabilityOf, type Machine, type Outcome } from "../../simulator/index.js";
import { spacesOf } from "./indices.js";
import type { Ranked } from "./item.js";
import { Rank } from "./item.js";
import { type Idea, objection, tried } from "./judge.js";
import { pasidItem } from "./numbers.js";
import { type Spot, smallNumber } from "./spot.js";

/** For whom a number is looked for. */
export interface FreePasidsAsked {
  readonly device: number;
  readonly owner: number;
  /** The space that the device is to be attached to, when it is written already. */
  readonly space: number | undefined;
}

/** So many free numbers are offered, and so many are tried for each of them. */
const OFFERED = 8;
const TRIED = 64;

/** Spaces that are tried when the statement does not say yet which one is meant. */
const SPACES = 8;

/**
 * The vPASIDs with which the device may be attached as things are: those that the guest's processes and other
 * devices have, then the lowest free ones. Whether a number may be used, the engine decides by trying it.
 */
export function freePasids(spot: Spot, machine: Machine, asked: FreePasidsAsked | undefined): Ranked[] {
  if (!asked) return [];
  const wishes = [...typedNumber(spot), ...wishedBy(machine, asked)];
  const found = new Map<number, Ranked>();
  for (const { pasid, reason } of wishes) {
    const free = attachedAs(machine, asked, pasid);
    if (free && !found.has(pasid)) found.set(pasid, pasidItem(pasid, joined(reason, free), Rank.best));
  }
  const limit = 2 ** capabilityOf(machine.platform, asked.device).width;
  let left = OFFERED;
  for (let pasid = 0; pasid < Math.min(limit, TRIED) && left > 0; pasid += 1) {
    if (found.has(pasid)) continue;
    const free = attachedAs(machine, asked, pasid);
    if (!free) continue;
    found.set(pasid, pasidItem(pasid, `free: ${free}`, pasid === 0 ? Rank.possible : Rank.fits));
    left -= 1;
  }
  return [...found.values()];
}

/** The physical PASIDs that `as P` may fix. */
export function freePhysical(spot: Spot, machine: Machine): Ranked[] {
  const { statement } = spot;
  const device = statement && "device" in statement ? spot.device(statement.device) : undefined;
  if (device === undefined) return [];
  const idea = ideaWithPhysical(spot, machine, device);
  if (!idea) return [];
  const vpasid = idea(0).kind === "attach" ? smallNumber(spot.as("attach")?.pasid?.number) : undefined;
  const numbers = [...typedNumber(spot).map(({ pasid }) => pasid), ...(vpasid === undefined ? [] : [vpasid])];
  for (let number = 1; number < TRIED; number += 1) numbers.push(number);
  const free = [...new Set(numbers)].filter((physical) => objection(machine, idea(physical)) === undefined);
  return free.slice(0, OFFERED).map((physical) => pasidItem(physical, "free as a physical PASID"));
}

function ideaWithPhysical(
  spot: Spot,
  machine: Machine,
  device: number,
): ((physical: number) => Idea) | undefined {
  const attach = spot.as("attach");
  if (!attach) {
    const owner = spot.blockOwner;
    return owner === undefined ? undefined : (physical) => ({ kind: "sva", owner, device, physical });
  }
  const space = spot.space(spot.wholeAs("attach")?.space);
  const owner = space?.owner ?? spot.blockOwner ?? machine.device(device).bound[0]?.owner;
  const pasid = smallNumber(attach.pasid?.number);
  if (owner === undefined || pasid === undefined) return undefined;
  const fits =
    space ??
    spacesOf(machine, owner).find(({ number }) => {
      return objection(machine, { kind: "attach", owner, device, space: number, pasid }) === undefined;
    });
  return fits && ((physical) => ({ kind: "attach", owner, device, space: fits.number, pasid, physical }));
}

interface Wish {
  readonly pasid: number;
  readonly reason: string;
}

function typedNumber({ site }: Spot): Wish[] {
  const { typed } = site.word;
  return /^(?:\d{1,7}|0x[\da-f]{1,5})$/.test(typed) ? [{ pasid: Number(typed), reason: "free" }] : [];
}

/** Numbers that the guest uses elsewhere: a process has one vPASID for all devices that it uses. */
function wishedBy(machine: Machine, { device, owner, space }: FreePasidsAsked): Wish[] {
  const { platform } = machine;
  const wishes: Wish[] = [];
  for (const [other, state] of machine.devices.entries()) {
    if (other === device) continue;
    for (const [pasid, attachment] of state.attachments.entries()) {
      if (space !== undefined && attachment.space !== space) continue;
      const target = machine.spaces.get(attachment.space);
      if (target?.owner !== owner) continue;
      wishes.push({ pasid, reason: `as ${platform.devices[other]!.name} for ${target.name}` });
    }
  }
  for (const [index, process] of platform.processes.entries()) {
    const pasid = machine.processPasids.get(index);
    if (process.owner === owner && pasid !== undefined) {
      wishes.push({ pasid, reason: `vPASID of process ${process.name}` });
    }
  }
  return wishes;
}

/** What comes of an attach with the number, in a few words; `undefined` when it is refused. */
function attachedAs(machine: Machine, asked: FreePasidsAsked, pasid: number): string | undefined {
  const { device, owner, space } = asked;
  const spaces = space === undefined ? spacesOf(machine, owner).slice(0, SPACES) : [{ number: space }];
  for (const { number } of spaces) {
    const outcome = tried(machine, { kind: "attach", owner, device, space: number, pasid });
    if (outcome.kind === "ok") return attachmentText(outcome);
  }
  return undefined;
}

function attachmentText({ result }: Extract<Outcome, { kind: "ok" }>): string {
  if (result?.kind !== "attachment" || result.physical === undefined) return "in the guest's own table";
  return `pPASID ${result.physical}${result.namespace === "global" ? ", global" : ""}`;
}

function joined(reason: string, free: string): string {
  return `${reason}: ${free}`;
}
