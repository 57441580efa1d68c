import { readdirSync, readFileSync } from "node:fs";
import { root } from "../helpers/marks.js";
import { assertStored } from "../report/stored.js";
import { play } from "./script.js";

const FOLDER = `${root}/test/debugger/fixtures`;

/** Sessions as a person would have them, each compared with the text that is stored beside its script. */
describe("a debug session", () => {
  for (const name of readdirSync(FOLDER).filter((each) => each.endsWith(".script"))) {
    it(`goes as ${name.replace(".script", ".txt")} tells`, () => {
      const script = readFileSync(`${FOLDER}/${name}`, "utf8");
      const file = /^\/\/ file: (.*)$/m.exec(script)?.[1] ?? "";
      const title = /^\/\/ scenario: (.*)$/m.exec(script)?.[1];
      const text = readFileSync(`${root}/${file}`, "utf8");
      assertStored(`${FOLDER}/${name.replace(".script", ".txt")}`, play(text, title, script));
    });
  }
});
