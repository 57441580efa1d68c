export type { WordHelp } from "./help.js";
export { errnoHelp, faultHelp, outcomeHelp } from "./outcomes.js";
export { choiceHelp, propertyHelp } from "./properties.js";
export { assertionHelp, bodyHelp, callsOf, kvmHelp, statementHelp } from "./statements.js";
export { valueHelp } from "./values.js";
