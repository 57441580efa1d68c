import assert from "node:assert/strict";
import { CALLS, callsRefusedBy, RULES } from "../../../engine/language/index.js";
import { type Answer, answersIn, knownAnswers } from "./answers.js";
import { WITNESSES } from "./witnesses.js";
import { IOMMUFD_WITNESSES } from "./witnesses-iommufd.js";

describe("the table of calls and their errnos", () => {
  const stated = new Set(
    CALLS.flatMap(({ operation, answers }) =>
      Object.entries(answers).flatMap(([errno, ids]) =>
        ids.map((id): Answer => `${operation} ${errno} ${id}`),
      ),
    ),
  );

  it("has what the simulator answers in all files, and nothing else", () => {
    const seen = knownAnswers();
    for (const text of [...WITNESSES, ...IOMMUFD_WITNESSES])
      for (const answer of answersIn(text)) seen.add(answer);
    assert.deepEqual([...stated].sort(), [...seen].sort());
  });

  it("names only errnos that the page of the rule names", () => {
    for (const { operation, answers } of CALLS) {
      for (const [errno, ids] of Object.entries(answers)) {
        for (const id of ids) {
          const rule = RULES.get(id) ?? assert.fail(`${id} has no rule`);
          assert.ok(
            (rule.errno as readonly string[] | undefined)?.includes(errno),
            `${operation}: ${errno} of ${id}`,
          );
        }
      }
    }
  });

  it("says for a rule which calls it refuses", () => {
    assert.deepEqual(
      callsRefusedBy("P026")
        .map(({ call, errnos }) => [call.operation, errnos.join()])
        .slice(0, 3),
      [
        ["attach", "ENOENT"],
        ["detach", "ENOENT"],
        ["ioasid", "EINVAL"],
      ],
    );
    assert.deepEqual(callsRefusedBy("S001"), []);
  });
});
