import * as vscode from "vscode";
import type { StateSource } from "./state-source.js";

/** Asks for the state to look at: that after the start state, or at the end of a scenario. */
export async function chooseScenario(source: StateSource): Promise<void> {
  const { shown } = source;
  if (shown.kind !== "state") throw new Error("There is no simulated state to choose from.");
  const { scenario, scenarios } = shown.state;
  const start = { label: "$(home) After the start state", title: undefined, facts: [] };
  const items = [
    start,
    ...scenarios.map(({ title, passed }) => ({
      label: `${passed ? "$(pass)" : "$(error)"} ${title}`,
      title,
      facts: [passed ? "passed" : "failed"],
    })),
  ].map(({ label, title, facts }) => ({
    label,
    title,
    description: [...facts, ...(title === scenario ? ["shown now"] : [])].join(" · "),
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: "State to Show",
    placeHolder: "The views show the state at the end of what you choose",
  });
  if (chosen) source.choose(chosen.title);
}
