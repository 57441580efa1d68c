import assert from "node:assert/strict";
import { compile, type Diagnostic, runToEnd } from "../../../engine/language/index.js";

const HARDWARE = `
iommu vtd { pasid-width 20  nesting hardware }
cpu { enqcmd  pasid-translation }
pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
mdev wq0 on dsa { category 5  queue shared }
mdev wq1 on dsa { category 5  queue shared }
mdev dwq on dsa { category 5  queue dedicated }
mdev hidden on dsa { category 5  queue shared  hide enqcmd }
mdev q0 on dsa { category 4 }
mdev q1 on dsa { category 4 }
mdev q2 on dsa { category 4 }
`;

/** A guest with two child spaces, on which the devices are attached with a default space. */
function guest(name: string, devices: readonly string[], steps: string): string {
  return `guest ${name} {
  ioasid gpa
  ${devices.map((device) => `bind ${device}  attach ${device} -> gpa`).join("\n  ")}
  ioasid one on gpa page-table
  ioasid two on gpa page-table
  ${steps}
}
`;
}

interface Found {
  readonly finding: string;
  readonly at: string;
  readonly message: string;
  readonly related: readonly string[];
}

/** What is found beside errors, with the text of the places. */
function findings(...owners: string[]): Found[] {
  const text = HARDWARE + owners.join("");
  const { diagnostics } = runToEnd(compile("file.ioasid", { read: () => text, resolve: (_from, to) => to }));
  const source = ({ span }: { span: Diagnostic["span"] }) => text.slice(span.start, span.end);
  // Which of the two spaces a test leaves aside is not what it is about.
  const wanted = diagnostics.filter(({ code }) => code !== "U096");
  return wanted.map((diagnostic) => ({
    finding: `${diagnostic.code} ${diagnostic.severity}`,
    at: source(diagnostic),
    message: diagnostic.message,
    related: diagnostic.related.map(source),
  }));
}

describe("a category-5 attach without its KVM mapping", () => {
  it("is a warning that says which statement is missing", () => {
    const [found, ...more] = findings(guest("vm0", ["wq0"], "attach wq0 pasid 7 -> one"));
    assert.deepEqual(more, []);
    assert.equal(found?.finding, "P010 warning");
    assert.equal(found.at, "attach wq0 pasid 7 -> one");
    assert.match(found.message, /PASID translation is off for vm0/);
    assert.match(found.message, /`kvm map pasid 7 -> one`/);
  });

  it("causes a VM exit instead of a closed portal once another vPASID is mapped", () => {
    const steps = "attach wq0 pasid 7 -> one  kvm map pasid 7 -> one  attach wq0 pasid 8 -> two";
    const [found, ...more] = findings(guest("vm0", ["wq0"], steps));
    assert.deepEqual(more, []);
    assert.equal(found?.at, "attach wq0 pasid 8 -> two");
    assert.match(found.message, /VM exit/);
  });

  it("is information under `allow`", () => {
    const found = findings(guest("vm0", ["wq0"], "allow P010  attach wq0 pasid 7 -> one"));
    assert.deepEqual(
      found.map(({ finding }) => finding),
      ["P010 information"],
    );
  });

  it("is fine on a dedicated queue and where ENQCMD is hidden", () => {
    const steps = "attach dwq pasid 7 -> one  attach hidden pasid 8 -> two";
    assert.deepEqual(findings(guest("vm0", ["dwq", "hidden"], steps)), []);
  });

  it("is fine when a sibling's mapping of the same space serves both", () => {
    const steps = "attach wq0 pasid 7 -> one  attach wq1 pasid 7 -> one  kvm map pasid 7 -> one";
    assert.deepEqual(findings(guest("vm0", ["wq0", "wq1"], steps)), []);
  });
});

describe("one vPASID for two spaces of a guest", () => {
  it("is a warning at the attach that the slot does not serve, linked to the one it serves", () => {
    const steps = "attach wq0 pasid 9 -> one  kvm map pasid 9 -> one  attach wq1 pasid 9 -> two";
    const [found, ...more] = findings(guest("vm0", ["wq0", "wq1"], steps));
    assert.deepEqual(more, []);
    assert.equal(found?.finding, "P011 warning");
    assert.equal(found.at, "attach wq1 pasid 9 -> two");
    assert.deepEqual(found.related, ["attach wq0 pasid 9 -> one"]);
  });
});

describe("equal vPASIDs on slices of one parent", () => {
  it("are information when the guests differ, linked to the other one", () => {
    const [found, ...more] = findings(
      guest("vm0", ["q0"], "attach q0 pasid 7 -> one"),
      guest("vm1", ["q1"], "attach q1 pasid 7 -> one"),
    );
    assert.deepEqual(more, []);
    assert.equal(found?.finding, "P027 information");
    assert.match(found.message, /q1 in vm1 and of q0 in vm0/);
    assert.deepEqual(found.related, ["attach q0 pasid 7 -> one"]);
  });

  it("are nothing to tell within one guest, or when they differ", () => {
    const same = "attach q0 pasid 7 -> one  attach q1 pasid 7 -> two";
    assert.deepEqual(findings(guest("vm0", ["q0", "q1"], same)), []);
    assert.deepEqual(
      findings(
        guest("vm0", ["q0"], "attach q0 pasid 7 -> one"),
        guest("vm1", ["q1"], "attach q1 pasid 8 -> one"),
      ),
      [],
    );
  });

  it("are told once for each further guest", () => {
    const found = findings(
      guest("vm0", ["q0"], "attach q0 pasid 7 -> one"),
      guest("vm1", ["q1"], "attach q1 pasid 7 -> one"),
      guest("vm2", ["q2"], "attach q2 pasid 7 -> one"),
    );
    assert.deepEqual(
      found.map(({ finding, related }) => `${finding} ${related}`),
      Array(2).fill("P027 information attach q0 pasid 7 -> one"),
    );
  });
});
