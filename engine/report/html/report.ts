import type { RunResult } from "../../language/index.js";
import type { Stage } from "../../simulator/index.js";
import { Places } from "../places.js";
import { headFacts, INCOMPLETE, runSentence, stateTables } from "../rows/run.js";
import { scenarioRows } from "../rows/steps.js";
import { summaryOf } from "../summary.js";
import { type Element, h, htmlText } from "./element.js";
import { findingsSection } from "./findings.js";
import { type HtmlOptions, type Page, pageOf } from "./options.js";
import { scenarioElement, stagesHtml, startElement } from "./steps.js";
import { section, tableSection } from "./table.js";

/**
 * The report of a run as HTML: one `article` without scripts, styles or handlers, the same rows as in the
 * text. What a row comes from stands in its `data-file`, `data-start` and `data-end`.
 */
export function reportHtml(result: RunResult, options: HtmlOptions = {}): string {
  const { program, machine, diagnostics } = result;
  const page = pageOf(new Places(program), options);
  const tables = stateTables(machine);
  const sections = [
    findingsSection(page, diagnostics),
    scenariosSection(page, result),
    tableSection(page, "pasid-tables", tables.pasidTables),
    tableSection(page, "kvm-required", tables.requiredMappings),
    tableSection(page, "kvm-present", tables.vmxTables),
    tableSection(page, "devices", tables.devices),
  ].filter((each) => each !== undefined);
  const attributes = { class: "report", "aria-labelledby": "report-title" };
  return `${htmlText(h("article", attributes, head(result), contents(sections), ...sections))}\n`;
}

/** Links to the sections, each by the words of its heading. */
function contents(sections: readonly Element[]): Element {
  const items = sections.map(({ attributes, children }) => {
    const [heading] = children;
    const words = typeof heading === "object" ? heading.children : [];
    return h("li", {}, h("a", { href: `#${attributes.id}` }, ...words));
  });
  return h("nav", { "aria-label": "Parts of the report" }, h("ul", {}, ...items));
}

/** The stages of one walk, for a page that was made with `stagesOnDemand`. */
export function reportStagesHtml({ program }: RunResult, stages: readonly Stage[]): string {
  return stagesHtml(pageOf(new Places(program), {}), stages);
}

function head(result: RunResult): Element {
  const { isGood } = summaryOf(result);
  return h(
    "header",
    {},
    h("h1", { id: "report-title" }, result.program.file),
    h("p", { class: "facts" }, headFacts(result).join(" · ")),
    h("p", { class: `verdict ${isGood ? "good" : "bad"}` }, runSentence(result)),
    result.incomplete ? h("p", { class: "bad" }, INCOMPLETE) : undefined,
  );
}

function scenariosSection(page: Page, { program, scenarios, start }: RunResult): Element {
  const all = scenarios.reduce((sum, { steps }) => sum + steps.length, 0);
  const elements = scenarios.map((each) =>
    scenarioElement(page, scenarioRows(each), program.scenarios.indexOf(each.scenario), all),
  );
  const none =
    scenarios.length === 0 ? h("p", { class: "none" }, "none: the file has no scenario") : undefined;
  return section("scenarios", "Scenarios", startElement(page, start), none, ...elements);
}
