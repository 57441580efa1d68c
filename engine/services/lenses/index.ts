export { type LensText, lensText } from "./findings.js";
export { type LensPlace, lensPlaces } from "./places.js";
