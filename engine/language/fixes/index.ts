export {
  applyEdits,
  type Checked,
  newErrors,
  type Repaired,
  type RepairOptions,
  repair,
  repairSteps,
} from "./apply.js";
export type { Edit, Fix } from "./fix.js";
export { fixesFor } from "./fixes-for.js";
