import { type Address, contains, equal, formatRange, formatSize, subtract, toHex } from "../address/index.js";
import { type AssertionResult, codeText, flagsText } from "../language/index.js";
import {
  type AttachedTable,
  type Fault,
  type Finding,
  formatRid,
  type Outcome,
  type Platform,
  type Result,
  type Wire,
  type Witness,
} from "../simulator/index.js";
import { deviceName, ownerName, plural } from "./names.js";
import { routeText } from "./routes.js";

/**
 * What came of an operation, for a person: where a DMA landed and how it was routed, what a call gave
 * back, which hardware reason a fault has. Empty where the outcome's own words say everything; refusals
 * are explained by their rule, not here.
 * @param asked the address of the request; a fault at another one, of the parent's space, is said
 */
export function explainOutcome(platform: Platform, outcome: Outcome, asked?: Address): string {
  switch (outcome.kind) {
    case "ok":
      return outcome.result ? explainResult(platform, outcome.result) : "";
    case "refused":
      return "";
    case "reached": {
      const place = explainPlace(platform, outcome.physical, outcome.memory);
      if (outcome.wire.rid === undefined) return `${place}, by software, nothing on the wire`;
      return [
        place,
        wireSentence(outcome.wire),
        ...(outcome.contiguous ? [] : ["its pages lie apart"]),
        `IOTLB ${outcome.hit ? "hit" : "miss"}`,
      ].join(", ");
    }
    case "fault":
      return `${faultSentence(platform, outcome, asked)}, ${wireSentence(outcome.wire)}`;
    case "page-request":
      return `pending on ${toHex(outcome.fault.address)} until a page response, ${wireSentence(outcome.wire)}`;
    case "vm-exit":
      return `exit reason ${outcome.reason}: vPASID ${outcome.pasid} has no valid slot in the VM's PASID table`;
    case "gp":
    case "portal-refused":
      return outcome.text;
    case "responded":
      return outcome.resumed.length === 0
        ? "no request was pending"
        : `${plural(outcome.resumed.length, "request")} ran again`;
  }
}

/** What a successful call returned or allocated. */
function explainResult(platform: Platform, result: Result): string {
  switch (result.kind) {
    case "ioasid":
      return `IOASID ${result.id}`;
    case "attachment":
      return routingText(result);
    case "kvm-slot":
      return `VMX slot ${result.pasid} holds pPASID ${result.physical}${result.already ? " already" : ""}`;
    case "copied":
      return copiedText(platform, result);
    case "unmapped":
      return `${formatSize(result.bytes)} unmapped`;
    case "capability":
      return `reports ${flagsText(result)}${result.pasid ? `, vPASIDs of ${result.width} bits` : ""}`;
    case "space-info":
      return result.facts.join("; ");
    case "migrated":
      // Numbers of the host, which its tables show; the guest sees none of them.
      return "";
  }
}

/** `pPASID 2 · global · RID 6a:01.0`: the routing that an attach chose. */
export function routingText(
  result: Pick<Extract<Result, { kind: "attachment" }>, "namespace" | "physical" | "rid" | "table">,
): string {
  if (result.namespace === "software") return "software access, nothing in the IOMMU";
  if (result.table) return [routeText(result.rid, result.physical), ...autoText(result.table)].join(" · ");
  const pasid = result.physical === undefined ? "no PASID" : `pPASID ${result.physical}`;
  const pool = { none: "", rid: " · per RID", global: " · global", delegated: " · delegated to the guest" };
  return `${pasid}${pool[result.namespace]} · RID ${formatRid(result.rid)}`;
}

/** The page table that an attach to an IOAS came to; one that the statement names needs no word. */
function autoText({ auto, made, name }: AttachedTable): string[] {
  if (!auto) return [];
  return [made ? "on a new page table (auto HWPT)" : `on ${name} (auto HWPT)`];
}

/** `0x8000_0000 + 2M is vm0.ram[0x0]`, for each area that a copy made. */
function copiedText(platform: Platform, { owner, areas }: Extract<Result, { kind: "copied" }>): string {
  const shown = areas.slice(0, SHOWN_AREAS).map((area) => {
    const memory = memoryBehind(platform, owner, area.target);
    return `${formatRange(area)} is ${memory ?? toHex(area.target)}`;
  });
  const more = areas.length - shown.length;
  return more > 0 ? `${shown.join("; ")}; ${plural(more, "more area")}` : shown.join("; ");
}

