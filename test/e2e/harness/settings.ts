/** The value of a setting of VS Code, as in settings.json. */
export type Setting =
  | string
  | number
  | boolean
  | null
  | readonly Setting[]
  | { readonly [key: string]: Setting };

export type Settings = Readonly<Record<string, Setting>>;

/**
 * What every test wants: a window that shows the extension under test and nothing that comes and goes by
 * itself, and no look at the network.
 */
export const QUIET_SETTINGS: Settings = {
  "chat.disableAIFeatures": true,
  "editor.inlayHints.enabled": "on",
  "editor.minimap.enabled": false,
  "editor.cursorBlinking": "solid",
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  // As on a desktop; a browser's default saves by itself.
  "files.autoSave": "off",
  "git.enabled": false,
  // It would tell of every program on the machine that listens.
  "remote.autoForwardPorts": false,
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "window.commandCenter": false,
  "workbench.colorTheme": "Default Dark Modern",
  // A file has one editor, wherever it is.
  "workbench.editor.revealIfOpen": true,
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};
