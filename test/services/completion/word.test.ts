import assert from "node:assert/strict";
import { wordAt } from "../../../engine/services/completion/word.js";
import { marked } from "../../helpers/cursor.js";

/** A text with `$1` and `$2` around the word and `$0` at the cursor. */
const CASES = [
  "bind $1bind-pg$0table$2 gva",
  "$1bind-pg$0$2",
  "$1bind-$0$2",
  "attach $1wq0$0$2->gva",
  "attach wq0 $1-$0$2",
  "attach wq0 $1-$0>$2 gva",
  "attach wq0->$1gv$0a$2",
  "dma nic read 0x0 $1=$0>$2 ok",
  "map gpa $10x7f00_$00000$2 + 4K",
  "map gpa 0x0 + $14$0K$2",
  "pdev nic at $13b:0$00.1$2 behind",
  "pdev nic at $13b:$0$2",
  "pdev nic at $1$03b:00.1$2 behind",
  "attach nic -> vm0.$1gp$0a$2",
  "attach nic -> $1vm$00$2.gpa",
  "dma nic read 0x0 => ram[$10x10$000$2]",
  "enqcmd db to wq0 read 0x0 => $1#$0gp$2",
  "detach nic from  $1$0$2  gpa",
  "$1$0$2",
];

describe("the word at a place", () => {
  for (const source of CASES) {
    it(`of ${source.replace(/\$[12]/g, "")}`, () => {
      const { text, at } = marked(source);
      const { start, end, typed } = wordAt(text, at());
      assert.deepEqual([start, end], [at(1), at(2)]);
      assert.equal(typed, text.slice(at(1), at()));
    });
  }
});
