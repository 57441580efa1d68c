export { documentationAbove } from "./documentation.js";
export { ASSERTION_FORMS, BODY_FORMS, FORMS, KVM_FORMS, OUTCOME_FORM, VIOMMU_FORM } from "./forms.js";
export { ISSUE_LIMIT, type SyntaxFacts, type SyntaxRuleId } from "./issues.js";
export { type LineMap, lineMap, type Position } from "./lines.js";
export { distance, nearest } from "./nearest.js";
export { type Beginning, endsInside, parse, parseBeginning } from "./parse.js";
export type { ParsedFile } from "./parsed-file.js";
export { belongsWhere, mayStand, type Place } from "./places.js";
export { type Reparsed, reparse } from "./reparse.js";
export { changeBetween, commonStart, type TextChange } from "./text-change.js";
export {
  BREAKS_LINE,
  LAST_TRIVIA,
  PUNCTUATION_TEXTS,
  Punctuation,
  type Token,
  TokenKind,
  TokenList,
} from "./tokens.js";
export type * from "./tree.js";
export { children, nodesAt, tokenAt, visit } from "./visit.js";
export type { NameRole, NewNameRole, NumberRole, Wanted, WordRole } from "./wanted.js";
export * from "./words.js";
