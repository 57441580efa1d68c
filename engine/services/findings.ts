import { type Diagnostic, RULES } from "../language/index.js";

/** How an editor draws the place of a finding beside its severity. */
export type FindingTag = "unnecessary";

/** Findings about what nothing uses or reaches, and about an ignore that hides nothing. */
const UNNECESSARY: ReadonlySet<string> = new Set(["U095", "U096", "U097", "U098", "S066"]);

/** The tag of a finding: things that nothing uses are greyed out. */
export function tagOf({ code }: Diagnostic): FindingTag | undefined {
  return UNNECESSARY.has(code) ? "unnecessary" : undefined;
}

/** Whether there is a page about a code, as `ioasid explain` prints it. */
export function hasPage(code: string): boolean {
  return RULES.has(code);
}
