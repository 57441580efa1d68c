import assert from "node:assert/strict";
import { Causes } from "../../../engine/language/run/causes.js";
import type { Operation, Refusal } from "../../../engine/simulator/index.js";

const HERE = { page: 0, offset: 0 };

const bind: Operation = { origin: 1, kind: "bind", owner: 0, device: 5 };
const make: Operation = { origin: 2, kind: "ioasid", owner: 0, space: 3, name: "gva", parent: 1 };
const attach: Operation = { origin: 3, kind: "attach", owner: 0, device: 5, space: 1 };

/** A refusal by its rule alone: nothing else of it matters here. */
function refusedBy(rule: Refusal["rule"]): Refusal {
  return { rule, errno: "EINVAL", arguments: {}, related: [] } as unknown as Refusal;
}

describe("the cause of a refusal", () => {
  const causes = new Causes();
  causes.note(bind, 1);
  causes.note(make, 2);
  causes.note(attach, 3);
  const child: Operation = { ...attach, space: 3 };
  const of = (operation: Operation, rule: Refusal["rule"]): number | undefined =>
    causes.of(operation, refusedBy(rule));

  it("is the bind, for what needs the device bound", () => {
    assert.equal(of(attach, "P021"), 1);
    assert.equal(of(attach, "P026"), 1);
    assert.equal(of({ ...attach, device: 6 }, "P021"), undefined);
    assert.equal(of({ origin: 9, kind: "free", owner: 0, space: 3 }, "P021"), undefined);
  });

  it("is the allocation, for whatever names the space", () => {
    assert.equal(of({ origin: 9, kind: "free", owner: 0, space: 3 }, "U014"), 2);
    assert.equal(of({ origin: 9, kind: "free", owner: 0, space: 4 }, "U014"), undefined);
    assert.equal(of({ ...make, space: 8, parent: 3 }, "U014"), 2);
    assert.equal(of({ origin: 9, kind: "ioasid", owner: 0, space: 8, name: "x" }, "U014"), undefined);
    assert.equal(of({ origin: 9, kind: "entry", owner: 0, table: 3, pasid: 1, space: 1 }, "U014"), 2);
    assert.equal(of({ origin: 9, kind: "entry", owner: 0, table: 1, pasid: 1, space: 3 }, "U014"), 2);
    assert.equal(
      of({ origin: 9, kind: "entry", owner: 0, table: 1, pasid: 1, space: undefined }, "U014"),
      undefined,
    );
    assert.equal(of({ origin: 9, kind: "migrate", owner: 0 }, "U014"), undefined);
  });

  it("is the attach to the parent, for the attach to the child", () => {
    assert.equal(of(child, "P015"), 3);
    assert.equal(of({ ...child, device: 6 }, "P015"), undefined);
    assert.equal(of({ ...child, space: 7 }, "P015"), undefined);
    assert.equal(of({ origin: 9, kind: "sva", owner: 0, device: 5 }, "P015"), undefined);
  });

  it("is the attach, for its detach and for what the attach would have made possible", () => {
    assert.equal(of({ origin: 9, kind: "detach", owner: 0, device: 5, space: 1 }, "U020"), 3);
    assert.equal(of(bind, "U020"), undefined);
    assert.equal(of({ origin: 9, kind: "kvm-map", owner: 0, pasid: 7, space: 1 }, "P012"), 3);
    assert.equal(
      of({ origin: 9, kind: "unmap", owner: 0, space: 1, range: { start: HERE, last: HERE } }, "P018"),
      3,
    );
    assert.equal(of({ origin: 9, kind: "info-space", owner: 0, space: 2 }, "P018"), undefined);
    assert.equal(of({ origin: 9, kind: "migrate", owner: 0 }, "P018"), undefined);
  });

  it("is nothing for any other rule", () => {
    assert.equal(of(attach, "P003"), undefined);
  });
});

describe("what is known of causes", () => {
  it("is forgotten when the call succeeds", () => {
    const causes = new Causes();
    causes.note(attach, 3);
    causes.note({ ...attach, device: 6 }, 4);
    causes.note(attach, undefined);
    const detach: Operation = { origin: 9, kind: "detach", owner: 0, device: 5, space: 1 };
    assert.equal(causes.of(detach, refusedBy("U020")), undefined);
    assert.equal(causes.of({ ...detach, device: 6 }, refusedBy("U020")), 4);
    causes.note(bind, 1);
    causes.note(bind, undefined);
    assert.equal(causes.of(attach, refusedBy("P021")), undefined);
  });

  it("is copied for a scenario, which changes nothing for the others", () => {
    const causes = new Causes();
    causes.note(bind, 1);
    causes.note(make, 2);
    causes.note(attach, 3);
    const copy = causes.copy();
    copy.note(bind, undefined);
    copy.note(attach, undefined);
    assert.equal(copy.of(attach, refusedBy("P021")), undefined);
    assert.equal(causes.of(attach, refusedBy("P021")), 1);
    assert.equal(causes.of({ ...attach, space: 3 }, refusedBy("P015")), 3);
    assert.equal(copy.of({ origin: 9, kind: "free", owner: 0, space: 3 }, refusedBy("U014")), 2);
  });
});
