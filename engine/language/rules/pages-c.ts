import { page as C001 } from "./C001-category-fits.js";
import { page as C002 } from "./C002-pasid-width-missing.js";
import { page as C003 } from "./C003-pasid-property-unused.js";
import { page as C004 } from "./C004-enqcmd-needs.js";
import { page as C005 } from "./C005-parent-bound.js";
import { page as C006 } from "./C006-page-requests-without-ats.js";
import { page as C007 } from "./C007-vf-differs.js";
import { page as C008 } from "./C008-no-category.js";

/** The pages of the rules about the shape of declarations, by their ids. */
export const SHAPE_PAGES = {
  C001,
  C002,
  C003,
  C004,
  C005,
  C006,
  C007,
  C008,
};