/** More areas than these make a line that nobody reads. */
const SHOWN_AREAS = 2;

/** `ram[0x1000]`: a virtual address of an owner by the memory that it lies in. */
export function memoryBehind(platform: Platform, owner: number, virtual: Address): string | undefined {
  const found = platform.memories.find(
    (memory) => memory.owner === owner && contains(memory.virtual, virtual),
  );
  return found && `${found.name}[${toHex(subtract(virtual, found.virtual.start))}]`;
}

/** `host-physical 0x100201000 = vm0.ram[0x201000]`. */
export function explainPlace(platform: Platform, physical: Address, memory: number | undefined): string {
  const found = memory === undefined ? undefined : platform.memories[memory];
  const place = found
    ? `${ownerName(platform, found.owner)}.${found.name}[${toHex(subtract(physical, found.physical))}]`
    : "no declared memory";
  return `host-physical ${toHex(physical)} = ${place}`;
}

/** `wire 6a:01.0 PASID 2`: what the bus saw. */
function wireSentence(wire: Wire): string {
  if (wire.rid === undefined) return "nothing on the wire";
  return wire.pasid === undefined
    ? `wire ${formatRid(wire.rid)} no PASID`
    : `wire ${formatRid(wire.rid)} PASID ${wire.pasid}`;
}

/** `VT-d 0x59, pasid-table stage: no PASID table entry is present`. */
function faultSentence(
  platform: Platform,
  { fault, wire }: { readonly fault: Fault; readonly wire: Wire },
  asked: Address | undefined,
): string {
  const text = fault.text.replace(/\.$/, "");
  if (fault.code === undefined) return text;
  const place = asked && equal(asked, fault.address) ? "" : ` at ${toHex(fault.address)}`;
  return `${unitName(platform, wire)} ${codeText(fault.code)}, ${fault.stage} stage${place}: ${text}`;
}

const UNITS = { vtd: "VT-d", smmuv3: "SMMUv3", amd: "AMD-Vi" };

/** The kind of IOMMU that stands behind a requester id: `VT-d`. */
export function unitName(platform: Platform, wire: Wire): string {
  const device = platform.devices.find((each) => each.rid === wire.rid);
  const form = device && platform.iommus[device.iommu]?.form;
  return form ? UNITS[form] : "IOMMU";
}

/** What was seen beside the outcome: a space that was not meant, a translation that is gone from the tables. */
export function explainFinding(finding: Finding): string {
  switch (finding.kind) {
    case "wrong-space": {
      const meant =
        finding.registered === undefined ? "none is registered" : `registered is ${finding.registered}`;
      return `isolation violated: this is the space ${finding.reached}, but ${meant} for ${sourceOf(finding)}`;
    }
    case "stale-entry":
      return finding.table === undefined
        ? `stale: the tables no longer give ${sourceOf(finding)} this translation of ${finding.space}`
        : `stale: ${finding.table} no longer leads ${sourceOf(finding)} to ${finding.space}`;
    case "allowed":
      return `${finding.refusal.rule} would have refused this, and is allowed here`;
    case "note":
      return `${finding.refusal.rule} says more below`;
  }
}

function sourceOf({
  device,
  pasid,
}: {
  readonly device: string;
  readonly pasid: number | undefined;
}): string {
  return pasid === undefined ? device : `${device} pasid ${pasid}`;
}

/** Why an assertion failed, with the counterexample of the proof; one line per fact, none when it holds. */
export function explainAssertion(platform: Platform, assertion: AssertionResult): string[] {
  switch (assertion.kind) {
    case "value":
      return [];
    case "isolated": {
      const { result } = assertion;
      if (result.isolated) return [];
      const shared = `both reach host-physical ${toHex(result.shared.start)}..${toHex(result.shared.last)}`;
      return [shared, witnessSentence(platform, result.a), witnessSentence(platform, result.b)];
    }
    case "reaches": {
      const { result } = assertion;
      if (result.reached) return [];
      return [`not reachable: host-physical ${toHex(result.missing.start)}..${toHex(result.missing.last)}`];
    }
  }
}

function witnessSentence(platform: Platform, witness: Witness): string {
  const pasid = witness.pasid === undefined ? "" : ` pasid ${witness.pasid}`;
  const how = witness.cached ? " through a live IOTLB entry" : "";
  const path = `address ${toHex(witness.address)} to host-physical ${toHex(witness.physical)}`;
  return `${deviceName(platform, witness.device)}${pasid}: ${path}${how}`;
}
