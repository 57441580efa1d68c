import assert from "node:assert/strict";
import {
  ignoreActions,
  levelActions,
  quickFixes,
  rulesToFixAtOnce,
  type View,
} from "../../../engine/services/index.js";
import { FILE, viewOf } from "../view.js";
import { applied, only } from "./apply.js";

const MACHINE = `iommu vtd { pasid-width 20 }
cpu { enqcmd  pasid-translation }
pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
mdev wq0 on dsa { category 5  queue shared }
`;

/** A category-5 attach without its KVM mapping: P010, which is no failure of the step. */
const UNMAPPED = `${MACHINE}guest vm0 {
  memory ram at 0x0 + 1G
  bind wq0
  ioasid gpa
  attach wq0 -> gpa
  ioasid gva on gpa page-table
  attach wq0 pasid 7 -> gva
}
`;

function findings({ result }: View, code: string) {
  return result!.diagnostics.filter((each) => each.code === code);
}

describe("quick fixes", () => {
  it("put the one first that chooses nothing for the author", () => {
    const text = `${MACHINE}guest vm0 { bnd wq0 }\n`;
    const view = viewOf(text);
    const action = only(quickFixes(view.analysis, findings(view, "S009")));
    assert.equal(action.preferred, true);
    assert.deepEqual(action.resolves, findings(view, "S009"));
    assert.equal(applied(text, action), text.replace("bnd", "bind"));
  });

  it("are there once for all findings that they answer", () => {
    const view = viewOf(UNMAPPED);
    const twice = [...findings(view, "P010"), ...findings(view, "P010")];
    for (const action of quickFixes(view.analysis, twice)) assert.equal(action.resolves.length, 2);
  });

  it("go together where a file has several findings of a rule that each have a safe one", () => {
    const text = `${MACHINE}guest vm0 {\n  bnd wq0\n  iosid gpa\n}\nguest vm1 { }\nnativ n { }\n`;
    const view = viewOf(text);
    const all = view.result!.diagnostics;
    assert.deepEqual(rulesToFixAtOnce(view.analysis, FILE, findings(view, "S009"), all), ["S009"]);
    const one = viewOf(`${MACHINE}guest vm0 { bnd wq0 }\n`);
    assert.deepEqual(
      rulesToFixAtOnce(one.analysis, FILE, one.result!.diagnostics, one.result!.diagnostics),
      [],
    );
  });
});

describe("hiding a finding", () => {
  it("is offered at its statement, in its file, and for the folder", () => {
    const view = viewOf(UNMAPPED);
    const [finding] = findings(view, "P010");
    const config = { file: "ioasid.config.json", text: undefined };
    const actions = [...ignoreActions(view, finding!), ...levelActions(view, finding!, config)];
    assert.deepEqual(
      actions.map(({ title }) => title),
      ["Ignore P010 here", "Ignore P010 in this file", 'Set P010 to "off" in ioasid.config.json'],
    );
    assert.equal(
      applied(UNMAPPED, actions[0]!),
      UNMAPPED.replace("  attach wq0 pasid", "  // ioasid-ignore P010 -- \n  attach wq0 pasid"),
    );
    assert.equal(actions[0]?.edits[0]?.caret, "  // ioasid-ignore P010 -- ".length);
    assert.deepEqual(actions[2]?.creates, ["ioasid.config.json"]);
  });

  it("goes into the configuration that is there", () => {
    const view = viewOf(UNMAPPED);
    const [finding] = findings(view, "P010");
    const [action] = levelActions(view, finding!, { file: "a/ioasid.config.json", text: '{ "rules": {} }' });
    assert.equal(action?.title, 'Set P010 to "off" in ioasid.config.json');
    assert.equal(action?.creates, undefined);
  });

  it("is not offered for a step that failed, which keeps an error anyway", () => {
    const view = viewOf(`${MACHINE}guest vm0 { ioasid gpa  attach wq0 -> gpa }\n`);
    const [finding] = findings(view, "P021");
    assert.ok(finding);
    assert.deepEqual(ignoreActions(view, finding), []);
    assert.deepEqual(levelActions(view, finding, { file: "ioasid.config.json", text: "{}" }), []);
  });

  it("is not offered for a mistake in the text, nor for what the author knows", () => {
    const view = viewOf(`${MACHINE}guest vm0 { bnd wq0 }\n`);
    assert.deepEqual(ignoreActions(view, findings(view, "S009")[0]!), []);
    const known = viewOf(`${MACHINE}guest vm0 { ioasid gpa  attach wq0 -> gpa => EINVAL }\n`);
    const hints = known.result!.diagnostics.filter(({ severity }) => severity === "hint");
    assert.ok(hints.length > 0);
    for (const hint of hints) assert.deepEqual(ignoreActions(known, hint), []);
  });
});
