export { completionsAt } from "./complete.js";
export { completionDocumentation } from "./documentation.js";
export type { Completion, CompletionKind, CompletionList, CompletionSubject } from "./item.js";
export type { CompletionRequest } from "./site.js";
