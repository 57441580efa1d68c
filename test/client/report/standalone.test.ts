import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { standaloneHtml } from "../../../client/report/standalone.js";
import { readPage, select, textOf } from "../../report/html/page.js";

/** A saved report, without what an HTML file begins with and what HTML does not close. */
function pageOf(title: string) {
  const style = readFileSync("dist/report-kept.css", "utf8");
  const report = readFileSync("test/report/fixtures/bare.ioasid.html", "utf8");
  const html = standaloneHtml(title, style, report);
  const body = html.slice(html.indexOf("<body>"), html.indexOf("</body>") + "</body>".length);
  return { html, body: readPage(body) };
}

describe("a report that is saved as HTML", () => {
  it("holds the report and its style, and runs and loads nothing", () => {
    const { html, body } = pageOf("Report bare.ioasid");
    assert.match(html, /^<!DOCTYPE html>\n<html lang="en">/);
    assert.match(html, /content="default-src 'none'; style-src 'unsafe-inline'"/);
    assert.doesNotMatch(html, /<script|<link|@import|url\(|https?:/);
    assert.equal(select(body, "h1").map(textOf).join(), "bare.ioasid");
  });

  it("is light or dark as its reader likes it, and can be printed", () => {
    const { html } = pageOf("Report bare.ioasid");
    assert.match(html, /prefers-color-scheme: ?dark/);
    assert.match(html, /@media print/);
  });

  it("shows a name of a file as text, whatever it is", () => {
    const { html } = pageOf("</title><script>alert(1)</script>");
    assert.match(html, /<title>&#60;\/title&#62;&#60;script&#62;alert\(1\)&#60;\/script&#62;<\/title>/);
  });
});
