import type { Machine } from "../../simulator/index.js";
import { deviceReports } from "../capabilities.js";
import { DUTIES } from "../rows/devices.js";
import { plainText, tableLines } from "./text.js";

/** What the flags of a report say, for a reader who sees them for the first time (RFC v2 §1.4.4). */
const FLAGS = [
  ["none", "requests carry no PASID that the user could choose"],
  ["pasid", "the user may attach further spaces, each with a vPASID of at most the bits that are reported"],
  ["delegated", "the user owns the whole PASID table, which lies in its own memory"],
  ["cpu", "work can be submitted with ENQCMD, which carries a PASID of the CPU"],
  ["cpu-virt", "the CPU has to translate that PASID, so KVM must be told of it"],
] as const;

/**
 * What each device of a file reports to its user and what that asks of the user, as a page of Markdown.
 * @param file as the page calls it
 */
export function capabilitiesMarkdown(file: string, machine: Machine): string {
  const reports = deviceReports(machine);
  const columns = ["device", "category", "reports", "vPASID", "what its user must do"];
  const rows = reports.map(({ device, category, reports: flags, width, duty }) =>
    [device, String(category), flags, width === 0 ? "-" : `${width} bits`, DUTIES[duty]].map(plainText),
  );
  const table = tableLines(
    columns.map((heading) => ({ heading })),
    rows,
  );
  const lines = [
    `# Devices of ${plainText(file)}`,
    "",
    ...(rows.length === 0
      ? ["No device of this file has a category, so none can be given to an owner."]
      : table),
    "",
    "## What the flags say",
    "",
    ...FLAGS.map(([flag, text]) => `- \`${flag}\`: ${text}`),
    "",
    "A user needs to know nothing else of a device: it asks what the device reports, and does what the report says.",
  ];
  return `${lines.join("\n")}\n`;
}
