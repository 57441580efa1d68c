import assert from "node:assert/strict";
import fc from "fast-check";
import { toBigInt } from "../../engine/address/index.js";
import { translate } from "../../engine/simulator/dma/translate.js";
import {
  apply,
  boot,
  type Machine,
  type Operation,
  type Outcome,
  type Platform,
  stateHash,
  stateLines,
} from "../../engine/simulator/index.js";
import { piecesOf } from "../../engine/simulator/reach/pieces.js";
import { sourcesOf } from "../../engine/simulator/reach/sources.js";
import { compose } from "../../engine/simulator/space/compose.js";
import { naiveTranslate } from "./oracle.js";
import { at, bytes, everyCategory } from "./platform.js";
import { operation } from "./random.js";

/** All rules that a file can allow. */
const EVERY_RULE = new Set(Array.from({ length: 30 }, (_, n) => `P${String(n + 1).padStart(3, "0")}`));

const PLATFORMS: readonly (readonly [string, Platform, ReadonlySet<string>?])[] = [
  ["v1, VT-d, hardware nesting", everyCategory({ uapi: "v1" })],
  ["v2, VT-d, hardware nesting", everyCategory({ uapi: "v2", kvmMap: "authorized-set" })],
  [
    "v1, VT-d, software nesting",
    everyCategory({ uapi: "v1", pasidPolicy: "simple" }, { nesting: "software" }),
  ],
  [
    "v2, SMMUv3, the guest's PASID table",
    everyCategory({}, { form: "smmuv3", format: "smmuv3", pasidTable: "guest", noPasid: "entry-0" }),
  ],
  ["v1 with every rule allowed", everyCategory({ uapi: "v1" }), EVERY_RULE],
  [
    "v2 with every rule allowed, 30 bits of address and 3 of PASID",
    everyCategory({ kvmMap: "authorized-set" }, { addressWidth: 30, pasidWidth: 3 }),
    EVERY_RULE,
  ],
  ["v1 without PASIDs, every rule allowed", everyCategory({ uapi: "v1" }, { pasidWidth: 0 }), EVERY_RULE],
  [
    "v1, software nesting, every rule allowed, 57 bits of address",
    everyCategory({ uapi: "v1", pasidPolicy: "simple" }, { nesting: "software", addressWidth: 57 }),
    EVERY_RULE,
  ],
  [
    "v2, the guest's PASID table, every rule allowed, 64 bits of address",
    everyCategory(
      {},
      { form: "smmuv3", format: "smmuv3", pasidTable: "guest", noPasid: "bypass", addressWidth: 64 },
    ),
    EVERY_RULE,
  ],
];

const SEQUENCES = 100;
const LENGTH = 60;

/** A prologue that gives random programs something to stand on. */
function prologue(platform: Platform): Operation[] {
  const v1 = platform.uapi === "v1";
  const ops: Operation[] = [];
  for (const device of [0, 1, 2, 5, 6, 7, 8]) ops.push({ kind: "bind", origin: 1, owner: 0, device });
  ops.push({ kind: "bind", origin: 1, owner: 1, device: 9 });
  ops.push({ kind: "ioasid", origin: 2, owner: 0, space: 0, name: "s0" });
  for (const device of [0, 1, 2, 5, 6, 7, 8])
    ops.push({ kind: "attach", origin: 3, owner: 0, device, space: 0 });
  const target = { kind: "memory", memory: 0, offset: at(0) } as const;
  ops.push({ kind: "map", origin: 4, owner: 0, space: 0, range: bytes(0, 0x10_0000), target, access: 3 });
  const child = { kind: "ioasid", origin: 5, owner: 0, space: 1, name: "s1", parent: 0 } as const;
  ops.push(v1 ? child : { ...child, table: { kind: "page-table" } });
  for (const device of [1, 7, 8])
    ops.push({ kind: "attach", origin: 6, owner: 0, device, space: 1, pasid: 7 });
  if (v1) ops.push({ kind: "bind-table", origin: 7, owner: 0, space: 1, table: { kind: "page-table" } });
  const guest = { kind: "address", address: at(0x3000) } as const;
  ops.push({
    kind: "pte",
    origin: 8,
    owner: 0,
    space: 1,
    range: bytes(0x1000, 0x4000),
    target: guest,
    access: 3,
  });
  ops.push({
    kind: "map",
    origin: 8,
    owner: 0,
    space: 1,
    range: bytes(0x1000, 0x4000),
    target: guest,
    access: 3,
  });
  ops.push({ kind: "kvm-map", origin: 9, owner: 0, pasid: 7, space: 1 });
  return ops;
}

function begin(platform: Platform): Machine {
  const machine = boot(platform);
  for (const op of prologue(platform)) apply(machine, op);
  return machine;
}

