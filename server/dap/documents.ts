import { Source } from "@vscode/debugadapter";
import { lineOfStage, type StateDocument, stateDocument, type Thread } from "../../engine/debugger/index.js";
import type { Step } from "../../engine/language/index.js";
import type { Stage } from "../../engine/simulator/index.js";
import type { FramePlace } from "./placing.js";

/** A document that a client may ask for by its reference: the machine before a step. */
interface Kept {
  readonly thread: Thread;
  readonly step: Step;
}

/** Documents of generated state: the sources of frames that no statement decided. */
export class Documents {
  private readonly kept: Kept[] = [];
  /** The last one that was made: the frames of one stack lead to the same. */
  private last: { readonly of: Kept; readonly length: number; readonly document: StateDocument } | undefined;

  /** Source and line of a stage that has no statement behind it. @param firstLine how the client counts */
  placeOf(thread: Thread, kind: Stage["kind"], firstLine: number): FramePlace {
    const step = thread.timeline.steps[thread.position.step]!;
    const known = this.kept.findIndex((each) => each.thread === thread && each.step === step);
    const index = known < 0 ? this.kept.push({ thread, step }) - 1 : known;
    const document = this.documentOf(this.kept[index]!);
    const source = new Source(document.name, undefined, index + 1, "generated: the state of the machine");
    return { source, line: lineOfStage(document, kind) + firstLine, column: firstLine };
  }

  /** @returns `undefined` for a reference that was never given */
  text(reference: number): string | undefined {
    const kept = this.kept[reference - 1];
    return kept && this.documentOf(kept).text;
  }

  private documentOf(kept: Kept): StateDocument {
    const { timeline } = kept.thread;
    const { length } = timeline;
    if (this.last?.of === kept && this.last.length === length) return this.last.document;
    const document = stateDocument(timeline, timeline.steps.indexOf(kept.step));
    this.last = { of: kept, length, document };
    return document;
  }
}
