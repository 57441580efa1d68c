// Stands where a feature is that the server never offers: it announces nothing and does nothing.

import { NotebookDocumentSyncRegistrationType } from "vscode-languageserver-protocol";

export class leftOut {
  fillClientCapabilities() {}
  initialize() {}
  clear() {}
  getState() {
    return { kind: "static" };
  }
}

/** Other features ask this one for its events, and whether a document is its own. */
export class leftOutNotebooks extends leftOut {
  static CellScheme = "vscode-notebook-cell";
  registrationType = NotebookDocumentSyncRegistrationType.type;
  register() {}
  unregister() {}
  handles() {
    return false;
  }
  onOpenNotificationSent = never;
  onChangeNotificationSent = never;
  onSaveNotificationSent = never;
  onCloseNotificationSent = never;
}

function never() {
  return { dispose() {} };
}
