export { briefStep } from "./brief.js";
export * from "./capabilities.js";
export { type CategoryPolicy, categoryPolicy } from "./categories.js";
export {
  explainAssertion,
  explainFinding,
  explainOutcome,
  explainPlace,
  memoryBehind,
  routingText,
} from "./explain.js";
export { githubText } from "./formats/github.js";
export { junitText } from "./formats/junit.js";
export type { Report, RunReport, Unreadable } from "./formats/report-input.js";
export { type SarifOptions, sarifLog } from "./formats/sarif.js";
export type { SarifLog } from "./formats/sarif-types.js";
export type { HtmlOptions } from "./html/options.js";
export { reportHtml, reportStagesHtml } from "./html/report.js";
export {
  type ObjectFact,
  type ObjectReport,
  objectKind,
  objectReport,
  pendingOf,
} from "./iommufd-objects.js";
export { checkJson, runJson, stepJson, tablesJson } from "./json.js";
export type * from "./json-types.js";
export * from "./kvm.js";
export { capabilitiesMarkdown } from "./markdown/capabilities.js";
export { type MarkdownOptions, reportMarkdown } from "./markdown/report.js";
export { countText, plural } from "./names.js";
export { stepOutcome } from "./outcome.js";
export * from "./pasid-tables.js";
export { Places } from "./places.js";
export { type Route, routesTo, routeText } from "./routes.js";
export { DUTIES } from "./rows/devices.js";
export { kvmMapStatement } from "./rows/kvm.js";
export { POOLS, USES } from "./rows/pasid-tables.js";
export { runSentence } from "./rows/run.js";
export { scenarioRun } from "./rows/scenario.js";
export { stagesOf } from "./rows/steps.js";
export { type Block, paragraph, paragraphs } from "./rules/blocks.js";
export { explainList, explainText } from "./rules/explain.js";
export { safeMarkdownText } from "./rules/markdown.js";
export { rulePages } from "./rules/pages.js";
export { plainText } from "./rules/terminal.js";
export * from "./state/index.js";
export { expectedWords, statementText } from "./statement.js";
export { type RunSummary, summaryOf } from "./summary.js";
export { checkText } from "./text/check.js";
export { portText } from "./text/port.js";
export { printable } from "./text/printable.js";
export { runText, totalText } from "./text/run.js";
export { PLAIN, type Style } from "./text/style.js";
export { topologyOf } from "./topology/graph.js";
export type { TopologyRequest } from "./topology/path.js";
export type * from "./topology/types.js";
