export { type Hover, hoverAt } from "./at.js";
