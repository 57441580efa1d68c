import assert from "node:assert/strict";
import { parse } from "../../../engine/language/index.js";
import { textOf } from "../../../engine/services/completion/item.js";
import { viewOf } from "../view.js";
import { accepted, GUEST, HARDWARE, itemAt, labels, offered, SCENARIO } from "./offering.js";

/** The labels of statements alone. */
function statements(source: string): string[] {
  return offered(source)
    .items.filter(({ kind }) => kind === "statement")
    .map(({ label }) => label);
}

describe("completion of statements", () => {
  it("offers in a file what belongs on its top level, and several things at once", () => {
    const found = labels("iommu vtd { }\n$0");
    assert.deepEqual(found.slice(0, 4), ["pdev", "mdev", "guest", "scenario"]);
    assert.ok(found.includes("allow") && !found.includes("attach"));
    assert.ok(found.includes("guest with memory and a device"));
  });

  it("offers `uapi` only where it may stand, and `cpu` once", () => {
    assert.ok(statements("$0").includes("uapi"));
    assert.ok(!statements("iommu vtd { }\n$0").includes("uapi"));
    assert.ok(!statements(`${HARDWARE}$0`).includes("cpu"));
    assert.ok(statements("iommu vtd { }\nc$0pu { }").includes("cpu"), "it is the one that is written");
  });

  it("tells guests and native drivers apart", () => {
    const guest = statements(`${GUEST}  $0`);
    assert.ok(guest.includes("kvm") && guest.includes("process") && !guest.includes("sva"));
    const native = statements(`${HARDWARE}native tool {\n  $0`);
    assert.ok(native.includes("sva") && !native.includes("kvm") && !native.includes("viommu"));
  });

  it("leaves out what the uAPI of the file has no call for", () => {
    assert.ok(!statements(`${GUEST}  $0`).includes("bind-pgtable"));
    const v1 = statements("uapi v1 { }\nguest vm0 {\n  $0");
    assert.ok(v1.includes("bind-pgtable") && v1.includes("register"));
  });

  it("offers the lines of a table in its braces, the one that fits its kind first", () => {
    assert.deepEqual(labels(`${GUEST}  ioasid x { $0`), ["map", "pte", "entry"]);
    assert.equal(labels(`${GUEST}  ioasid x on gpa page-table { $0`)[0], "pte");
    assert.equal(labels(`${GUEST}  ioasid x on gpa pasid-table { $0`)[0], "entry");
  });

  it("offers in a scenario no declarations", () => {
    const found = statements(`${SCENARIO}  $0`);
    assert.deepEqual(found.slice(0, 3), ["dma", "enqcmd", "assert"]);
    assert.ok(!found.includes("memory") && !found.includes("sva") && !found.includes("pdev"));
  });

  it("puts another statement behind what completes this one", () => {
    const found = labels(`${GUEST}  map gpa 0x4000_0000 + 4K -> ram $0`);
    assert.ok(found.indexOf("rw") < found.indexOf("attach"), found.join(" "));
    assert.ok(found.indexOf("=>") < found.indexOf("attach"));
  });

  it("goes on with a statement on its next line only when that stands deeper", () => {
    const source = (indent: string): string => `${SCENARIO}  dma nic read 0x1000\n${indent}$0`;
    assert.ok(labels(source("      ")).includes("=>"));
    assert.ok(!labels(source("  ")).includes("=>"));
    assert.ok(labels(source("  ")).includes("dma"));
  });

  it("begins another statement on a line of its own, whatever is missing above", () => {
    const found = labels(`${GUEST}  attach nic\n  $0`);
    assert.ok(found.includes("bind") && !found.includes("->"));
  });
});

describe("a snippet", () => {
  it("has the form of the statement, with what can be named here to choose from", () => {
    assert.equal(itemAt(`${GUEST}  $0`, "attach").snippet, `attach \${1|nic,disk,wq0|} -> \${2|gpa,gva|}`);
    assert.equal(
      itemAt(`${SCENARIO}  $0`, "dma").snippet,
      `dma \${1|nic,disk,wq0|} \${2|read,write,exec|} \${3:0x1000}`,
    );
    assert.match(
      itemAt(`${HARDWARE}$0`, "pdev").snippet ?? "",
      /^pdev \$\{1:NAME\} at \$\{2\|4c:01.0,4c:00.1,/,
    );
  });

  it("names what exists, and the IOMMU where there are several", () => {
    assert.equal(itemAt(`${GUEST}  $0`, "free").snippet, `free \${1|gpa,gva|}`);
    const two = "iommu a { }\niommu b { }\n$0";
    assert.match(itemAt(two, "pdev").snippet ?? "", / behind \$\{3\|a,b\|\} \{/);
  });

  it("gives a block its lines", () => {
    assert.equal(itemAt("$0", "guest").snippet, `guest \${1:vm0} {\n\t$0\n}`);
    assert.equal(itemAt(`${GUEST}}\n$0`, "guest").snippet, `guest \${1:vm1} {\n\t$0\n}`);
  });

  it("is left out where the statement goes on behind the cursor", () => {
    const found = itemAt(`${GUEST}  att$0 nic -> gpa\n`, "attach");
    assert.equal(found.snippet, undefined);
    assert.equal(found.insert, "attach");
    assert.equal(itemAt(`${GUEST}  att$0 // later\n`, "attach").insert, "attach");
  });

  it("is good syntax as it stands", () => {
    for (const [before, after] of [
      [HARDWARE, ""],
      [`${GUEST}  `, "\n}\n"],
      [`uapi v1 { }\n${GUEST}  `, "\n}\n"],
      [`${HARDWARE}native tool {\n  `, "\n}\n"],
      [`${SCENARIO}  `, "\n}\n"],
    ] as const) {
      for (const { label, snippet, kind } of offered(`${before}$0${after}`).items) {
        if (snippet === undefined || label === "import" || kind !== "statement") continue;
        const text = `${before}${textOf(snippet)}${after}`;
        const { issues } = parse(text);
        assert.deepEqual(issues, [], textOf(snippet));
      }
    }
  });

  it("of several statements works as it stands", () => {
    for (const [before, after] of [
      [HARDWARE, ""],
      [`uapi v1 { }\n${HARDWARE}`, ""],
      [`${GUEST}  `, "\n}\n"],
    ] as const) {
      const blocks = offered(`${before}$0${after}`).items.filter(({ kind }) => kind === "block");
      assert.ok(blocks.length > 0);
      for (const { insert, label } of blocks) {
        const { analysis, result } = viewOf(`${before}${insert}${after}`);
        const known = viewOf(`${before}${after}`).result;
        const errors = (each: typeof result): string[] =>
          (each?.diagnostics ?? [])
            .filter(({ severity }) => severity === "error")
            .map(({ message }) => message);
        const expected = label.startsWith("scenario") ? 1 : 0;
        assert.equal(
          errors(result).length - errors(known).length,
          expected,
          `${label}\n${errors(result).join("\n")}`,
        );
        assert.ok(analysis.trees.size > 0);
      }
    }
  });

  it("becomes plain text for an editor without snippets", () => {
    assert.equal(accepted("iommu vtd { }\n$0", "guest"), "iommu vtd { }\nguest ");
    assert.equal(textOf(`a \${1:b} $1 \${2|c,d|} \\$ $0`), "a b b c $ ");
  });
});
