import { type Address, add, ZERO } from "../../address/index.js";
import { type Definition, platformIndex, type syntax } from "../../language/index.js";
import { type Block, paragraph } from "../../report/index.js";
import type { Operation } from "../../simulator/index.js";
import { lineOf, type Source } from "../explain/lines.js";
import type { Statement } from "../structure/statements.js";
import { categoryBlocks, spaceText } from "./devices.js";
import { codeBlocks } from "./outcomes.js";
import { guestPasidBlocks, ppasidBlocks, vpasidBlocks } from "./pasids.js";
import type { StateAt } from "./state.js";
import {
  lengthBlocks,
  physicalAddressBlocks,
  requestBlocks,
  spaceAddressBlocks,
  virtualAddressBlocks,
} from "./translations.js";

/** A number in its place. */
export interface NumberPlace {
  readonly source: Source;
  readonly file: string;
  readonly number: syntax.NumberLiteral;
  readonly statement: Statement;
  /** The nodes around the number, the innermost last, the number itself left out. */
  readonly nodes: readonly syntax.Node[];
  readonly state: StateAt | undefined;
}

/** What a number means in its place: an address where it leads, a PASID who uses it; nothing elsewhere. */
export function numberBlocks(place: NumberPlace): Block[] {
  const { number, nodes, statement } = place;
  const { value } = number;
  const inner = nodes.at(-1);
  if (!value) return [];
  if (inner?.kind === "property") return propertyNumber(place, inner, plain(value));
  if (inner?.kind === "fault") return codeBlocks(plain(value));
  const range = inner?.kind === "range" ? inner : undefined;
  const isSecond = range?.second?.start === number.start;
  if (range?.value && isSecond && range.form === "length") return lengthBlocks(range.value);
  const region = nodes.find((node): node is syntax.Region => node.kind === "region");
  if (region) return regionBlocks(place, region, value);
  const { state } = place;
  if (!state) return [];
  if (inner?.kind === "outcome") {
    return inner.wire === number ? wireBlocks(place, state) : physicalAddressBlocks(state.machine, value);
  }
  return stepNumber(place, state, statement, value);
}

/** A number of a declaration. */
function propertyNumber(place: NumberPlace, { name }: syntax.Property, value: number): Block[] {
  switch (name) {
    case "category":
      return value === 0 || value === 1 || value === 2 || value === 3 || value === 4 || value === 5
        ? categoryBlocks(value)
        : [];
    case "pasid-width":
      if (value === 0) return [paragraph("No PASIDs.")];
      return value <= 20 ? [paragraph(`PASIDs 0 to 0x${(2 ** value - 1).toString(16)}.`)] : [];
    case "address-width":
      return value >= 30 && value <= 64
        ? [paragraph(`Addresses of ${value} bits, tables of ${Math.ceil((value - 12) / 9)} levels.`)]
        : [];
    case "pasid":
      return processPasid(place, value);
    default:
      return [];
  }
}

function processPasid({ source, file, statement, state }: NumberPlace, value: number): Block[] {
  if (statement.kind !== "process" || !statement.name || !state) return [];
  const owner = definitionAt(source, file, statement.name.end)?.owner;
  const index = owner && platformIndex(owner);
  return index === undefined ? [] : guestPasidBlocks(source, state, index, value);
}

function definitionAt({ analysis }: Source, file: string, offset: number): Definition | undefined {
  return analysis.symbols.at(file, offset)?.definition;
}

/** An offset in a memory: which host-physical address that is. */
function regionBlocks(
  { source, file, state }: NumberPlace,
  { memory }: syntax.Region,
  offset: Address,
): Block[] {
  const definition = definitionAt(source, file, memory.end);
  const index = definition?.kind === "memory" ? platformIndex(definition) : undefined;
  const found = index === undefined ? undefined : source.analysis.program.platform.memories[index];
  const physical = found && add(found.physical, offset);
  return physical && state ? physicalAddressBlocks(state.machine, physical) : [];
}

