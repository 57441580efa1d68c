import type { Frame, Page } from "playwright-core";
import { eventually } from "../harness/eventually.js";

/**
 * The document inside a webview, once it is there.
 *
 * @param title of the webview's tab or view
 */
export async function findWebview(page: Page, title: string): Promise<Frame> {
  let found = new Map<string, Frame>();
  await eventually(
    `webview "${title}"`,
    async () => {
      found = await webviews(page);
      return [...found.keys()];
    },
    (titles) => titles.includes(title),
  );
  return found.get(title)!;
}

/** The documents inside webviews by their titles. Each is in a frame of a frame, which the workbench titles. */
async function webviews(page: Page): Promise<Map<string, Frame>> {
  const found = new Map<string, Frame>();
  for (const frame of page.frames()) {
    if (frame.parentFrame() === null) continue;
    // A frame may go at any time: a webview that gets new contents replaces it.
    const title = await frame
      .frameElement()
      .then((element) =>
        element.evaluate(
          (node) => node instanceof HTMLIFrameElement && node.id === "active-frame" && node.title,
        ),
      )
      .catch(() => false);
    if (typeof title === "string") found.set(title, frame);
  }
  return found;
}
