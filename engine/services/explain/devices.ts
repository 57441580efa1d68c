import { type Block, DUTIES, deviceReport, paragraph } from "../../report/index.js";
import type { Platform } from "../../simulator/index.js";

/** What a device reports, and what its user has to do because of it. */
export function reportBlocks(platform: Platform, device: number): Block[] {
  const report = deviceReport(platform, device);
  if (!report) return [];
  const width = report.width > 0 ? `, vPASIDs of ${report.width} bits` : "";
  return [
    paragraph(`${report.device} reports \`${report.reports}\`${width}.`),
    paragraph(`What its user must do: ${DUTIES[report.duty]}.`),
  ];
}
