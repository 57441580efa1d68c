export * from "./requests.js";
export * from "./settings.js";
export * from "./start.js";
