import { EpochMap } from "../../address/index.js";
import type { Origin } from "../platform.js";

/** PASIDs of one table: bits 9:0 index 1024 entries of 32 bits. */
const TABLE_ENTRIES = 1024;
const VALID = 0x8000_0000;
const RESERVED = 0x7ff0_0000;
const HOST_PASID = 0x000f_ffff;

/** Where a guest PASID is looked up (domain.md 4.4): bit 19, bits 18:10 and bits 9:0. */
export interface VmxIndex {
  readonly directory: "low" | "high";
  readonly directoryIndex: number;
  readonly tableIndex: number;
}

/** @param pasid 0 to 0xfffff */
export function vmxIndex(pasid: number): VmxIndex {
  return {
    directory: (pasid >> 19) & 1 ? "high" : "low",
    directoryIndex: (pasid >> 10) & 0x1ff,
    tableIndex: pasid & 0x3ff,
  };
}

interface Table {
  readonly epoch: number;
  readonly entries: Uint32Array;
  readonly origins: Int32Array;
}

/** What the CPU found for a guest PASID, and where the lookup ended. */
export type VmxLookup =
  | { readonly valid: true; readonly physical: number; readonly origin: Origin }
  | { readonly valid: false; readonly missing: "directory-entry" | "table-entry" };

/**
 * The PASID translation structures of one VM: a low and a high directory of 512 entries, and 4-KiB tables
 * of 1024 entries with the valid bit at 31 and the host PASID in bits 19:0. All vCPUs share them (G1).
 */
export class VmxTables {
  private constructor(
    readonly epoch: number,
    /** Tables by bits 19:10 of the guest PASID: 0 to 511 the low directory, 512 to 1023 the high one. */
    private tables: EpochMap<Table>,
    /** How many entries give each host PASID, so that a detach need not look through all of them. */
    private counts: EpochMap<number>,
  ) {}

  static empty(epoch: number): VmxTables {
    return new VmxTables(epoch, EpochMap.empty(epoch), EpochMap.empty(epoch));
  }

  own(epoch: number): VmxTables {
    if (epoch === this.epoch) return this;
    return new VmxTables(epoch, this.tables.own(epoch), this.counts.own(epoch));
  }

  /** Whether the directory entry for this guest PASID has its present bit. */
  directoryPresent(pasid: number): boolean {
    return this.tables.has(pasid >> 10);
  }

  /** The raw 32-bit table entry; 0 where there is no table. */
  raw(pasid: number): number {
    return this.tables.get(pasid >> 10)?.entries[pasid & 0x3ff] ?? 0;
  }

  /** What VMX PASID translation makes of a guest PASID; a miss or a reserved bit is exit 72 or 73. */
  translate(pasid: number): VmxLookup {
    const table = this.tables.get(pasid >> 10);
    if (!table) return { valid: false, missing: "directory-entry" };
    const entry = table.entries[pasid & 0x3ff]!;
    if ((entry & VALID) === 0 || (entry & RESERVED) !== 0) return { valid: false, missing: "table-entry" };
    return { valid: true, physical: entry & HOST_PASID, origin: table.origins[pasid & 0x3ff]! };
  }

  /** Writes one entry; the table is made when its directory entry is not present yet. */
  set(pasid: number, physical: number, origin: Origin): void {
    this.clear(pasid);
    this.counts.set(physical, (this.counts.get(physical) ?? 0) + 1);
    const table = this.ownTable(pasid >> 10);
    table.entries[pasid & 0x3ff] = (VALID | physical) >>> 0;
    table.origins[pasid & 0x3ff] = origin;
  }

  /** Clears one entry; its table stays, as KVM would keep the page. */
  clear(pasid: number): void {
    const found = this.translate(pasid);
    if (!found.valid) return;
    const left = this.counts.get(found.physical)! - 1;
    if (left > 0) this.counts.set(found.physical, left);
    else this.counts.delete(found.physical);
    this.ownTable(pasid >> 10).entries[pasid & 0x3ff] = 0;
  }

  /** The valid entry of the lowest guest PASID that gives a host PASID. */
  slotOf(physical: number): { pasid: number; physical: number; origin: Origin } | undefined {
    if (!this.counts.has(physical)) return undefined;
    for (const slot of this.entries()) if (slot.physical === physical) return slot;
    return undefined;
  }

  /** Every valid entry, by ascending guest PASID. */
  *entries(): IterableIterator<{ pasid: number; physical: number; origin: Origin }> {
    for (const [high, table] of this.tables.entries()) {
      for (let index = 0; index < TABLE_ENTRIES; index++) {
        const entry = table.entries[index]!;
        if (entry & VALID) {
          yield { pasid: (high << 10) | index, physical: entry & HOST_PASID, origin: table.origins[index]! };
        }
      }
    }
  }

  private ownTable(key: number): Table {
    const found = this.tables.get(key);
    if (found?.epoch === this.epoch) return found;
    const table: Table = {
      epoch: this.epoch,
      entries: found ? found.entries.slice() : new Uint32Array(TABLE_ENTRIES),
      origins: found ? found.origins.slice() : new Int32Array(TABLE_ENTRIES),
    };
    this.tables.set(key, table);
    return table;
  }
}
