import { type Address, equal, formatSize, lengthOf, type Range } from "../../address/index.js";
import { groupedHex } from "../../language/index.js";
import { type Block, explainOutcome, explainPlace, paragraph } from "../../report/index.js";
import {
  accessLetters,
  apply,
  behind,
  type Machine,
  type Operation,
  ownerOfPhysical,
  traceAddress,
} from "../../simulator/index.js";
import { capital, lineOf, listBlock, type Source } from "../explain/lines.js";
import { walkBlocks, walksOf } from "../explain/walk.js";
import { spaceText } from "./devices.js";
import type { StateAt } from "./state.js";

/**
 * Where an address of a request leads: the walk that the device's request takes, or took.
 * @param address other than the first one of a range; it is asked for alone
 */
export function requestBlocks(source: Source, state: StateAt, address: Address): Block[] {
  const operation = state.step?.kind === "operation" ? state.step.operation : undefined;
  const replayed = operation && state.replay();
  if (!operation || !replayed) return [];
  const isFirst = operation.kind !== "dma" || equal(operation.range.start, address);
  const { platform } = source.analysis.program;
  const outcome = isFirst
    ? replayed.result.outcome
    : apply(replayed.before.fork(), aloneAt(operation, address), { record: true });
  if (!outcome) return [];
  const said = explainOutcome(platform, outcome, address);
  return [
    ...(said === "" ? [] : [paragraph(`${capital(said)}.`)]),
    ...walksOf(outcome).flatMap((stages) => walkBlocks(source.places, stages)),
  ];
}

function aloneAt(operation: Operation, address: Address): Operation {
  return operation.kind === "dma" ? { ...operation, range: { start: address, last: address } } : operation;
}

/** Where an address of a space leads by what is mapped, stage by stage, and which of them fails. */
export function spaceAddressBlocks(source: Source, state: StateAt, space: number, address: Address): Block[] {
  const { machine, when } = state;
  const trace = traceAddress(machine, space, address);
  const lines = trace.steps.map(({ space: at, input, output, access, origin }, index) => {
    const name = spaceText(machine, at);
    if (!output) {
      const stage = index === 0 ? "" : ": the parent's stage fails";
      return `${name} maps nothing at ${groupedHex(input)}${stage}`;
    }
    return `${name}: ${groupedHex(input)} -> ${groupedHex(output)} ${accessLetters(access)}${lineOf(source, origin)}`;
  });
  const end = trace.physical
    ? `${groupedHex(address)} leads to ${physicalText(machine, trace.physical)} ${when}.`
    : `${groupedHex(address)} leads nowhere ${when}.`;
  return [paragraph(end), ...listBlock(lines)];
}

/** What lies behind a virtual address of an owner. */
export function virtualAddressBlocks(machine: Machine, owner: number, address: Address): Block[] {
  const { name } = machine.platform.owners[owner]!;
  const { physical } = behind(machine, owner, address);
  const virtual = `Virtual address ${groupedHex(address)} of ${name}`;
  return [
    paragraph(
      physical ? `${virtual} is ${physicalText(machine, physical)}.` : `${virtual}: no memory lies there.`,
    ),
  ];
}

/** Which memory holds a host-physical address. */
export function physicalAddressBlocks(machine: Machine, physical: Address): Block[] {
  const found = ownerOfPhysical(machine, physical);
  const at = found && `, virtual ${groupedHex(found.virtual)}`;
  return [paragraph(`${capital(physicalText(machine, physical))}${at ?? ""}.`)];
}

/** `host-physical 0x100001000 = vm0.ram[0x1000]`. */
function physicalText(machine: Machine, physical: Address): string {
  return explainPlace(machine.platform, physical, ownerOfPhysical(machine, physical)?.memory);
}

/** How long a range is, and where it ends. */
export function lengthBlocks(range: Range): Block[] {
  const length = lengthOf(range);
  const size = length ? `${formatSize(length)}, ${groupedHex(length)} bytes` : "2^64 bytes";
  return [paragraph(`${size}: ${groupedHex(range.start)} to ${groupedHex(range.last)}.`)];
}
