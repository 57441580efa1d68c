import assert from "node:assert/strict";
import { type Children, scopesOf, Thread, Timeline, type Variable } from "../../engine/debugger/index.js";
import { compile, type Step } from "../../engine/language/index.js";

/** PASIDs of a device with 20 bits, all of them but the one that is for requests without. */
const PASIDS = 2 ** 20 - 1;

const TEXT = `iommu vtd { pasid-width 20  nesting hardware }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 20 }
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  bind nic
  ioasid gva
  attach nic pasid 1 -> gva
}
scenario "long" { dma nic pasid 1 read 0x1000 => fault }
`;

/** A thread of a host on which a device has all PASIDs that there are. */
function longThread(): Thread {
  const program = compile("long.ioasid", { read: () => TEXT, resolve: (_from, target) => target });
  const [scenario] = program.scenarios;
  const attach = program.start.at(-1);
  assert.ok(scenario && attach?.kind === "operation" && attach.operation.kind === "attach");
  const { operation } = attach;
  const more = Array.from(
    { length: PASIDS - 1 },
    (_, index): Step => ({ ...attach, operation: { ...operation, pasid: index + 2 } }),
  );
  const long = { ...program, start: [...program.start, ...more] };
  return new Thread(1, new Timeline(long, scenario));
}

describe("a table of a million PASIDs", () => {
  let thread: Thread;

  before(() => {
    thread = longThread();
  });

  function inside(scope: string, ...names: readonly string[]): Children {
    const found = scopesOf(thread).find(({ name }) => name === scope);
    return names.reduce<Children>((children, name) => {
      const next = children.page(0, 100).find((each: Variable) => each.name === name)?.children;
      assert.ok(next, name);
      return next;
    }, found!.children());
  }

  it("is given page by page, at its begin and at its end", () => {
    for (const [scope, ...names] of [
      ["Device", "nic", "vPASIDs"],
      ["PASID table", "3b:00.0 nic"],
      ["Address space", "vm0.gva", "attached"],
    ] as const) {
      const table = inside(scope, ...names);
      assert.equal(table.count, PASIDS);
      assert.match(table.page(0, 100)[0]!.name, /PASID 1\b/);
      assert.equal(table.page(0, 100).length, 100);
      const [last, ...others] = table.page(PASIDS - 1, 100);
      assert.match(last!.name, new RegExp(`PASID ${PASIDS}\\b`));
      assert.deepEqual(others, []);
    }
  });

  it("is not walked for what is seen of it", () => {
    const { entries } = thread.machine.device(0).attachments;
    let seen = 0;
    thread.machine.device(0).attachments.entries = function* () {
      for (const each of entries.call(thread.machine.device(0).attachments)) {
        seen += 1;
        yield each;
      }
    };
    inside("Device", "nic", "vPASIDs").page(0, 100);
    assert.ok(seen > 0 && seen <= 101, `${seen} entries were looked at`);
  });
});
