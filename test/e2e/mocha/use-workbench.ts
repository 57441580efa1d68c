import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type OpenWorkbench, openWorkbench } from "../driver/open.js";
import type { Workbench } from "../driver/workbench.js";
import { Editor } from "../harness/editor.js";
import type { Settings } from "../harness/settings.js";
import type { WorkspaceSource } from "../harness/workspace.js";
import { isSupported } from "../install/install.js";
import { sharedEditor } from "./shared-editor.js";
import { shippedExtension } from "./shipped-extension.js";

/** For a picture of the window and the log of the server, of each test that has failed. */
const FAILED = resolve("dist/e2e/failed");

/** What the window of a suite has in it. */
export interface WorkbenchOptions extends WorkspaceSource {
  /** The folder of an extension to load, from the root of the repository; this repository's own, if left out. */
  readonly extension?: string;
  /**
   * Whether this repository's extension is packaged and installed as a user installs it, in an editor of its
   * own, instead of being loaded from its folder. Only then do messages show by themselves.
   */
  readonly shipped?: boolean;
  /** Settings of the workspace. */
  readonly settings?: Settings;
}

/**
 * Opens a window for the tests of the suite that this is called in, and closes it after them. They share it,
 * one after the other.
 *
 * @returns what gives the window to a test
 */
export function useWorkbench(options: WorkbenchOptions): () => Workbench {
  let editor: Editor | undefined;
  let opened: OpenWorkbench | undefined;

  before("VS Code opens", async function () {
    if (!isSupported) return this.skip();
    editor = options.shipped ? await Editor.start({ vsix: await shippedExtension() }) : await sharedEditor();
    const folder = await editor.makeWorkspace(withSettings(options));
    const extension = options.shipped ? {} : { extension: resolve(options.extension ?? ".") };
    opened = await openWorkbench(editor, { folder, ...extension });
  });

  afterEach(async function () {
    const test = this.currentTest;
    if (test?.err === undefined || opened === undefined || editor === undefined) return;
    const path = join(
      FAILED,
      test
        .titlePath()
        .join(" - ")
        .replaceAll(/[^\w -]/g, "_"),
    );
    await mkdir(FAILED, { recursive: true });
    await writeFile(`${path}.log`, editor.log());
    await opened.workbench.page.screenshot({ path: `${path}.png` }).catch(() => undefined);
    // Mocha shows of a failure what looks like frames of its stack.
    test.err.stack += `\n    at the window in ${path}.png, with the log of the server beside it`;
  });

  after("the window closes", async () => {
    await opened?.close();
    if (options.shipped) await editor?.stop();
  });

  return () => {
    if (opened === undefined) throw new Error("The window opens right before the first test.");
    return opened.workbench;
  };
}

function withSettings({ settings, files, ...source }: WorkbenchOptions): WorkspaceSource {
  if (settings === undefined) return { ...source, ...(files === undefined ? {} : { files }) };
  return { ...source, files: { ...files, ".vscode/settings.json": JSON.stringify(settings) } };
}
