import { SHAPE_PAGES } from "./pages-c.js";
import { CONFLICT_PAGES } from "./pages-p.js";
import { TEXT_PAGES } from "./pages-s.js";
import { CALL_PAGES } from "./pages-u.js";
import type { Rule, RulePage } from "./rule.js";

type Pages = Readonly<Record<string, () => RulePage>>;

/**
 * What stands on the page of a rule. Whoever asks for it has the pages of all rules in its bundle, and nobody
 * else has; the language server reads them from a file instead.
 */
export function pageOf({ id }: Pick<Rule, "id">): RulePage {
  const families: readonly Pages[] = [CONFLICT_PAGES, CALL_PAGES, SHAPE_PAGES, TEXT_PAGES];
  return families.find((family) => Object.hasOwn(family, id))![id]!();
}
