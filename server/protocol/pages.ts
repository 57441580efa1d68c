/** Client to server: every rule, for a list to choose from. */
export const LIST_RULES = "ioasid/rules";
export type ListRulesResult = readonly RuleTitle[];

export interface RuleTitle {
  readonly code: string;
  /** A short noun phrase. */
  readonly title: string;
  readonly severity: "error" | "warning" | "information" | "hint";
}

/** Client to server: the page about a rule, or another page that one of them links to. */
export const EXPLAIN = "ioasid/explain";
export interface ExplainParams {
  /** Name of a page as links have it, with or without its ending: `P003`, `errnos.md`. */
  readonly page: string;
}
/** Markdown whose links to other pages are relative (`P003.md`); `null` when there is no such page. */
export type ExplainResult = { readonly markdown: string } | null;

/** Client to server: what each device of a file reports to its user, as a page. */
export const CAPABILITIES = "ioasid/capabilities";
export interface CapabilitiesParams {
  readonly uri: string;
}
export type CapabilitiesResult = { readonly markdown: string };
