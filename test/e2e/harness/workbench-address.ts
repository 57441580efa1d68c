/** What a window of the workbench opens. Paths are absolute. */
export interface Window {
  /** The folder of the workspace, or a file that ends with `.code-workspace`. */
  readonly folder: string;
  /** An extension that is loaded from its source. */
  readonly extension?: string;
  /** A module with `run()`, which the extension host calls instead of waiting for a person. */
  readonly tests?: string;
  /** Added to the environment of the extension host. */
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * The address of a window.
 *
 * @param authority host and port of the server
 */
export function workbenchAddress(authority: string, window: Window): string {
  const remote = (path: string) => `vscode-remote://${authority}${path}`;
  const payload: [string, string][] = [["skipWelcome", "true"]];
  if (window.extension !== undefined) payload.push(["extensionDevelopmentPath", remote(window.extension)]);
  if (window.tests !== undefined) payload.push(["extensionTestsPath", remote(window.tests)]);
  if (window.environment !== undefined)
    payload.push(["extensionEnvironment", JSON.stringify(window.environment)]);
  const opened = window.folder.endsWith(".code-workspace") ? "workspace" : "folder";
  const query = new URLSearchParams({ [opened]: window.folder, payload: JSON.stringify(payload) });
  return `http://${authority}/?${query}`;
}