function trace(machine: Machine, ops: readonly Operation[], record = false): string[] {
  return ops.map((op) => JSON.stringify(apply(machine, op, { record })));
}

/** The machine with nothing cached, to compare what its tables say. */
function cold(machine: Machine): Machine {
  const fork = machine.fork();
  for (const [wire] of fork.devices.entries()) {
    const device = fork.ownDevice(wire);
    for (const [slot] of [...device.streams.entries()]) device.streams.delete(slot);
  }
  return fork;
}

/** Frames that a table or a range map leads somewhere in one piece. */
interface Run {
  readonly page: number;
  readonly frames: number;
  readonly target: number;
  readonly access: number;
}

/** The same in ascending order, with as few runs as possible: how it is stored is not compared. */
function joined(runs: readonly Run[]): Run[] {
  const result: Run[] = [];
  for (const run of [...runs].sort((a, b) => a.page - b.page)) {
    const last = result.at(-1);
    const goesOn =
      last?.access === run.access &&
      last.page + last.frames === run.page &&
      last.target + last.frames === run.target;
    if (last && goesOn) result[result.length - 1] = { ...last, frames: last.frames + run.frames };
    else result.push(run);
  }
  return result;
}

function check(
  platform: Platform,
  allow: ReadonlySet<string> | undefined,
  property: (ops: Operation[]) => void,
): void {
  const ops = fc.array(operation(platform, allow), { minLength: LENGTH, maxLength: LENGTH });
  fc.assert(fc.property(ops, property), { numRuns: SEQUENCES, seed: 42, endOnFailure: false });
}

for (const [name, platform, allow] of PLATFORMS) {
  describe(`random operations on ${name}`, () => {
    it("a refused operation leaves the state as it was", () => {
      let refused = 0;
      let done = 0;
      check(platform, allow, (ops) => {
        const machine = begin(platform);
        let before = stateHash(machine);
        for (const op of ops) {
          const outcome = apply(machine, op);
          const after = stateHash(machine);
          if (outcome.kind === "refused") {
            refused += 1;
            assert.equal(
              after,
              before,
              `${op.kind} was refused with ${outcome.refusal.rule} and changed the state`,
            );
          } else done += 1;
          before = after;
        }
      });
      assert.ok(refused > 1000 && done > 1000, `${refused} refused and ${done} done are too few to tell`);
    });

    it("two runs, with and without the accelerator, give the same trace and state", () => {
      check(platform, allow, (ops) => {
        const fast = begin(platform);
        const plain = begin(platform);
        plain.accelerator.enabled = false;
        assert.deepEqual(trace(fast, ops), trace(plain, ops));
        assert.equal(stateHash(fast), stateHash(plain));
      });
    });

    it("recording a walk changes nothing but the stages", () => {
      check(platform, allow, (ops) => {
        const plain = begin(platform);
        const recorded = begin(platform);
        const strip = (outcome: Outcome) => JSON.stringify({ ...outcome, stages: undefined });
        for (const op of ops)
          assert.equal(strip(apply(recorded, op, { record: true })), strip(apply(plain, op)));
        assert.equal(stateHash(recorded), stateHash(plain));
      });
    });

    it("a fork and its origin never see each other's changes", () => {
      check(platform, allow, (ops) => {
        const half = ops.length / 2;
        const machine = begin(platform);
        trace(machine, ops.slice(0, half));
        const lines = [...stateLines(machine)];
        const fork = machine.fork();
        trace(fork, ops.slice(half));
        assert.deepEqual([...stateLines(machine)], lines, "the origin saw its fork");
        const forked = [...stateLines(fork)];
        trace(machine, [...ops.slice(half)].reverse());
        assert.deepEqual([...stateLines(fork)], forked, "the fork saw its origin");
      });
    });

    it("a machine that is forked before each operation does what one that never is does", () => {
      check(platform, allow, (ops) => {
        const whole = begin(platform);
        let forked = begin(platform);
        for (const op of ops) {
          forked = forked.fork();
          assert.equal(JSON.stringify(apply(forked, op)), JSON.stringify(apply(whole, op)));
        }
        assert.deepEqual([...stateLines(forked)], [...stateLines(whole)]);
      });
    });

    it("translation agrees with a naive model in BigInt", () => {
      let reached = 0;
      check(platform, allow, (ops) => {
        const machine = begin(platform);
        trace(machine, ops);
        const fresh = cold(machine);
        for (const [wire] of platform.devices.entries()) {
          for (const pasid of [undefined, 0, 1, 2, 3, 4, 5, 7, 9]) {
            for (const address of [0, 0x1000, 0x2fff, 0x3000, 0x5800, 0x20_0000, 0xfee0_0010, 2 ** 48]) {
              const request = { wire, pasid, address: at(address), access: 1, priv: false };
              const fault = translate(fresh, request);
              const actual = fault
                ? undefined
                : BigInt(fresh.translation.page) * 4096n + BigInt(address % 4096);
              assert.equal(
                actual,
                naiveTranslate(fresh, wire, pasid, BigInt(address), 1),
                `wire ${wire} PASID ${pasid} address ${address}`,
              );
              if (!fault) reached += 1;
            }
          }
        }
      });
      assert.ok(reached > 1000, `${reached} requests reached memory: too few to tell`);
    });

    it("every page table is what its range map says", () => {
      check(platform, allow, (ops) => {
        const machine = begin(platform);
        trace(machine, ops);
        for (const [, space] of machine.spaces.entries()) {
          const walked: Run[] = [];
          space.pages.forEach((page, frames, target, access) => {
            walked.push({ page, frames, target, access });
          });
          const whole = { start: at(0), last: { page: 2 ** 52 - 1, offset: 4095 } };
          const meant =
            space.kind === "root" || space.kind === "shadow"
              ? compose(machine, space, whole).map((piece) => ({
                  ...piece,
                  start: piece.input.start,
                  last: piece.input.last,
                  to: piece.physical,
                }))
              : [...space.ranges.entries()].map((mapping) => ({ ...mapping, to: mapping.target }));
          const stated = meant.map(({ start, last, to, access }) => ({
            // Bits above the width repeat the highest one in a canonical address, and have no place in a table.
            page: start.page % machine.tableFrames,
            frames: last.page - start.page + 1,
            target: to.page,
            access,
          }));
          assert.deepEqual(joined(walked), joined(stated));
        }
      });
    });

    it("reach is what sampled DMA finds, no less and no more", () => {
      let sampled = 0;
      check(platform, allow, (ops) => {
        const machine = begin(platform);
        trace(machine, ops);
        for (const device of platform.devices.keys()) {
          const endpoints = [
            { kind: "device", device } as const,
            ...[1, 2, 3, 5, 7, 9].map((pasid) => ({ kind: "pasid", device, pasid }) as const),
          ];
          for (const endpoint of endpoints) {
            for (const source of sourcesOf(machine, endpoint)) {
              sampled += sampleReach(machine, source);
            }
          }
        }
      });
      assert.ok(sampled > 1000, `${sampled} samples are too few to tell`);
    });
  });
}

