import type { Refusal, RefusalArguments, RuleId } from "../../simulator/index.js";
import { rule as C005 } from "./C005-parent-bound.js";
import { rule as C008 } from "./C008-no-category.js";
import { type Description, describeCase } from "./describe.js";
import { SHAPE_RULES } from "./family-c.js";
import { NAME_RULES } from "./family-names.js";
import { CONFLICT_RULES } from "./family-p.js";
import { SWITCH_RULES } from "./family-switches.js";
import { SYNTAX_RULES } from "./family-syntax.js";
import { CALL_RULES } from "./family-u.js";
import type { Rule } from "./rule.js";

export { CALLS, type CallAnswers, callsRefusedBy } from "./calls.js";
export { type Description, describeCase, describeFailure } from "./describe.js";
export type { SiblingPasids } from "./P027-sibling-vpasids.js";
export type { InterruptPasid } from "./P030-interrupt-pasid.js";
export { pageOf } from "./pages.js";
export type { Facts, Rule, RulePage } from "./rule.js";
export { staticFindings } from "./static-findings.js";
export { MappingUse } from "./static-findings-mappings.js";
export { staleFindings } from "./static-findings-stale.js";
export { unusedFindings } from "./static-findings-unused.js";
export type { OutcomeDiffers } from "./U090-outcome-differs.js";
export type { AssertionFailed } from "./U091-assertion-failed.js";
export type { WrongSpace } from "./U092-wrong-space.js";
export type { StaleEntry } from "./U093-stale-entry.js";
export type { DelegationDiffers } from "./U094-delegation-differs.js";
export type { MappingUnused } from "./U095-mapping-unused.js";
export type { SpaceUnreached } from "./U096-space-unreached.js";
export type { DeviceNeverAttached } from "./U097-device-never-attached.js";
export type { ProcessWithoutSpace } from "./U098-process-without-space.js";
export type { StaleAtEnd } from "./U099-stale-at-end.js";

/** The rule of each refusal that the simulator can give; one without a rule does not compile. */
const REFUSAL_RULES: { readonly [R in RuleId]: Rule<RefusalArguments[R]> } = {
  ...CONFLICT_RULES,
  ...CALL_RULES,
  C005,
  C008,
};

/** Every rule by its id: conflicts, calls, shape, syntax, names, switches, each in the order of their numbers. */
export const RULES: ReadonlyMap<string, Rule> = new Map(
  [
    ...Object.values<Rule>(CONFLICT_RULES),
    ...Object.values<Rule>(CALL_RULES),
    ...[...SHAPE_RULES, C005 as Rule, C008 as Rule].sort((a, b) => (a.id < b.id ? -1 : 1)),
    ...SYNTAX_RULES,
    ...NAME_RULES,
    ...SWITCH_RULES,
  ].map((rule) => [rule.id, rule]),
);

/** The words for a call that the simulated kernel refused. */
export function describeRefusal(refusal: Refusal): Description {
  const rule: Rule = REFUSAL_RULES[refusal.rule];
  return describeCase(rule, refusal.arguments);
}
