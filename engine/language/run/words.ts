import { type Address, subtract, toHex } from "../../address/index.js";
import type { Endpoint, Outcome, Platform, Wire } from "../../simulator/index.js";
import type { Assertion, Expectation } from "../program.js";

/** A stated outcome in the words of the language, as a person would write it after `=>`. */
export function expectationText(platform: Platform, expectation: Expectation | undefined): string {
  if (!expectation) return "ok";
  const { outcome, wire } = expectation;
  const tail = wire === undefined ? "" : ` wire ${wire}`;
  return statedText(platform, outcome) + tail;
}

function statedText(platform: Platform, outcome: Expectation["outcome"]): string {
  switch (outcome.kind) {
    case "errno":
      return outcome.errno;
    case "memory": {
      const length = outcome.length ? ` + ${groupedHex(outcome.length)}` : "";
      return `${memoryText(platform, outcome.memory)}[${groupedHex(outcome.offset)}${length}]`;
    }
    case "physical":
      return groupedHex(outcome.address);
    case "fault":
      return ["fault", outcome.name ?? codeText(outcome.code)].filter((word) => word !== "").join(" ");
    case "vm-exit":
      return outcome.reason === undefined ? "vm-exit" : `vm-exit ${outcome.reason}`;
    case "gp":
      return "#gp";
    default:
      return outcome.kind;
  }
}

/**
 * What came of a step in the words of the language: text that would make the step pass after `=>`. A PASID
 * on the wire is always said.
 * @param expectation what was stated; where it says a wire, an absent PASID is said too
 */
export function outcomeText(platform: Platform, outcome: Outcome, expectation?: Expectation): string {
  switch (outcome.kind) {
    case "ok":
      return "ok";
    case "refused":
      return outcome.refusal.errno;
    case "reached":
      return `${placeText(platform, outcome.memory, outcome.physical)}${wireText(outcome.wire, expectation)}`;
    case "fault":
      return `fault ${outcome.fault.name}${wireText(outcome.wire, expectation)}`;
    case "page-request":
      return `page-request${wireText(outcome.wire, expectation)}`;
    case "vm-exit":
      return `vm-exit ${outcome.reason}`;
    case "gp":
      return "#gp";
    case "portal-refused":
      return "refused";
    case "responded": {
      const words = outcome.resumed.map((each) => outcomeText(platform, each, expectation));
      return words.length === 0 ? "ok" : [...new Set(words)].join(", ");
    }
  }
}

/** Why it came out so, as a sentence; empty where the outcome says it all. */
export function reasonText(outcome: Outcome): string {
  switch (outcome.kind) {
    case "fault":
    case "page-request": {
      const { fault } = outcome;
      const code = fault.code === undefined ? "" : ` (code ${codeText(fault.code)})`;
      const text = `${fault.text.slice(0, 1).toUpperCase()}${fault.text.slice(1).replace(/\.$/, "")}`;
      return `${text}${code}, raised by the ${fault.stage} stage at ${toHex(fault.address)}.`;
    }
    case "gp":
    case "portal-refused":
      return outcome.text;
    case "vm-exit":
      return `The CPU found no valid translation for vPASID ${outcome.pasid} and left the guest.`;
    case "reached":
      return `It went through the space "${outcome.space}"${outcome.hit ? " by an IOTLB entry" : ""}.`;
    case "responded": {
      const failed = outcome.resumed.find((each) => each.kind !== "reached");
      return failed ? reasonText(failed) : "";
    }
    default:
      return "";
  }
}

/** `ram[0x1000]`, or the host-physical address where no declared memory lies. */
export function placeText(platform: Platform, memory: number | undefined, physical: Address): string {
  const found = memory === undefined ? undefined : platform.memories[memory];
  if (memory === undefined || !found) return groupedHex(physical);
  return `${memoryText(platform, memory)}[${groupedHex(subtract(physical, found.physical))}]`;
}

function wireText(wire: Wire, expectation: Expectation | undefined): string {
  if (wire.pasid !== undefined) return ` wire ${wire.pasid}`;
  return expectation?.wire === undefined ? "" : " wire none";
}

/** A memory as a person would write it: its bare name where that is unique, else with its owner. */
export function memoryText(platform: Platform, memory: number): string {
  const { name, owner } = platform.memories[memory]!;
  return namesakes(platform).get(name) === 1 ? name : `${platform.owners[owner]!.name}.${name}`;
}

const counted = new WeakMap<Platform, ReadonlyMap<string, number>>();

/** How many memories have a name, over all owners. */
function namesakes(platform: Platform): ReadonlyMap<string, number> {
  const known = counted.get(platform);
  if (known) return known;
  const counts = new Map<string, number>();
  for (const { name } of platform.memories) counts.set(name, (counts.get(name) ?? 0) + 1);
  counted.set(platform, counts);
  return counts;
}

/** Hexadecimal as the language groups it: `0x20_1000`. */
export function groupedHex(address: Address): string {
  const digits = toHex(address).slice(2);
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= 4) groups.unshift(digits.slice(Math.max(0, end - 4), end));
  return `0x${groups.join("_")}`;
}

/** A hardware fault code as kernel logs print it: two hexadecimal digits. */
export function codeText(code: number | undefined): string {
  return code === undefined ? "" : `0x${code.toString(16).padStart(2, "0")}`;
}

/** A side of an isolation proof as it is written. */
export function endpointText(platform: Platform, endpoint: Endpoint): string {
  if (endpoint.kind === "owner") return platform.owners[endpoint.owner]!.name;
  const device = platform.devices[endpoint.device]!.name;
  if (endpoint.kind === "any") return `${device} pasid any`;
  return endpoint.kind === "pasid" ? `${device} pasid ${endpoint.pasid}` : device;
}

/** Capability flags in the order of the language: "pasid cpu cpu-virt", or "none". */
export function flagsText(flags: {
  readonly pasid: boolean;
  readonly delegated: boolean;
  readonly cpu: boolean;
  readonly cpuVirtual: boolean;
}): string {
  const words: string[] = [];
  if (flags.pasid) words.push("pasid");
  if (flags.delegated) words.push("delegated");
  if (flags.cpu) words.push("cpu");
  if (flags.cpuVirtual) words.push("cpu-virt");
  return words.length === 0 ? "none" : words.join(" ");
}

/** A number of an assertion or table cell; "none" for an empty slot. */
export function numberText(value: number | undefined): string {
  return value === undefined ? "none" : String(value);
}

/** What an assertion is about, as it is written, without the value: "ppasid wq0 pasid 7". */
export function assertionText(platform: Platform, assertion: Assertion): string {
  switch (assertion.kind) {
    case "isolated":
      return `isolated ${endpointText(platform, assertion.a)}, ${endpointText(platform, assertion.b)}`;
    case "reaches": {
      const memory = memoryText(platform, assertion.memory);
      const region = `${memory}[${groupedHex(assertion.offset)} + ${groupedHex(assertion.length)}]`;
      return `reaches ${endpointText(platform, assertion.from)} -> ${region}`;
    }
    case "ppasid": {
      const { device, pasid } = assertion;
      const endpoint: Endpoint =
        pasid === undefined ? { kind: "device", device } : { kind: "pasid", device, pasid };
      return `ppasid ${endpointText(platform, endpoint)}`;
    }
    case "kvm":
      return `kvm ${platform.owners[assertion.owner]!.name} pasid ${assertion.pasid}`;
    case "reports":
      return `reports ${platform.devices[assertion.device]!.name}`;
  }
}
