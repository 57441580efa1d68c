import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { format, syntax } from "../../../engine/language/index.js";
import { stateOutcome, stateOutcomes } from "../../../engine/services/index.js";
import { marked } from "../../helpers/cursor.js";
import { FILE, viewOf } from "../view.js";
import { applied, only } from "./apply.js";

const MACHINE = `iommu vtd { pasid-width 20 }
pdev nic at 3b:00.0 behind vtd { category 0 }
guest vm0 { memory ram at 0x0 + 1G  bind nic  ioasid gpa  attach nic -> gpa  map gpa 0x0 + 1M -> ram }
`;

/** The text after the outcome of the step at its mark was stated; `undefined` when that is not offered. */
function statedAt(source: string, state = stateOutcome): string | undefined {
  const { text, at } = marked(MACHINE + source);
  const actions = state(viewOf(text), FILE, at());
  return actions.length === 0 ? undefined : applied(text, only(actions)).slice(MACHINE.length);
}

describe("stating the outcome of a step", () => {
  it("writes where a request lands", () => {
    assert.equal(
      statedAt('scenario "a" { dma nic re$0ad 0x1000 }'),
      'scenario "a" { dma nic read 0x1000  => ram[0x1000] }',
    );
  });

  it("writes what really came where something else is stated", () => {
    assert.equal(
      statedAt('scenario "a" { dma nic re$0ad 0x1000 => fault }'),
      'scenario "a" { dma nic read 0x1000 => ram[0x1000] }',
    );
  });

  it("answers a refusal, whose author then knows of it", () => {
    const { text, at } = marked(`${MACHINE}scenario "a" { free vm$00.gpa }`);
    const action = only(stateOutcome(viewOf(text), FILE, at()));
    assert.equal(action.title, "State `=> EBUSY`, if this is what should happen");
    assert.equal(action.kind, "quickfix");
    assert.deepEqual(
      action.resolves.map(({ code }) => code),
      ["P016"],
    );
  });

  it("has nothing to say of a call that does what it is there for, nor of what is stated", () => {
    assert.equal(statedAt('scenario "a" { detach n$0ic from vm0.gpa }'), undefined);
    assert.equal(statedAt('scenario "a" { dma nic re$0ad 0x1000 => ram[0x1000] }'), undefined);
    assert.equal(statedAt('scenario "a" { assert ppasid n$0ic == none }'), undefined);
  });
});

describe("stating the outcomes of a scenario", () => {
  it("writes them below each other in a file that is laid out", () => {
    const source = `scenario "a" {
  dma nic $0read 0x1000
  dma nic read 0x10_0000                  => ram[0x0]
  detach nic from vm0.gpa
}
`;
    const { text, at } = marked(format(MACHINE) + source);
    assert.equal(format(text), text);
    const action = only(stateOutcomes(viewOf(text), FILE, at()));
    const outcome = `scenario "a" {
  dma nic read 0x1000                     => ram[0x1000]
  dma nic read 0x10_0000                  => fault not-mapped
  detach nic from vm0.gpa
}
`;
    assert.equal(applied(text, action), format(MACHINE) + outcome);
  });

  it("leaves a refusal that nobody stated to its own fixes", () => {
    assert.equal(statedAt('scenario "a" { free $0vm0.gpa }', stateOutcomes), undefined);
  });

  it("writes for every example what makes it pass", () => {
    for (const name of readdirSync("examples").filter((each) => each.endsWith(".ioasid"))) {
      let text = withoutOutcomes(readFileSync(`examples/${name}`, "utf8"));
      const count = syntax.parse(text).items.length;
      for (let index = 0; index < count; index++) {
        const { kind, start } = syntax.parse(text).items[index]!;
        if (kind !== "scenario") continue;
        for (const action of stateOutcomes(viewOf(text, IMPORTS), FILE, start)) text = applied(text, action);
      }
      const { result } = viewOf(text, IMPORTS);
      for (const { steps } of result!.scenarios) {
        for (const { step, passed, outcome } of steps) {
          if (outcome?.kind !== "reached" && outcome?.kind !== "fault") continue;
          // A request that faults and states nothing is an error, which is not stated behind its author's back.
          assert.equal(
            step.expectation !== undefined,
            passed,
            `${name}: ${text.slice(step.span.start, step.span.end)}`,
          );
        }
      }
    }
  });
});

const IMPORTS = Object.fromEntries(
  readdirSync("examples/platforms").map((name) => [
    `platforms/${name}`,
    readFileSync(`examples/platforms/${name}`, "utf8"),
  ]),
);

/** A file with the outcomes of its scenarios taken away. */
function withoutOutcomes(text: string): string {
  const spans: { start: number; end: number }[] = [];
  syntax.visit(syntax.parse(text), (node) => {
    if (node.kind === "outcome") spans.push(node);
    return true;
  });
  return spans.reverse().reduce((left, { start, end }) => left.slice(0, start) + left.slice(end), text);
}
