import { Editor } from "../harness/editor.js";

let shared: Promise<Editor> | undefined;

/** The editor of this run of the tests, which the first who asks starts. It ends with the last test. */
export function sharedEditor(): Promise<Editor> {
  shared ??= Editor.start();
  return shared;
}

after("the editor stops", async () => {
  await (await shared)?.stop();
});