/** A number of a step or a declaration inside an owner, by what the statement does. */
function stepNumber(place: NumberPlace, state: StateAt, statement: Statement, value: Address): Block[] {
  const { source, number, nodes } = place;
  if (statement.kind === "memory") return memoryNumber(place, state, statement, value);
  const step = state.step;
  if (!step) return [];
  const isPasid = nodes.some(({ kind }) => kind === "pasid");
  if (step.kind === "assertion") return assertedNumber(place, state, plain(value));
  const { operation } = step;
  if (isPasid) return pasidBlocks(source, state, operation, plain(value));
  switch (operation.kind) {
    case "dma":
    case "enqcmd":
    case "enqcmds":
      return requestBlocks(source, state, value);
    case "attach":
    case "sva":
      return ppasidBlocks(source, state, operation.device, plain(value));
    case "set-pasid": {
      const { owner } = state.machine.platform.processes[operation.process]!;
      return guestPasidBlocks(source, state, owner, plain(value));
    }
    case "entry":
      return entryBlocks(source, state, operation);
    case "map":
    case "pte":
      return "target" in statement && statement.target === number
        ? targetBlocks(source, state, operation.space, value)
        : spaceAddressBlocks(source, state, operation.space, value);
    case "unmap":
    case "invalidate":
    case "respond":
      return spaceAddressBlocks(source, state, operation.space, value);
    case "ioasid":
    case "bind-table":
      return targetBlocks(source, state, operation.space, value);
    default:
      return [];
  }
}

function memoryNumber(
  { source, file, number }: NumberPlace,
  { machine }: StateAt,
  { backedBy, name }: Extract<Statement, { kind: "memory" }>,
  value: Address,
): Block[] {
  if (backedBy === number) return physicalAddressBlocks(machine, value);
  const owner = name && definitionAt(source, file, name.end)?.owner;
  const index = owner && platformIndex(owner);
  return index === undefined ? [] : virtualAddressBlocks(machine, index, value);
}

/** What an address means that a space maps to: one of its parent, or a virtual one of its owner. */
function targetBlocks(source: Source, state: StateAt, number: number, value: Address): Block[] {
  const space = state.machine.spaces.get(number);
  if (!space) return [];
  return space.parent < 0
    ? virtualAddressBlocks(state.machine, space.owner, value)
    : spaceAddressBlocks(source, state, space.parent, value);
}

function pasidBlocks(source: Source, state: StateAt, operation: Operation, value: number): Block[] {
  if (operation.kind === "kvm-map" || operation.kind === "kvm-unmap")
    return guestPasidBlocks(source, state, operation.owner, value);
  return "device" in operation && operation.device !== undefined
    ? vpasidBlocks(source, state, operation.device, value)
    : [];
}

/** What an entry of the guest's PASID table leads to. */
function entryBlocks(
  source: Source,
  { machine, when }: StateAt,
  { table, pasid }: Extract<Operation, { kind: "entry" }>,
): Block[] {
  const found = machine.spaces.get(table)?.entries.get(pasid);
  const name = `Entry ${pasid} of ${spaceText(machine, table)}`;
  const text = found
    ? `${name} leads to ${spaceText(machine, found.space)} ${when}${lineOf(source, found.origin)}.`
    : `${name} is not valid ${when}.`;
  return [paragraph(text)];
}

/** A vPASID or a pPASID that an assertion names. */
function assertedNumber({ source, file, nodes }: NumberPlace, state: StateAt, value: number): Block[] {
  const step = state.step;
  if (step?.kind !== "assertion") return [];
  const { assertion } = step;
  const endpoint = nodes.find((node): node is syntax.EndpointNode => node.kind === "endpoint");
  if (endpoint) {
    const definition = definitionAt(source, file, endpoint.name.end);
    const device = definition && platformIndex(definition);
    return device === undefined ? [] : vpasidBlocks(source, state, device, value);
  }
  const isPasid = nodes.some(({ kind }) => kind === "pasid");
  if (assertion.kind === "ppasid") {
    const blocks = isPasid ? vpasidBlocks : ppasidBlocks;
    return blocks(source, state, assertion.device, value);
  }
  return assertion.kind === "kvm" ? guestPasidBlocks(source, state, assertion.owner, assertion.pasid) : [];
}

/** The PASID on the wire of a request: whose entry it meets. */
function wireBlocks({ source, number }: NumberPlace, state: StateAt): Block[] {
  const step = state.step;
  const operation = step?.kind === "operation" ? step.operation : undefined;
  return operation && "device" in operation && operation.device !== undefined
    ? ppasidBlocks(source, state, operation.device, plain(number.value ?? ZERO))
    : [];
}

/** A number that is no address: small enough to be exact. */
function plain({ page, offset }: Address): number {
  return page * 4096 + offset;
}
