import type { InlayHint, InlayHintLabelPart } from "vscode-languageserver";
import {
  type Hint,
  type HintSubject,
  type HintTopic,
  hintDetails,
  hintsIn,
} from "../../../engine/services/index.js";
import { answered, locationOf, runOf } from "../at.js";
import type { Compiled } from "../compile.js";
import type { Context, Feature } from "../context.js";
import { markupOf } from "../markup.js";
import type { Simulated } from "../programs.js";
import { keyOf } from "../uris.js";

/** Stands between two parts of a hint. */
const DOT = " · ";

/** What a hint carries so that it can be asked about: it is of one program, and no other has it. */
interface HintData {
  readonly uri: string;
  readonly program: number;
  readonly subject: HintSubject;
  readonly topic: HintTopic;
}

/** What came of each statement, behind it; how it came to that, when somebody asks. */
export const inlayHints: Feature = {
  capabilities: () => ({ inlayHintProvider: { resolveProvider: true } }),
  register(context) {
    const { connection, client, programs } = context;
    const numbers = new ProgramNumbers();
    connection.languages.inlayHint.on(
      answered(null, async ({ textDocument, range }, token) => {
        const simulated = await runOf(context, textDocument, token);
        const { compiled } = simulated;
        const places = compiled.places(compiled.file);
        const hints = hintsIn(simulated, compiled.file, places.offsets(range), topicsOf(context));
        return hints.map((hint) => lspHint(numbers, simulated, textDocument.uri, hint));
      }),
    );
    connection.languages.inlayHint.resolve(async (hint, token) => {
      const data = hint.data as HintData | undefined;
      if (!data || !programs.has(keyOf(data.uri))) return hint;
      const simulated = await programs.simulated(keyOf(data.uri), token);
      const { compiled } = simulated;
      const details =
        numbers.of(compiled) === data.program ? hintDetails(simulated, data.subject, data.topic) : undefined;
      if (!details || typeof hint.label === "string") return hint;
      const label = hint.label.map((part, index): InlayHintLabelPart => {
        const target = index % 2 === 0 ? details.targets[index / 2] : undefined;
        return target ? { ...part, location: locationOf(compiled, target) } : part;
      });
      const hasText = details.blocks.length > 0;
      return { ...hint, label, ...(hasText && { tooltip: markupOf(details.blocks, client) }) };
    });
  },
};

function topicsOf(context: Context): ReadonlySet<HintTopic> {
  const settings = context.settings().inlayHints;
  const topics: readonly HintTopic[] = ["results", "ppasids", "kvm", "backing"];
  return new Set(topics.filter((topic) => settings[topic]));
}

function lspHint(numbers: ProgramNumbers, { compiled }: Simulated, uri: string, hint: Hint): InlayHint {
  const { at, parts, subject, topic } = hint;
  const label = parts.flatMap((value, index) => (index === 0 ? [{ value }] : [{ value: DOT }, { value }]));
  const data: HintData = { uri, program: numbers.of(compiled), subject, topic };
  return { position: compiled.places(compiled.file).position(at), label, paddingLeft: true, data };
}

/** Numbers by which the hints of one program are told from those of another. */
class ProgramNumbers {
  private readonly numbers = new WeakMap<Compiled, number>();
  private count = 0;

  of(compiled: Compiled): number {
    let number = this.numbers.get(compiled);
    if (number === undefined) {
      number = ++this.count;
      this.numbers.set(compiled, number);
    }
    return number;
  }
}
