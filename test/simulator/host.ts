import assert from "node:assert/strict";
import {
  apply,
  boot,
  type Machine,
  type Operation,
  type Outcome,
  type Platform,
  stateHash,
} from "../../engine/simulator/index.js";
import { at, bytes } from "./platform.js";

/** An operation without its origin, which the host gives it. */
type Loose = { readonly kind: string; readonly [field: string]: unknown };

/** A machine that is told what to do in few words, and must do it. */
export class Host {
  readonly machine: Machine;
  private statement = 0;

  constructor(platform: Platform) {
    this.machine = boot(platform);
  }

  /** Statements so far: the origin of the last operation. */
  get statements(): number {
    return this.statement;
  }

  /** Applies an operation, whatever comes of it. */
  try(operation: Loose, record = false): Outcome {
    this.statement += 1;
    return apply(this.machine, { origin: this.statement, ...operation } as unknown as Operation, { record });
  }

  /** Applies an operation that must succeed. */
  do(operation: Loose): Outcome {
    const outcome = this.try(operation);
    const refusal = outcome.kind === "refused" ? outcome.refusal : undefined;
    assert.equal(refusal, undefined, `${operation.kind} was refused: ${JSON.stringify(refusal)}`);
    return outcome;
  }

  /** Applies an operation that must be refused by a rule with an errno, and must change nothing. */
  refuses(operation: Loose, rule: string, errno: string): void {
    const before = stateHash(this.machine);
    const outcome = this.try(operation);
    assert.equal(outcome.kind, "refused", `${operation.kind} came to ${outcome.kind}`);
    if (outcome.kind !== "refused") return;
    assert.deepEqual([outcome.refusal.rule, outcome.refusal.errno], [rule, errno]);
    assert.equal(stateHash(this.machine), before);
  }

  /** A space of the first owner with a device bound and attached. */
  space(number: number, name: string, devices: readonly number[], more: Record<string, unknown> = {}): void {
    this.do({ kind: "ioasid", owner: 0, space: number, name, ...more } as Loose);
    for (const device of devices) this.do({ kind: "attach", owner: 0, device, space: number } as Loose);
  }

  bind(owner: number, ...devices: number[]): void {
    for (const device of devices) this.do({ kind: "bind", owner, device } as Loose);
  }

  map(space: number, from: number, length: number, to: number, access = 3, owner = 0): Outcome {
    const target = { kind: "address", address: at(to) };
    return this.try({ kind: "map", owner, space, range: bytes(from, length), target, access } as Loose);
  }

  pte(space: number, from: number, length: number, to: number | undefined, access = 3): Outcome {
    const target = to === undefined ? undefined : { kind: "address", address: at(to) };
    return this.try({ kind: "pte", owner: 0, space, range: bytes(from, length), target, access } as Loose);
  }

  /** What a read of one byte comes to, as a host-physical address in hexadecimal or the name of the fault. */
  read(device: number, address: number, pasid?: number): string {
    return this.access(device, bytes(address, 1), 1, pasid);
  }

  access(device: number, range: ReturnType<typeof bytes>, access: number, pasid?: number): string {
    const outcome = this.try({ kind: "dma", device, pasid, range, access, priv: false } as Loose);
    return outcomeWord(outcome);
  }
}

/** An outcome in one word. */
export function outcomeWord(outcome: Outcome): string {
  switch (outcome.kind) {
    case "reached":
      return `0x${(outcome.physical.page * 4096 + outcome.physical.offset).toString(16)}`;
    case "fault":
      return outcome.fault.name;
    case "refused":
      return outcome.refusal.errno;
    default:
      return outcome.kind;
  }
}
