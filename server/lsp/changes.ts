import type { Context } from "./context.js";
import type { DiagnosticsFeature } from "./diagnostics/diagnostics.js";

/** What follows from a change of a text, wherever the change comes from. */
export class Changes {
  constructor(
    private readonly context: Context,
    private readonly diagnostics: DiagnosticsFeature,
  ) {}

  /** A text is another one now, for this file and for all that read it. */
  changed(uri: string): void {
    for (const root of this.context.programs.changed(uri)) this.diagnostics.schedule(root);
  }

  /** Something that every file is compiled with is another one now. */
  allChanged(): void {
    for (const uri of this.context.programs.uris) this.changed(uri);
  }

  /** Makes a file a root file. */
  add(uri: string): void {
    const { programs } = this.context;
    if (programs.has(uri)) return;
    programs.add(uri);
    this.diagnostics.schedule(uri);
  }

  /** A file is a root file no more. */
  remove(uri: string): void {
    this.context.programs.remove(uri);
    this.diagnostics.forget(uri);
  }

  /** The client has opened or closed a document: whatever it was told of it, it is told anew. */
  forgetTold(uri: string): void {
    this.diagnostics.forgetTold(uri);
  }

  /** Something changed beside the open documents. */
  refresh(): void {
    this.diagnostics.refresh();
  }
}
