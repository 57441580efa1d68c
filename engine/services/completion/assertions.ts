import { flagsText } from "../../language/index.js";
import { capabilityOf, kvmEntry, physicalPasid } from "../../simulator/index.js";
import type { Ranked } from "./item.js";
import { Rank } from "./item.js";
import { numberItem } from "./numbers.js";
import { type Spot, smallNumber } from "./spot.js";

const FOUND = "what the engine finds";

/** What may stand behind `==`: the number, or `none`, as things are. */
export function assertedValues(spot: Spot): Ranked[] {
  const actual = actualValue(spot);
  if (!actual) return [];
  const text = actual.value === undefined ? "none" : `${actual.value}`;
  return [{ ...numberItem(text, FOUND, Rank.best), preselect: true }];
}

function actualValue(spot: Spot): { readonly value: number | undefined } | undefined {
  const assertion = spot.as("assert")?.assertion;
  const machine = spot.machine();
  if (!machine || !assertion || (assertion.kind !== "ppasid" && assertion.kind !== "kvm")) return undefined;
  const pasid = smallNumber(assertion.pasid?.number);
  if (assertion.kind === "ppasid") {
    const device = spot.device(assertion.device);
    return device === undefined ? undefined : { value: physicalPasid(machine, device, pasid) };
  }
  const owner = spot.caller(assertion.owner);
  if (owner === undefined || pasid === undefined) return undefined;
  return { value: kvmEntry(machine, owner, pasid) };
}

/** All flags that the device reports, when none is written yet. */
export function reportedFlags(spot: Spot): Ranked[] {
  const assertion = spot.as("assert")?.assertion;
  if (assertion?.kind !== "reports" || assertion.flags.length > 0) return [];
  const device = spot.device(assertion.device);
  if (device === undefined) return [];
  const text = flagsText(capabilityOf(spot.platform, device));
  const [first] = text.split(" ");
  const item = { label: text, kind: "word", detail: FOUND, insert: text, rank: Rank.best } as const;
  return [
    {
      ...item,
      preselect: true,
      ...(first === "none" && { subject: { kind: "value", word: "none" } as const }),
    },
  ];
}

/** Whether a flag is written already. */
export function isFlagWritten({ statement }: Spot, word: string): boolean {
  const assertion = statement?.kind === "assert" ? statement.assertion : undefined;
  return assertion?.kind === "reports" && assertion.flags.some(({ text }) => text === word);
}
