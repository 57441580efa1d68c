import type { Extension } from "../extension.js";
import { capabilitiesPage, showPage } from "../pages.js";
import { neededFile } from "./asked.js";

/** Show Device Capabilities: what each device of the file reports to its user, and what that asks of the user. */
export async function showCapabilities(_extension: Extension, given?: unknown): Promise<void> {
  await showPage(capabilitiesPage(neededFile(given)));
}
