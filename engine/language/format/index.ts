export { type EditOptions, formatEdits, type TextEdit } from "./edits.js";
export { type Formatted, format, formatted } from "./format.js";
