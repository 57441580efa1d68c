import type { Feature } from "../context.js";
import { definition } from "./definition.js";

/** Every feature beside the findings, in the order in which they are announced. */
export const FEATURES: readonly Feature[] = [definition];
