import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import {
  type Children,
  comparedPage,
  evaluate,
  exceptionsOf,
  framesOf,
  isProblem,
  lineOfStage,
  scopesOf,
  stateDocument,
  stateWords,
  Thread,
  Timeline,
} from "../../engine/debugger/index.js";
import { stateHash } from "../../engine/simulator/index.js";
import { root } from "../helpers/marks.js";
import { viewOf } from "../services/view.js";

const TEXTS = readdirSync(`${root}/examples`)
  .filter((name) => name.endsWith(".ioasid"))
  .map((name) => [name, readFileSync(`${root}/examples/${name}`, "utf8")] as const)
  .filter(([, text]) => !text.includes("import "));

/** Opens everything that can be opened, each value beside the one of another moment. */
function open(now: Children, before: Children | undefined): number {
  return comparedPage(now, before, 0, 50).reduce((sum, { now: each, was, changed }) => {
    assert.ok(each.name !== "" && each.value !== "", each.name);
    if (was === undefined) assert.ok(changed || before === undefined);
    return sum + 1 + (each.children ? open(each.children, was?.children) : 0);
  }, 0);
}

describe("every moment of every example", () => {
  for (const [name, text] of TEXTS) {
    it(`can be looked at and asked, and is not changed by it: ${name}`, () => {
      const { program } = viewOf(text).analysis;
      for (const [id, scenario] of program.scenarios.entries()) {
        const thread = new Thread(id, new Timeline(program, scenario));
        thread.travel(0);
        for (let before = thread.machine; !thread.isAtEnd; ) {
          const hash = stateHash(thread.machine);
          const earlier = scopesOf(thread, before);
          for (const [index, { children }] of scopesOf(thread).entries()) {
            open(children(), earlier[index]?.children());
          }
          assert.ok(framesOf(thread).length >= 2);
          const document = stateDocument(thread.timeline, thread.position.step);
          for (const { kind } of thread.stages) assert.ok(lineOfStage(document, kind) > 0, kind);
          for (const fact of exceptionsOf(thread.result!)) assert.ok(fact.names.length > 0);
          for (const query of queriesOf(program.platform)) {
            const answer = evaluate(query, thread);
            assert.ok(!isProblem(answer), `${query}: ${isProblem(answer) ? answer.problem : ""}`);
          }
          assert.ok([...stateWords(thread.machine)].every((line) => line !== ""));
          assert.equal(stateHash(thread.machine), hash);
          before = thread.machine;
          thread.next();
        }
        assert.deepEqual(
          framesOf(thread).map(({ kind }) => kind),
          ["scenario"],
        );
        open(scopesOf(thread)[0]!.children(), undefined);
      }
    });
  }
});

function queriesOf(platform: ReturnType<typeof viewOf>["analysis"]["program"]["platform"]): string[] {
  const { devices, owners, memories, processes } = platform;
  return [
    ...devices.flatMap(({ name }) => [
      name,
      `ppasid ${name}`,
      `reach ${name} pasid any`,
      `translate ${name} 0x1000 write`,
      `translate ${name} pasid 7 0x7f00_0000_1000 exec`,
    ]),
    ...owners.flatMap(({ name }) => [name, `reach ${name}`, `kvm ${name}`, `kvm ${name} pasid 7`]),
    ...memories.map(({ name, owner }) => `who reaches ${owners[owner]!.name}.${name}[0x0 + 4K]`),
    ...processes.map(({ name, owner }) => `${owners[owner]!.name}.${name}`),
    "outcome == ok || fault != none && !passed",
    "code",
    "errno",
    "rule",
    "wire",
    "hpa",
    "step",
    "diff since start",
    "diff since 3",
  ];
}
