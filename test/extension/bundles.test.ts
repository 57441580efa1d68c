import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { pageOf, RULES } from "../../engine/language/index.js";
import { Session } from "../lsp/session.js";

const ENGINE = "dist/ioasid-engine.cjs";
const SERVICES = "dist/ioasid-services.cjs";
const RULE_EXAMPLES = "dist/ioasid-rule-examples.cjs";
const SERVERS = ["dist/ioasid-language-server.cjs", "dist/ioasid-language-server.browser.js"];
const ADAPTERS = ["dist/ioasid-debug-adapter.cjs", "dist/ioasid-debug-adapter.browser.js"];

/**
 * Bytes that each bundle may have, minified. `docs/decisions/0009-bundles.md` says what is in them and how the
 * numbers came about.
 */
const BUDGETS: readonly { readonly paths: readonly string[]; readonly bytes: number }[] = [
  { paths: ["dist/client.cjs", "dist/language-client.cjs"], bytes: 350_000 },
  { paths: ["dist/client.browser.cjs"], bytes: 350_000 },
  ...SERVERS.map((path) => ({ paths: [path, SERVICES], bytes: 350_000 })),
  ...ADAPTERS.map((path) => ({ paths: [path], bytes: 125_000 })),
  { paths: [ENGINE], bytes: 650_000 },
  { paths: [RULE_EXAMPLES], bytes: 120_000 },
];

/** A bundle, with texts in one piece that stand in several lines of it. */
function textOf(path: string): string {
  return readFileSync(path, "utf8").replaceAll("\\\n", "");
}

describe("the bundles of the extension", () => {
  for (const { paths, bytes } of BUDGETS) {
    it(`${paths.join(" and ")} have at most ${bytes} bytes`, () => {
      const size = paths.reduce((sum, path) => sum + statSync(path).size, 0);
      assert.ok(size <= bytes, `they have ${size} bytes, ${size - bytes} too many`);
    });
  }

  it("of the client in Node part what an activation loads from the library, which follows", () => {
    const { size } = statSync("dist/client.cjs");
    assert.ok(size <= 60_000, `dist/client.cjs has ${size} bytes`);
  });

  it("have the engine once, whichever programs run it", () => {
    const { title } = RULES.get("P003")!;
    const bundles = [...BUDGETS.flatMap(({ paths }) => paths), "dist/ioasid.js"];
    assert.deepEqual(
      bundles.filter((path) => textOf(path).includes(title)),
      [ENGINE],
    );
  });

  it("say of every rule what its file says", () => {
    const { language } = createRequire(import.meta.url)(resolve(ENGINE)) as {
      language: typeof import("../../engine/language/index.js");
    };
    assert.equal(language.RULES.size, RULES.size);
    for (const rule of RULES.values()) {
      assert.equal(language.RULES.get(rule.id)?.explanation, rule.explanation);
      assert.deepEqual(language.pageOf(rule), pageOf(rule));
    }
  });

  it("have examples of rules in a file of their own, which nothing in an editor reads", () => {
    const { source } = pageOf({ id: "P003" });
    assert.ok(textOf(RULE_EXAMPLES).includes(source));
    assert.ok(!textOf(ENGINE).includes(source));
    const taking = /\b(?:pageOf|explainText|explainList|rulePages|sarifLog)\b/;
    assert.match(textOf("dist/ioasid.js"), taking);
    for (const path of [SERVICES, ...SERVERS, ...ADAPTERS]) {
      assert.doesNotMatch(textOf(path), taking, path);
    }
  });

  it("have the sizes that are written down, give or take a tenth", () => {
    const page = readFileSync("docs/decisions/0009-bundles.md", "utf8");
    const rows = [...page.matchAll(/^\| `(\S+)` \| (\d+) \|/gm)];
    assert.equal(rows.length, 6);
    for (const [, name, written] of rows) {
      const kilobytes = statSync(`dist/${name}`).size / 1000;
      const isNear = Math.abs(kilobytes / Number(written) - 1) <= 0.1;
      assert.ok(isNear, `dist/${name} has ${Math.round(kilobytes)} kB, and the page says ${written}`);
    }
  });

  it("of the client leave out no feature that the server offers", async () => {
    const { href } = pathToFileURL(resolve("build/lean/left-out.js"));
    const { NOT_OFFERED } = (await import(href)) as { readonly NOT_OFFERED: readonly string[] };
    const session = await Session.start({ capabilities: { textDocument: { diagnostic: {} } } });
    const { capabilities } = session.result;
    const offered = [...Object.keys(capabilities), ...Object.keys(capabilities.workspace ?? {})];
    assert.deepEqual(
      NOT_OFFERED.filter((capability) => offered.includes(capability)),
      [],
    );
    assert.ok(offered.includes("callHierarchyProvider"));
    await session.stop();
  });
});
