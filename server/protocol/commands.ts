/**
 * Commands of the extension that others than the command palette give: code lenses, links and the status
 * bar. Each argument is plain JSON.
 */
export const COMMANDS = {
  /** `[uri?]`: runs a file, by default the one in the editor. */
  run: "ioasid.run",
  /** `[uri?, title?]`: runs one scenario, by default the one at the cursor. */
  runScenario: "ioasid.runScenario",
  /** `[uri, title]`: runs one scenario under the debugger. */
  debugScenario: "ioasid.debugScenario",
  /** `[ShownPlaces]`: shows places that belong together, without leaving the one where they were asked for. */
  showPlaces: "ioasid.showPlaces",
  /** `[]`: runs every file of the workspace. */
  runAll: "ioasid.runAll",
  /** `[uri?]`: shows the report of a file beside it. */
  showReport: "ioasid.showReport",
  /** `[]`: shows the picture of the configuration in the editor, or of the scenario under the debugger. */
  showTopology: "ioasid.showTopology",
  /** `[uri?]`: shows what each device of a file reports to its user. */
  showCapabilities: "ioasid.showCapabilities",
  /** `[uri?]`: shows a file beside what it becomes behind another interface. */
  port: "ioasid.port",
  /** `[code?]`: shows the page of a rule; without a code it asks which. */
  explainRule: "ioasid.explainRule",
  newFromSample: "ioasid.newFromSample",
  fixAll: "ioasid.fixAll",
  restartServer: "ioasid.restartServer",
  showOutput: "ioasid.showOutput",
} as const;
