import assert from "node:assert/strict";
import fc from "fast-check";
import { completionsAt, type View } from "../../../engine/services/index.js";
import { FILE, viewOf } from "../view.js";
import { GUEST, labels, SCENARIO } from "./offering.js";

describe("completion in broken text", () => {
  it("goes on where braces are missing", () => {
    assert.ok(labels(`${GUEST}  attach nic -> $0`).includes("gpa"));
    const found = labels(`${GUEST}\n$0`);
    assert.ok(found.includes("attach") && found.includes("scenario"), "the guest may end here, or go on");
    assert.ok(labels(`${GUEST}scenario "s" {\n  dma $0`).includes("nic"));
  });

  it("goes on behind a brace that stands too early", () => {
    assert.ok(labels(`${GUEST}}\n  att$0`).includes("attach"));
    assert.ok(labels(`${GUEST}}\n}\n$0`).includes("scenario"));
  });

  it("goes on in the middle of a statement whose end is there", () => {
    assert.deepEqual(labels(`${GUEST}  attach wq0 $0 -> gva\n`), ["pasid", "->"]);
    assert.ok(labels(`${GUEST}  attach wq0 pasid $0 -> gva\n`).includes("7"));
    assert.ok(labels(`${GUEST}  attach $0 pasid 7 -> gva\n`).includes("wq0"));
  });

  it("goes on behind half a mark", () => {
    assert.ok(labels(`${GUEST}  attach wq0 -$0`).includes("->"));
    assert.ok(labels(`${SCENARIO}  dma nic read 0x1000 =$0`).includes("=>"));
    assert.ok(labels(`${SCENARIO}  assert ppasid wq0 =$0`).includes("=="));
    assert.ok(labels(`${SCENARIO}  enqcmd db to wq0 read 0x0 => #$0`).includes("#gp"));
  });

  it("leaves a blank where one is missing", () => {
    const { insert } = completionItem(`${SCENARIO}  dma nic read 0x1000 =>$0`, "ram[0x1000]");
    assert.equal(insert, " ram[0x1000]");
    assert.equal(completionItem(`${SCENARIO}  dma nic read 0x1000 => ram[$0`, "0x1000").insert, "0x1000");
  });

  it("works from what an older text was, while a newer one is not compiled yet", () => {
    const older = viewOf(`${GUEST}}\n`);
    for (const [text, label] of [
      [`${GUEST}  attach nic -> `, "gva"],
      [`${GUEST}  attach nic pasid 1 -> gva\n  attach wq0 pasid `, "7"],
      [`// a longer beginning\n${GUEST}  attach nic -> `, "gpa"],
    ] as const) {
      const { items } = completionsAt({ view: older, file: FILE, text, offset: text.length });
      assert.ok(
        items.some((item) => item.label === label),
        `${label} in ${JSON.stringify(text.slice(-30))}`,
      );
    }
  });

  it("tells no outcome of a request that was another one when it was compiled", () => {
    const older = viewOf(`${SCENARIO}  dma nic read 0x1000\n}\n`);
    const first = (text: string): string | undefined =>
      completionsAt({ view: older, file: FILE, text, offset: text.length }).items[0]?.label;
    assert.equal(first(`${SCENARIO}  dma nic read 0x1000 => `), "ram[0x1000]");
    assert.equal(first(`${SCENARIO}  dma nic read 0x1000_0000 => `), "fault");
    assert.equal(first(`${SCENARIO}  dma nic read 0x10 => `), "fault");
  });

  it("never throws, and edits the line of the cursor alone, whatever the text is", () => {
    const pieces = fc.constantFrom(
      ..."attach wq0 pasid 7 -> gva\n".split(/(?<= )/),
      ...'guest vm0 { } ioasid gpa on scenario "s" { dma nic read 0x0 => fault wire none assert'.split(
        /(?<= )/,
      ),
      "\n",
      "\r\n",
      "  ",
      "// ",
      "/*",
      '"',
      "vm0.",
      "ram[",
      "#",
      "3b:",
      "é",
      "\u{1f600}",
      "-",
      "=",
    );
    const views: readonly View[] = [viewOf(SCENARIO), viewOf(GUEST), viewOf("")];
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 30 }),
        fc.boolean(),
        fc.nat(),
        fc.constantFrom(...views),
        (words, isBehind, at, view) => {
          const text = (isBehind ? SCENARIO : "") + words.join("");
          const offset = isBehind
            ? SCENARIO.length + (at % (text.length - SCENARIO.length + 1))
            : at % (text.length + 1);
          const { replace, items } = completionsAt({ view, file: FILE, text, offset });
          assert.ok(replace.start <= offset && offset <= replace.end && replace.end <= text.length);
          assert.doesNotMatch(text.slice(replace.start, replace.end), /[\r\n]/);
          assert.ok(items.every(({ label, insert }) => label !== "" && insert !== ""));
        },
      ),
      { numRuns: 1500 },
    );
  });
});

function completionItem(source: string, label: string) {
  const offset = source.indexOf("$0");
  const text = source.replace("$0", "");
  const { items } = completionsAt({ view: viewOf(text), file: FILE, text, offset });
  const found = items.find((item) => item.label === label);
  assert.ok(found, label);
  return found;
}
