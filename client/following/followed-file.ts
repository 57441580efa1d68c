import * as vscode from "vscode";
import { LANGUAGE } from "../language-server.js";

/** The configuration that views are about: the one in the editor, or the last one that was. */
export class FollowedFile implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly listening: vscode.Disposable;
  private current: vscode.Uri | undefined;

  /** Fires when it is another file. */
  readonly onDidChange = this.changed.event;

  constructor() {
    const { window } = vscode;
    this.current = configurationIn(window.activeTextEditor) ?? visibleConfiguration();
    this.listening = window.onDidChangeActiveTextEditor((editor) => {
      const uri = configurationIn(editor) ?? (this.current ? undefined : visibleConfiguration());
      if (!uri || uri.toString() === this.current?.toString()) return;
      this.current = uri;
      this.changed.fire(uri);
    });
  }

  /** `undefined` until the first one is opened. */
  get uri(): vscode.Uri | undefined {
    return this.current;
  }

  dispose(): void {
    this.listening.dispose();
    this.changed.dispose();
  }
}

function configurationIn(editor: vscode.TextEditor | undefined): vscode.Uri | undefined {
  return editor?.document.languageId === LANGUAGE ? editor.document.uri : undefined;
}

function visibleConfiguration(): vscode.Uri | undefined {
  return vscode.window.visibleTextEditors.map(configurationIn).find((uri) => uri !== undefined);
}
