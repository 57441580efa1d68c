import type { Status } from "../server/protocol/index.js";

/** What the status bar shows. */
export interface StatusText {
  /** With icons in the editor's notation. */
  readonly text: string;
  /** One sentence per line. */
  readonly tooltip: string;
  /** The bar draws attention to it. */
  readonly look: "plain" | "warning" | "error";
}

/** @param status what the server said last; `undefined` while it has said nothing */
export function statusText(status: Status | undefined, isRunning: boolean): StatusText {
  if (!isRunning) {
    const tooltip = "The IOASID language server does not run. IOASID: Restart Language Server starts it.";
    return { text: "$(circle-slash) IOASID", tooltip, look: "warning" };
  }
  if (!status) return { text: "$(loading~spin) IOASID", tooltip: "The files are being read.", look: "plain" };
  const { state, errors, warnings, failedScenarios } = status;
  const counts = [
    ...(failedScenarios > 0 ? [`$(beaker) ${failedScenarios}`] : []),
    ...(errors > 0 ? [`$(error) ${errors}`] : []),
    ...(warnings > 0 ? [`$(warning) ${warnings}`] : []),
  ];
  const icon = state === "simulating" ? "$(sync~spin)" : counts.length > 0 ? "$(circuit-board)" : "$(check)";
  return {
    text: [icon, "IOASID", ...counts].join(" "),
    tooltip: [
      state === "simulating" ? "Simulating." : "Every file is simulated as it stands.",
      failedScenarios === 0 ? "No scenario failed." : `${plural(failedScenarios, "scenario")} failed.`,
      errors + warnings === 0
        ? "No errors and no warnings."
        : `${plural(errors, "error")} and ${plural(warnings, "warning")}.`,
    ].join("\n"),
    look: failedScenarios > 0 ? "error" : "plain",
  };
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
