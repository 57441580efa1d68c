import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { pageOf } from "../../engine/language/index.js";
import { Session } from "../lsp/session.js";

/**
 * Bytes that each bundle may have, minified. `docs/decisions/0009-bundles.md` says what is in them and how the
 * numbers came about.
 */
const BUDGETS: readonly { readonly paths: readonly string[]; readonly bytes: number }[] = [
  { paths: ["dist/client.cjs", "dist/language-client.cjs"], bytes: 350_000 },
  { paths: ["dist/client.browser.cjs"], bytes: 350_000 },
  { paths: ["dist/ioasid-language-server.cjs"], bytes: 920_000 },
  { paths: ["dist/ioasid-language-server.browser.js"], bytes: 920_000 },
];

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

  it("of the server have no examples of rules, which are only shown on their pages", () => {
    const { source } = pageOf({ id: "P003" });
    assert.ok(readFileSync("dist/ioasid.js", "utf8").includes(source), "the program on the command line has");
    assert.ok(!readFileSync("dist/ioasid-language-server.cjs", "utf8").includes(source));
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
