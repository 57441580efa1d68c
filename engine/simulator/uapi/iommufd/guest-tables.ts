import type { Call } from "../../call.js";
import { isRefusal } from "../../call.js";
import { drawNumber } from "../../iommufd/index.js";
import { MAX_PASID } from "../../pasid/entries.js";
import { createSpace } from "../../space/create.js";
import { writePageTable, writePasidTable } from "../../space/guest-table.js";
import { findSpace } from "../../space/lookup.js";
import type { Space } from "../../state.js";
import type { Answer, OperationOf } from "../door.js";

/** The guest writes an entry of its page table; of a PASID table, the page table of its entry 0. */
export function writePte(call: Call, operation: OperationOf<"pte">): Answer {
  const { owner, space: number, range, target, access } = operation;
  const space = findSpace(call, owner, number, "the HWPT");
  return isRefusal(space) ? space : writePageTable(call, pageTableOf(call, space), range, target, access);
}

/** The guest writes an entry of its PASID table, to the page table of another HWPT or of entry 0. */
export function writeEntry(call: Call, operation: OperationOf<"entry">): Answer {
  const { owner, table: number, pasid, space } = operation;
  const table = findSpace(call, owner, number, "the HWPT");
  if (isRefusal(table)) return table;
  if (pasid > MAX_PASID) {
    const args = { device: table.name, pasid, width: 20, binding: "a PASID" };
    return call.refuse("P003", "EINVAL", args);
  }
  if (space === undefined) return writePasidTable(call, table, pasid, undefined);
  const target = findSpace(call, owner, space, "the HWPT");
  return isRefusal(target) ? target : writePasidTable(call, table, pasid, pageTableOf(call, target));
}

/** A PASID table is no page table: the one that its entry 0 leads to is made when it is first written. */
export function pageTableOf(call: Call, space: Space): Space {
  if (space.kind !== "pasid-table") return space;
  const { machine } = call;
  const found = space.entries.get(0);
  if (found) return machine.spaces.get(found.space)!;
  const number = drawNumber(machine);
  createSpace(call, {
    owner: space.owner,
    number,
    name: `${space.name} entry 0`,
    parent: space.parent,
    kind: "page-table",
    table: undefined,
  });
  machine.ownSpace(space.number).entries.set(0, { space: number, origin: call.origin });
  return machine.spaces.get(number)!;
}
