export { type FindingTag, hasPage, tagOf } from "./findings.js";
export { definitionAt, type NameAt, nameAt } from "./navigation.js";
export type { TextRange, View } from "./view.js";
export * from "./words/index.js";
