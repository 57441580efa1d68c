export * from "./actions/index.js";
export { type FindingTag, hasPage, tagOf } from "./findings.js";
export { type NameEverywhere, nameEverywhere } from "./names/everywhere.js";
export { type Highlight, highlightsAt } from "./names/highlights.js";
export { type Behind, behindNameAt } from "./names/type-definition.js";
export { definitionAt, type NameAt, nameAt } from "./navigation.js";
export type { TextRange, View } from "./view.js";
export * from "./words/index.js";
