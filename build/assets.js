// What ships beside the bundles: texts that are read only when somebody wants them.

import { readdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";

/** Pages that the pages of the rules link to, beside those of their own folder. */
const OTHER_PAGES = ["docs/device-capabilities.md"];

/** Writes every page about the rules into one file, by name: `ioasid/explain` answers from it. */
export async function writeRulePages(target) {
  const names = (await readdir("docs/rules")).sort();
  const paths = [...names.map((name) => join("docs/rules", name)), ...OTHER_PAGES];
  const pages = await Promise.all(paths.map(async (path) => [basename(path), await readFile(path, "utf8")]));
  await writeFile(target, JSON.stringify(Object.fromEntries(pages)));
}

/** Writes the examples that stand for themselves into one file: a new configuration can begin with each. */
export async function writeSamples(target) {
  const names = (await readdir("examples")).filter((name) => name.endsWith(".ioasid")).sort();
  const samples = await Promise.all(
    names.map(async (name) => {
      const text = await readFile(join("examples", name), "utf8");
      return { name: name.replace(/\.ioasid$/, ""), about: firstComment(text), text };
    }),
  );
  // A new file has no folder yet, so an import would lead nowhere.
  const alone = samples.filter(({ text }) => !/^import\b/m.test(text));
  await writeFile(target, JSON.stringify(alone));
}

/** The comment at the top of a text as one line. */
function firstComment(text) {
  const [comment] = /^(?:\/\/.*\n)*/.exec(text);
  return comment
    .replace(/^\/\/ ?/gm, "")
    .replace(/\s+/g, " ")
    .trim();
}
