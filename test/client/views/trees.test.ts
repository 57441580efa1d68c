import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { deviceNodes } from "../../../client/views/nodes/devices.js";
import { guestNode } from "../../../client/views/nodes/kvm.js";
import { type Listing, listing, type TreeNode } from "../../../client/views/nodes/node.js";
import { pasidTableNode } from "../../../client/views/nodes/pasid-tables.js";
import { ownerNode } from "../../../client/views/nodes/spaces.js";
import type { Span } from "../../../engine/language/index.js";
import { stateOf } from "../../../engine/report/index.js";
import type { FileState, RangeIn } from "../../../server/protocol/index.js";
import { assertStored } from "../../report/stored.js";
import { viewOf } from "../../services/view.js";
import { treeLines } from "./tree-lines.js";

/** The state of a text; the line of a place is the offset of it, so that the text can be found again. */
function stateIn(text: string, scenario?: string): FileState {
  const { result } = viewOf(text);
  assert.ok(result);
  const place = ({ start, end }: Span): RangeIn => ({
    uri: "file:///test.ioasid",
    range: { start: { line: start, character: 0 }, end: { line: end, character: 0 } },
  });
  return stateOf(result, scenario, place);
}

/** The trees of all views, a line for each node, with what it leads to and what its menu knows of it. */
function treesText(text: string, scenario?: string): string {
  const { devices, owners, pasidTables, guests } = stateIn(text, scenario);
  const trees: readonly (readonly [string, readonly (TreeNode | Listing)[]])[] = [
    ["Devices", deviceNodes(devices)],
    ["I/O Address Spaces", [listing(owners, ownerNode)]],
    ["PASID Tables", [listing(pasidTables, pasidTableNode)]],
    ["KVM PASID Mappings", [listing(guests, guestNode)]],
  ];
  return trees.flatMap(([title, nodes]) => [title, ...treeLines(text, nodes, "  "), ""]).join("\n");
}

const CONFLICTS = `
iommu vtd { pasid-width 20  nesting hardware  ats  page-requests }
cpu { enqcmd  pasid-translation }
pdev dsa at 6a:01.0 behind vtd { pasid-width 20  ats  page-requests  enqcmd }
mdev wq0 on dsa { category 5  queue shared }
mdev wq1 on dsa { category 5  queue shared }
pdev nvme at 3b:00.0 behind vtd { category 0 }
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  bind wq0  bind wq1  bind nvme
  ioasid gpa
  attach wq0 -> gpa  attach wq1 -> gpa  attach nvme -> gpa
  map gpa 0x0 + 1G -> ram
  ioasid one on gpa page-table
  ioasid two on gpa page-table
  attach wq0 pasid 7 -> one
  attach wq0 pasid 8 -> one
  attach wq1 pasid 7 -> two
  attach nvme pasid 7 -> one
  kvm map pasid 7 -> one
  kvm map pasid 9 -> two
  unmap gpa 0x0 + 4K
}
`;

describe("the trees of the views", () => {
  for (const name of ["guest-sva", "smmuv3"]) {
    it(`of the example ${name} are the stored ones`, () => {
      const text = readFileSync(`examples/${name}.ioasid`, "utf8");
      assertStored(`test/client/views/fixtures/${name}.txt`, treesText(text));
    });
  }

  it("of a file with conflicts show what is wrong at what it is about", () => {
    assertStored("test/client/views/fixtures/conflicts.txt", treesText(CONFLICTS));
  });

  it("tell siblings apart, so that what is open stays open when the state changes", () => {
    const keysOf = (nodes: readonly (TreeNode | Listing)[]): void => {
      const all = nodes.flatMap((node) => ("page" in node ? node.page.items.map(node.make) : [node]));
      const keys = all.map(({ key }) => key);
      assert.deepEqual([...new Set(keys)], keys);
      for (const { children = [] } of all) keysOf(children);
    };
    const { devices, owners, pasidTables, guests } = stateIn(CONFLICTS);
    keysOf(deviceNodes(devices));
    keysOf([listing(owners, ownerNode)]);
    keysOf([listing(pasidTables, pasidTableNode)]);
    keysOf([listing(guests, guestNode)]);
  });
});
