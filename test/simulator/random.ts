import fc from "fast-check";
import { fromBytes, MAX_ADDRESS, type Range } from "../../engine/address/index.js";
import type { Operation, Platform } from "../../engine/simulator/index.js";
import { bytes } from "./platform.js";

/** Spaces that random programs name; two per guest and kind, so that names collide often. */
const SPACES = 6;

const small = (max: number) => fc.integer({ min: 0, max });

/** Page-aligned most of the time, so that calls get past the first check. */
const range = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.tuple(small(24), small(5)).map(([page, pages]) => bytes(page * 4096, (pages + 1) * 4096)),
  },
  { weight: 2, arbitrary: fc.constant(bytes(0x20_0000, 0x20_0000)) },
  {
    weight: 1,
    arbitrary: fc.tuple(small(0x8000), small(0x3000)).map(([start, length]) => bytes(start, length + 1)),
  },
  { weight: 1, arbitrary: fc.constantFrom(bytes(0xfee0_0000, 4096), bytes(2 ** 48, 4096)) },
  { weight: 1, arbitrary: fc.constantFrom(...edges()) },
);

/** Ends of the address space and of the widths, and ranges that hang a machine which counts pages. */
function edges(): Range[] {
  const top = { start: { page: 2 ** 52 - 1, offset: 0 }, last: MAX_ADDRESS };
  const last = { start: { page: 2 ** 52 - 1, offset: 4095 }, last: MAX_ADDRESS };
  const everything = { start: fromBytes(0), last: MAX_ADDRESS };
  const lower = { start: fromBytes(0), last: { page: 2 ** 35 - 1, offset: 4095 } };
  const upper = { start: { page: 2 ** 52 - 2 ** 17, offset: 0 }, last: MAX_ADDRESS };
  return [top, last, everything, lower, upper, bytes(2 ** 29, 8192), bytes(2 ** 38, 8192)];
}

const address = fc.oneof(
  { weight: 8, arbitrary: small(30 * 4096) },
  { weight: 1, arbitrary: fc.constantFrom(0xfee0_0010, 2 ** 48 + 8, 0x20_0000, 0x3f_ffff) },
);

const pasid = fc.constantFrom(0, 1, 2, 3, 5, 7, 7, 9, 0x2000, 0xfffff, 0x100000, 2 ** 40);

/**
 * Any operation at all on a platform, sensible or not: about one in three succeeds.
 * @param allow rules that only inform
 */
export function operation(platform: Platform, allow?: ReadonlySet<string>): fc.Arbitrary<Operation> {
  const owner = small(platform.owners.length - 1);
  const device = small(platform.devices.length - 1);
  const space = small(SPACES - 1);
  const memory = small(platform.memories.length - 1);
  const process = small(platform.processes.length - 1);
  const access = fc.constantFrom(1, 2, 3);
  const origin = fc.nat(1000);
  const target = fc.oneof(
    fc.tuple(memory, small(12)).map(([index, page]) => ({
      kind: "memory" as const,
      memory: index,
      offset: fromBytes(page * 4096),
    })),
    small(24).map((page) => ({ kind: "address" as const, address: fromBytes(page * 4096) })),
    small(12).map((page) => ({ kind: "address" as const, address: fromBytes(0x4000_0000 + page * 4096) })),
  );
  const table = fc.constantFrom(
    { kind: "page-table" as const },
    { kind: "page-table" as const, at: fromBytes(0x1000) },
    { kind: "pasid-table" as const },
    { kind: "pasid-table" as const, at: fromBytes(0x2000) },
    { kind: "page-table" as const, format: "other" },
  );
  const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
  const make = <T extends object>(
    weight: number,
    kind: Operation["kind"],
    fields: { [K in keyof T]: fc.Arbitrary<T[K]> },
  ) => ({
    weight,
    arbitrary: fc
      .record({ kind: fc.constant(kind), origin, allow: fc.constant(allow), ...fields })
      .map(withoutUndefined),
  });
  return fc.oneof(
    make(6, "ioasid", {
      owner,
      space,
      name: space.map((n) => `s${n}`),
      parent: optional(space),
      table: optional(table),
    }),
    make(1, "free", { owner, space }),
    make(3, "bind-table", { owner, space, table }),
    make(1, "unbind-table", { owner, space, table: fc.constantFrom("page-table", "pasid-table") }),
    make(10, "map", { owner, space, range, target, access }),
    make(3, "unmap", { owner, space, range }),
    make(6, "pte", { owner, space, range, target: fc.option(target, { nil: undefined }), access }),
    make(2, "entry", { owner, table: space, pasid, space: fc.option(space, { nil: undefined }) }),
    make(2, "invalidate", { owner, space, range: optional(range) }),
    make(1, "register", {
      owner,
      memory,
      offset: fc.constant(fromBytes(0)),
      length: fc.constantFrom(fromBytes(4096), fromBytes(0x100_0000)),
    }),
    make(1, "unregister", {
      owner,
      memory,
      offset: fc.constant(fromBytes(0)),
      length: fc.constantFrom(fromBytes(4096), fromBytes(0x100_0000)),
    }),
    make(8, "bind", { owner, device }),
    make(1, "unbind", { owner, device }),
    make(14, "attach", {
      owner,
      device,
      space,
      pasid: optional(pasid),
      physical: fc.option(pasid, { nil: undefined, freq: 8 }),
    }),
    make(4, "detach", { owner, device, space, pasid: optional(pasid) }),
    make(1, "sva", { owner: fc.constant(platform.owners.length - 1), device, physical: optional(pasid) }),
    make(4, "kvm-map", { owner, pasid, space }),
    make(2, "kvm-unmap", { owner, pasid }),
    make(1, "kvm-translation", { owner, on: fc.boolean() }),
    make(1, "info-space", { owner, space }),
    make(1, "info-device", { device }),
    make(14, "dma", {
      device,
      pasid: optional(pasid),
      range: address.chain((start) =>
        fc.oneof(
          {
            weight: 9,
            arbitrary: fc.constantFrom(1, 1, 1, 4096, 9000).map((length) => bytes(start, length)),
          },
          { weight: 1, arbitrary: fc.constantFrom(...edges()) },
        ),
      ),
      access: fc.constantFrom(1, 2, 4),
      priv: fc.boolean(),
    }),
    make(5, "enqcmd", { process, device, access, address: address.map(fromBytes) }),
    make(2, "enqcmds", { owner, pasid, device, access, address: address.map(fromBytes) }),
    make(1, "set-pasid", { process, pasid: fc.option(pasid, { nil: undefined }) }),
    make(2, "respond", {
      owner,
      space,
      address: address.map(fromBytes),
      success: fc.boolean(),
      device: optional(device),
      pasid: optional(pasid),
    }),
    make(1, "migrate", { owner }),
  ) as fc.Arbitrary<Operation>;
}

function withoutUndefined(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined));
}