/** Issues requests inside and around every piece of a source, and holds each against the pieces. */
function sampleReach(machine: Machine, source: ReturnType<typeof sourcesOf>[number]): number {
  const pieces = piecesOf(machine, source);
  const addresses = new Set<number>([0, 0x1000, 0x7000, 0x20_0000]);
  for (const { address, physical } of pieces) {
    const first = address.page * 4096 + address.offset;
    const length = Number(toBigInt(physical.last) - toBigInt(physical.start)) + 1;
    for (const candidate of [first - 1, first, first + length - 1, first + length]) {
      if (candidate >= 0 && candidate < 2 ** 50) addresses.add(candidate);
    }
  }
  for (const address of addresses) {
    const inside = pieces
      .filter((piece) => piece.access & 1)
      .flatMap(({ address: from, physical }) => {
        const offset = BigInt(address) - toBigInt(from);
        const target = toBigInt(physical.start) + offset;
        return offset >= 0n && target <= toBigInt(physical.last) ? [target] : [];
      });
    const fork = machine.fork();
    const found =
      source.slot === undefined
        ? softwareRead(fork, source.device, address)
        : wireRead(fork, source, address);
    if (found === undefined) assert.deepEqual(inside, [], `reach claims ${address}, and DMA faults there`);
    else assert.ok(inside.includes(found), `DMA at ${address} reaches ${found}, which reach does not know`);
  }
  return addresses.size;
}

function wireRead(
  machine: Machine,
  source: ReturnType<typeof sourcesOf>[number],
  address: number,
): bigint | undefined {
  const pasid = source.plain ? undefined : source.slot;
  const fault = translate(machine, {
    wire: source.wire,
    pasid,
    address: at(address),
    access: 1,
    priv: false,
  });
  return fault ? undefined : BigInt(machine.translation.page) * 4096n + BigInt(address % 4096);
}

function softwareRead(machine: Machine, device: number, address: number): bigint | undefined {
  const outcome = apply(machine, {
    kind: "dma",
    origin: 0,
    device,
    range: bytes(address, 1),
    access: 1,
    priv: false,
  });
  return outcome.kind === "reached" ? toBigInt(outcome.physical) : undefined;
}
