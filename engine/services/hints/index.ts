export { type HintDetails, hintDetails } from "./details.js";
export { type Hint, hintsIn } from "./hints.js";
export type { HintSubject } from "./subjects.js";
export type { HintTopic } from "./wording.js";
