import * as vscode from "vscode";
import { fileName } from "../commands/asked.js";
import type { PictureForm } from "../topology-page/messages.js";

const NAMES: Readonly<Record<PictureForm, string>> = { svg: "SVG", png: "PNG" };

/**
 * Saves a picture where the user wants it.
 * @param about the configuration that it is of
 * @param data text of an SVG, or a PNG in base64
 */
export async function savePicture(
  about: vscode.Uri | undefined,
  form: PictureForm,
  data: string,
): Promise<void> {
  const target = await vscode.window.showSaveDialog({
    title: `Save Topology as ${NAMES[form]}`,
    filters: { [NAMES[form]]: [form] },
    ...(about &&
      about.scheme !== "untitled" && {
        defaultUri: about.with({ path: `${about.path.replace(/\.ioasid$/, "")}.topology.${form}` }),
      }),
  });
  if (!target) return;
  const content =
    form === "svg"
      ? new TextEncoder().encode(data)
      : Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
  await vscode.workspace.fs.writeFile(target, content);
  vscode.window.setStatusBarMessage(`$(check) The picture is in ${fileName(target)}`, 5000);
}
