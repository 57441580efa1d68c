import { eventually } from "../harness/eventually.js";
import type { TextEditor } from "./text-editor.js";
import type { Workbench } from "./workbench.js";

/**
 * Debugs the scenario that some text stands in, by its command; what is debugged already ends before.
 *
 * @param file from the root of the workspace
 * @param marked text in the scenario, with `$0` for the cursor
 */
export async function askToDebug(workbench: Workbench, file: string, marked: string): Promise<TextEditor> {
  await endDebugging(workbench);
  const editor = await workbench.openFile(file);
  await editor.placeCursor(marked);
  await workbench.runCommand("IOASID: Debug Scenario at Cursor");
  return editor;
}

/** The same, until it stands still. @param first the line in which it does, from 1 */
export async function debugScenario(
  workbench: Workbench,
  file: string,
  marked: string,
  first: number,
): Promise<TextEditor> {
  const editor = await askToDebug(workbench, file, marked);
  await standsAt(workbench, editor, first);
  return editor;
}

/**
 * Waits until the call stack and the editor show where it stands: then nothing takes the focus any more.
 *
 * @param line from 1
 */
export async function standsAt(workbench: Workbench, editor: TextEditor, line: number): Promise<void> {
  await editor.element.locator(".debug-top-stack-frame-line").waitFor();
  await workbench.statusBarItem(new RegExp(`^Ln ${line}, `)).waitFor();
  await eventually(
    `stop in line ${line}`,
    async () => {
      if (!(await workbench.page.locator(".debug-call-stack").isVisible())) {
        await workbench.runCommand("Run and Debug: Focus on Call Stack View");
      }
      return workbench.debugger.callStack();
    },
    ([innermost]) => innermost?.line === line,
  );
}

/** Ends what is debugged, if anything is. */
export async function endDebugging({ page, debugger: session }: Workbench): Promise<void> {
  if (!(await page.locator(".debug-toolbar").isVisible())) return;
  await session.press("Stop");
  await session.waitForEnd();
}
