import { type Diagnostic, RULES } from "../../language/index.js";
import { type FindingRow, findingRow, placeText, worthReading } from "../rows/findings.js";
import { limited } from "../rows/limit.js";
import { piecesOf } from "../rows/sentence.js";
import { type Content, type Element, h } from "./element.js";
import { type Page, placeAttributes } from "./options.js";
import { moreNote, section } from "./table.js";

/** What is wrong and what is worth knowing, the worst first, each with all its places. */
export function findingsSection(page: Page, diagnostics: readonly Diagnostic[]): Element {
  const worth = worthReading(diagnostics);
  const title = "Conflicts and findings";
  if (worth.length === 0) return section("findings", title, h("p", { class: "none" }, "none"));
  const { shown, more } = limited(worth, page.rows, ({ severity }) => severity === "error");
  const items = shown.map((diagnostic) => findingElement(page, findingRow(diagnostic)));
  const list = h("ul", { class: "findings" }, ...items);
  return section("findings", title, list, more === undefined ? undefined : moreNote(more));
}

function findingElement(page: Page, row: FindingRow): Element {
  const { severity, label, code, title, span, scenario, message, help, related } = row;
  const failed = severity === "error" ? " failed" : "";
  return h(
    "li",
    { class: `finding ${severity}${failed}`, ...placeAttributes(page, span) },
    h(
      "p",
      { class: "head" },
      h("span", { class: "severity" }, label),
      " ",
      ruleElement(page, code),
      title === "" ? undefined : " ",
      title === "" ? undefined : h("strong", {}, title),
    ),
    h("p", { class: "message" }, ...sentence(message)),
    help === undefined
      ? undefined
      : h("p", { class: "help" }, h("b", {}, "What would work: "), ...sentence(help)),
    h(
      "p",
      { class: "where" },
      placeText(page.places, span),
      scenario === undefined ? undefined : ` in the scenario "${scenario}"`,
    ),
    related.length === 0
      ? undefined
      : h("ul", { class: "related" }, ...related.map((each) => place(page, each))),
  );
}

function sentence(message: string): Content[] {
  return piecesOf(message).map(({ text, isCode }) => (isCode ? h("code", {}, text) : text));
}

function place(page: Page, { span, message }: Diagnostic["related"][number]): Element {
  const where = h("span", { class: "where" }, placeText(page.places, span));
  return h("li", placeAttributes(page, span), where, " ", ...sentence(message));
}

/** The id of a rule, as a link where its page has an address on the web; only such addresses are ever linked. */
function ruleElement({ options: { rulePage } }: Page, code: string): Element {
  if (!RULES.has(code)) return h("span", { class: "rule" }, code);
  if (rulePage && /^https?:\/\//.test(rulePage)) {
    return h("a", { class: "rule", "data-rule": code, href: rulePage.replace("{code}", code) }, code);
  }
  return h("span", { class: "rule", "data-rule": code }, code);
}
