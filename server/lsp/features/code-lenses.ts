import type { CodeLens, Command } from "vscode-languageserver";
import type { Span } from "../../../engine/language/index.js";
import { type LensPlace, type LensText, lensPlaces, lensText } from "../../../engine/services/index.js";
import { COMMANDS, type ShownPlaces } from "../../protocol/index.js";
import { answered, locationOf, programOf } from "../at.js";
import type { Compiled } from "../compile.js";
import type { Client, Feature } from "../context.js";

/** What a lens is about, for the time when its words are asked for. */
interface Data {
  readonly uri: string;
  readonly version: number | null;
  /** Offset of its place. */
  readonly start: number;
}

/**
 * Above scenarios: run, debug, and how it ended last; above spaces and guests: what is attached, and which KVM
 * mappings are there. What a run has to tell is left out until the client asks for the words.
 */
export const codeLenses: Feature = {
  capabilities: () => ({ codeLensProvider: { resolveProvider: true } }),
  register(context) {
    const { connection, client, programs } = context;
    connection.onCodeLens(
      answered([], async ({ textDocument }, token) => {
        const compiled = await programOf(context, textDocument, token);
        return lensPlaces(compiled.analysis).flatMap((place) => lensesAt(client, compiled, place));
      }),
    );
    connection.onCodeLensResolve(async (lens, token) => {
      const { uri, version, start }: Data = lens.data;
      const { compiled, result } = await programs.simulated(uri, token);
      const place = lensPlaces(compiled.analysis).find((each) => each.start === start);
      // Of an older text: the client asks anew for the text that it has now.
      if (!place || (compiled.version ?? null) !== version) return { ...lens, command: words("") };
      const said = result && lensText(result, place);
      return { ...lens, command: said ? command(client, compiled, place, said) : words("not run") };
    });
  },
};

function lensesAt({ options }: Client, compiled: Compiled, place: LensPlace): CodeLens[] {
  const range = compiled.places(compiled.file).range(place);
  const data: Data = { uri: compiled.uri, version: compiled.version ?? null, start: place.start };
  const told: CodeLens = { range, data };
  if (place.kind !== "scenario") return [told];
  const given = [compiled.uriOf(compiled.file), place.title];
  const run = { title: "Run", command: COMMANDS.runScenario, arguments: given };
  const debug = { title: "Debug", command: COMMANDS.debugScenario, arguments: given };
  return [
    ...(options.commands ? [{ range, command: run }] : []),
    ...(options.commands && options.debug ? [{ range, command: debug }] : []),
    told,
  ];
}

function command(client: Client, compiled: Compiled, place: LensPlace, said: LensText): Command {
  switch (said.kind) {
    case "passed":
      return words("passed");
    case "failed": {
      const { line } = compiled.places(said.at.file).position(said.at.start);
      return shown(client, compiled, place, `failed in line ${line + 1}`, [said.at]);
    }
    case "count":
      return shown(client, compiled, place, said.text, said.statements);
  }
}

/** Words whose places are shown with a click, where the client can do that. */
function shown(
  { options }: Client,
  compiled: Compiled,
  place: LensPlace,
  title: string,
  spans: readonly Span[],
): Command {
  if (!options.commands || spans.length === 0) return words(title);
  const { file } = compiled;
  const argument: ShownPlaces = {
    from: { uri: compiled.uriOf(file), position: compiled.places(file).position(place.start) },
    places: spans.map((span) => locationOf(compiled, span)),
  };
  return { title, command: COMMANDS.showPlaces, arguments: [argument] };
}

/** Words that nothing happens behind. */
function words(title: string): Command {
  return { title, command: "" };
}
