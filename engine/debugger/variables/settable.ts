import { equal, formatRange, PAGE_SIZE, type Range, toHex } from "../../address/index.js";
import { EXEC, type Machine, READ, WRITE } from "../../simulator/index.js";
import type { Problem } from "../query/answer.js";
import { QueryReader } from "../query/reader.js";
import { accessText, spaceName } from "../state-words.js";
import type { HandMade } from "../timeline.js";
import { readNumber } from "./numbers.js";

/** Largest PASID of IA32_PASID. */
const LARGEST = 0xfffff;

const NONE = /^\s*(?:none|not valid)\s*$/i;

/** Permissions as `pte` takes them. */
const ACCESSES: Readonly<Record<string, number>> = {
  r: READ,
  w: WRITE,
  rw: READ | WRITE,
  rx: READ | EXEC,
  rwx: READ | WRITE | EXEC,
};

/** The guest writes IA32_PASID of a process. @param text a PASID, or `none` to clear the valid bit */
export function setProcess({ platform }: Machine, process: number, text: string): HandMade | Problem {
  const isNone = NONE.test(text);
  const pasid = isNone ? undefined : readNumber(text);
  if (!isNone && (pasid === undefined || pasid > LARGEST)) {
    return { problem: "IA32_PASID takes a PASID of 20 bits, as in 7 or 0x7, or none." };
  }
  const { name, owner } = platform.processes[process]!;
  const operation = { kind: "set-pasid", origin: -1, process, pasid } as const;
  return { operation, text: `set-pasid ${platform.owners[owner]!.name}.${name} ${pasid ?? "none"}` };
}

/** The guest writes entries of its page table. @param text `0x2000`, `0x2000 r` or `none` */
export function setPage(machine: Machine, number: number, range: Range, text: string): HandMade | Problem {
  const { owner, kind } = machine.spaces.get(number)!;
  const name = spaceName(machine, number);
  if (kind !== "page-table") {
    return { problem: `The guest writes no page table for ${name}: a ${kind} space is the kernel's.` };
  }
  const base = { kind: "pte", origin: -1, owner, space: number, range } as const;
  const words = `pte ${name} ${formatRange(range)}`;
  if (NONE.test(text)) {
    return { operation: { ...base, target: undefined, access: READ | WRITE }, text: `${words} none` };
  }
  const reader = new QueryReader(text, machine);
  const address = reader.address("The address of the parent");
  const word = reader.isAtEnd ? "rw" : (reader.word("A permission") ?? "");
  const access = ACCESSES[word];
  if (!address || access === undefined || !reader.isAtEnd) {
    return { problem: "A page-table entry is an address of the parent, as in 0x2000 or 0x2000 r, or none." };
  }
  const target = { kind: "address", address } as const;
  return {
    operation: { ...base, target, access },
    text: `${words} -> ${toHex(address)} ${accessText(access)}`,
  };
}

/** The guest writes an entry of its own PASID table. @param text the name of a page table of the guest, or `none` */
export function setEntry(machine: Machine, table: number, pasid: number, text: string): HandMade | Problem {
  const { owner } = machine.spaces.get(table)!;
  const isNone = NONE.test(text);
  const space = isNone ? undefined : new QueryReader("", machine).space(text.trim());
  if (!isNone && space === undefined) {
    return {
      problem: `There is no space "${text.trim()}". An entry leads to a page table of the guest, or none.`,
    };
  }
  const operation = { kind: "entry", origin: -1, owner, table, pasid, space } as const;
  const target = space === undefined ? "none" : `-> ${spaceName(machine, space)}`;
  return { operation, text: `entry ${spaceName(machine, table)} ${pasid} ${target}` };
}

/**
 * The honest operation behind an assignment to an expression: a process, whose IA32_PASID is meant, or
 * `page SPACE ADDRESS|RANGE`; an address is its page.
 */
export function assignment(expression: string, text: string, machine: Machine): HandMade | Problem {
  const reader = new QueryReader(expression, machine);
  if (reader.take("page") !== undefined) {
    const space = reader.neededSpace();
    const range = reader.range();
    if (space === undefined || !range || !reader.isAtEnd) return { problem: reader.problem ?? SETTABLE };
    return setPage(machine, space, wholePage(range), text);
  }
  const process = reader.process(expression.trim());
  return process === undefined ? { problem: SETTABLE } : setProcess(machine, process, text);
}

const SETTABLE =
  "What can be set is what a guest can write: a process (its IA32_PASID), or `page SPACE ADDRESS` of its page table.";

/** One address stands for the page that holds it. */
function wholePage(range: Range): Range {
  if (!equal(range.start, range.last)) return range;
  const { page } = range.start;
  return { start: { page, offset: 0 }, last: { page, offset: PAGE_SIZE - 1 } };
}
