export * from "./commands.js";
export * from "./messages.js";
export * from "./pages.js";
export * from "./places.js";
export * from "./requests.js";
export * from "./run.js";
export * from "./settings.js";
export * from "./start.js";
