/** C001 to C007 without C005: declarations whose parts do not fit together. C005 and C008 are refusals of `bind`. */
import { rule as C001 } from "./C001-category-fits.js";
import { rule as C002 } from "./C002-pasid-width-missing.js";
import { rule as C003 } from "./C003-pasid-property-unused.js";
import { rule as C004 } from "./C004-enqcmd-needs.js";
import { rule as C006 } from "./C006-page-requests-without-ats.js";
import { rule as C007 } from "./C007-vf-differs.js";
import type { Rule } from "./rule.js";
import type { ShapeRule } from "./shape.js";

/** In the order in which they are checked. */
export const SHAPE_CHECKS: readonly ShapeRule[] = [
  C001,
  C002,
  C003,
  C004,
  C006,
  C007,
] as readonly ShapeRule[];

export const SHAPE_RULES: readonly Rule[] = SHAPE_CHECKS;
