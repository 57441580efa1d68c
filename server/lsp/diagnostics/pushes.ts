import type { Context } from "../context.js";
import { hashOf } from "../hash.js";
import { withoutAnswer } from "../quietly.js";

const NOTHING_FOUND = hashOf([]);
const NOTHING = `undefined ${NOTHING_FOUND}`;

/** Sends findings to a client that does not ask for them. */
export class Pushes {
  /** What the client was told of each file: the version and the findings. */
  private readonly told = new Map<string, string>();

  constructor(private readonly context: Context) {}

  /**
   * Sends the findings of a file, when they are others than before. Nothing is sent while some of them are of
   * an older text: the check of the present one is under way, and sends them all.
   */
  push(uri: string): void {
    const { connection, checker, documents, names, settings } = this.context;
    const document = documents.get(uri);
    if (checker.isBehind(uri, document)) return;
    const isShown = document !== undefined || settings().diagnostics.workspace;
    const version = document?.version;
    const content = `${version} ${isShown ? checker.resultId(uri) : NOTHING_FOUND}`;
    // A file that nobody has open and that has no findings needs no word; an open one gets an answer.
    if ((this.told.get(uri) ?? NOTHING) === content) return;
    if (content === NOTHING) this.told.delete(uri);
    else this.told.set(uri, content);
    const diagnostics = isShown ? checker.findingsIn(uri) : [];
    const sent = { uri: names.spelled(uri), ...(version !== undefined && { version }), diagnostics };
    withoutAnswer(connection.sendDiagnostics(sent));
  }

  /** The client has nothing of this file any more, or may have thrown it away. */
  forgetTold(uri: string): void {
    if (this.told.has(uri)) this.told.set(uri, "");
  }
}
