import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { completeQuery } from "../../engine/debugger/index.js";
import { root } from "../helpers/marks.js";
import { threadOf } from "./threads.js";

const TEXT = readFileSync(`${root}/examples/guest-sva.ioasid`, "utf8");

/** The words that a query can go on with, and where they begin. */
function complete(query: string): string {
  const { machine } = threadOf(TEXT);
  const { start, words } = completeQuery(query, machine);
  return `${start}: ${words.map(({ word }) => word).join(" ")}`;
}

describe("the completion of a query", () => {
  it("begins with questions, facts and every name there is at the moment", () => {
    const all = complete("");
    for (const word of ["translate", "diff", "outcome", "nic", "vm0", "vm0.gva", "vm0.ram", "vm0.db"]) {
      assert.ok(all.split(" ").includes(word), word);
    }
    assert.equal(complete("tr"), "0: translate");
    assert.equal(complete("vm0.r"), "0: vm0.ram");
    const { machine } = threadOf(TEXT);
    const [translate] = completeQuery("trans", machine).words;
    assert.match(translate?.about ?? "", /^translate DEV \[pasid N\]/);
  });

  it("goes on in a question with what its next part can be", () => {
    for (const [query, words] of [
      ["translate n", "10: nic"],
      ["translate nic ", "14: pasid"],
      ["translate nic pasid ", "20: 7"],
      ["translate nic pasid 7 0x1000 ", "29: read write exec"],
      ["translate nic pasid 7 ", "22: read write exec"],
      ["translate nic 7 who ", "20: "],
      ["who ", "4: maps reaches writes"],
      ["who maps vm1", "9: vm1.ram"],
      ["who maps vm1.ram ", "17: "],
      ["ppasid wq", "7: wq0 wq1"],
      ["ppasid wq0 ", "11: 7"],
      ["ppasid wq0 7 ", "13: "],
      ["ppasid none ", "12: "],
      ["kvm vm", "4: vm0 vm1"],
      ["kvm vm0 ", "8: 7"],
      ["kvm vm0 7 ", "10: "],
      ["kvm nobody ", "11: "],
      ["entry n", "6: nic"],
      ["entry nic ", "10: 0 7"],
      ["entry nic 7 ", "12: "],
      ["entry none ", "11: "],
      ["page vm0.g", "5: vm0.gpa vm0.gva"],
      ["page vm0.gva ", "13: "],
      ["reach nic ", "10: pasid"],
      ["reach vm0 ", "10: "],
      ["reach nic pasid ", "16: any 7"],
      ["reach nic pasid any ", "20: "],
      ["diff ", "5: since"],
      ["diff since ", "11: start"],
      ["diff since start ", "17: "],
      ["nic ", "4: "],
    ] as const) {
      assert.equal(complete(query), words, query);
    }
    assert.match(complete("reach "), /^6: .*\bnic\b.*\bvm1\b/);
  });

  it("begins anew after a comparison or in parentheses", () => {
    assert.match(complete("wire == pp"), /^8: ppasid$/);
    assert.match(complete("passed && !(kvm vm1"), /^16: vm1$/);
  });
});
