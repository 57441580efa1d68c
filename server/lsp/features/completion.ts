import {
  type CancellationToken,
  type CompletionItem,
  type CompletionList,
  type CompletionParams,
  CompletionTriggerKind,
} from "vscode-languageserver";
import { completionDocumentation, completionsAt } from "../../../engine/services/index.js";
import { answered } from "../at.js";
import type { Compiled } from "../compile.js";
import { type CompletionData, CompletionForm } from "../completion-items.js";
import type { Context, Feature } from "../context.js";
import { importPaths } from "../import-paths.js";
import { isLargeText } from "../large-texts.js";
import { markupOf } from "../markup.js";
import { keyOf } from "../uris.js";

/** Behind these something has to follow that a person may not know by heart. */
const TRIGGERS = [" ", ".", "[", '"', "/", ">", "+", "#"];

/** What may stand at the cursor. It never waits for a run, and with a large file not for the compiler. */
export const completion: Feature = {
  capabilities: () => ({
    completionProvider: {
      triggerCharacters: TRIGGERS,
      resolveProvider: true,
      completionItem: { labelDetailsSupport: true },
    },
  }),
  register(context) {
    const { connection, client, programs } = context;
    const form = new CompletionForm(client);
    connection.onCompletion(
      answered(null, async (params, token) => completionList(context, form, params, token)),
    );
    connection.onCompletionResolve((item: CompletionItem) => {
      const data = item.data as CompletionData | undefined;
      const known = data && programs.latest(keyOf(data.uri));
      const blocks = data && known ? completionDocumentation(known.analysis, data.subject) : [];
      if (blocks.length === 0) return item;
      const { completionItem } = client.capabilities.textDocument?.completion ?? {};
      return { ...item, documentation: markupOf(blocks, client, completionItem?.documentationFormat ?? []) };
    });
  },
};

async function completionList(
  context: Context,
  form: CompletionForm,
  { textDocument: { uri }, position, context: asked }: CompletionParams,
  token: CancellationToken,
): Promise<CompletionList | null> {
  const { programs, documents, names } = context;
  const key = keyOf(uri);
  const compiled = await compiledSoon(context, key, token);
  // The text may have changed while the compiler was at work, and then the position is one of the new text.
  const places = documents.get(key)?.places ?? compiled.places(compiled.file);
  const { file, analysis } = compiled;
  const offset = places.offset(position);
  const list = completionsAt({
    view: { analysis, result: programs.finished(compiled) },
    file,
    text: places.text,
    offset,
    paths: importPaths(names, key, programs.uris),
  });
  const isUnasked = asked?.triggerKind === CompletionTriggerKind.TriggerCharacter;
  if (isUnasked && !list.mustFollow) return null;
  const { start, end } = list.replace;
  const ranges = {
    insert: places.range({ start, end: offset }),
    replace: places.range({ start, end }),
  };
  return { isIncomplete: list.isIncomplete, items: form.items(list, ranges, uri) };
}

/** The file as it stands; a large one as it was compiled last, so that nobody waits for each key. */
async function compiledSoon(
  { programs, documents }: Context,
  key: string,
  token: CancellationToken,
): Promise<Compiled> {
  const known = programs.latest(key);
  return known && isLargeText(documents, key) ? known : programs.compiled(key, token);
}
