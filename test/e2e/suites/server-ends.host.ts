import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { diagnosticsOf, openText, replace } from "./helpers/documents.js";

const TEXT = `iommu vtd { pasid-width 20 }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
`;

/** Ids of the language servers that this extension host has started. */
function servers(): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && isServer(name))
    .map(Number);
}

function isServer(id: string): boolean {
  try {
    const parent = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${id}/status`, "utf8"))?.[1];
    const command = readFileSync(`/proc/${id}/cmdline`, "utf8");
    return Number(parent) === process.pid && command.includes("ioasid-language-server.cjs");
  } catch {
    // It has ended meanwhile.
    return false;
  }
}

describe("a language server that ends while somebody types", () => {
  it("is started again, and knows the text as it is by then", async function () {
    this.timeout(60_000);
    const document = await openText(TEXT);
    await replace(document, "category 3", "category 7");
    await diagnosticsOf(document, (found) => found.length > 0);
    const [first, ...others] = servers();
    assert.ok(first);
    assert.deepEqual(others, []);

    process.kill(first, "SIGKILL");
    await replace(document, "category 7", "category 3");
    await diagnosticsOf(document, (found) => found.length === 0);
    await replace(document, "behind vtd", "behind vdt");
    await diagnosticsOf(document, (found) => found.some(({ message }) => message.includes("vdt")));

    const [second] = servers();
    assert.ok(second && second !== first);
  });
});
