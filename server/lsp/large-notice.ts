import {
  type Connection,
  MessageType,
  ShowMessageNotification,
  type ShowMessageParams,
} from "vscode-languageserver";
import type { Documents } from "./documents.js";
import type { FileNames } from "./names.js";
import { LARGE_UNITS } from "./programs.js";
import { withoutAnswer } from "./quietly.js";

/** Says once of a large document what is not done for it. */
export class LargeNotice {
  private readonly told = new Set<string>();

  constructor(
    private readonly connection: Connection,
    private readonly documents: Documents,
    private readonly names: FileNames,
  ) {}

  /** A document was opened or edited. */
  look(uri: string): void {
    const length = this.documents.get(uri)?.places.text.length ?? 0;
    if (length <= LARGE_UNITS || this.told.has(uri)) return;
    this.told.add(uri);
    const message = `${this.names.nameOf(uri)} is larger than 8 MiB. It is checked for mistakes in the text, but not simulated.`;
    const params: ShowMessageParams = { type: MessageType.Info, message };
    withoutAnswer(this.connection.sendNotification(ShowMessageNotification.type, params));
  }

  closed(uri: string): void {
    this.told.delete(uri);
  }
}
