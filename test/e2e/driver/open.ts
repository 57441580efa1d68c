import type { Editor } from "../harness/editor.js";
import type { Window } from "../harness/workbench-address.js";
import { Workbench } from "./workbench.js";

/** A window that can be used. */
export interface OpenWorkbench {
  readonly workbench: Workbench;
  /** Ends the window, and with it its extension host. */
  close(): Promise<void>;
}

/** Opens a window and waits until it can be used. */
export async function openWorkbench(editor: Editor, window: Window): Promise<OpenWorkbench> {
  const { page, close } = await editor.openPage();
  const workbench = new Workbench(page, window.folder);
  try {
    await page.goto(editor.addressOf(window));
    await workbench.waitUntilReady();
    return { workbench, close };
  } catch (error) {
    await close();
    throw error;
  }
}
