import { LSPErrorCodes, ResponseError } from "vscode-languageserver";
import {
  type NameEverywhere,
  nameEverywhere,
  nameRefusal,
  renameRefusal,
} from "../../../engine/services/index.js";
import { answered, rangeOf } from "../at.js";
import type { Compiled } from "../compile.js";
import type { Context, Feature } from "../context.js";
import { type DocumentEdits, editOfDocuments } from "../document-edits.js";
import { askedEverywhere, Locations } from "../everywhere.js";

/**
 * Gives a thing another name in every file of the workspace that knows it. What would make any of them mean
 * something else, or reaches beyond the workspace, is refused with the reason.
 */
export const rename: Feature = {
  capabilities: ({ capabilities }) => ({
    renameProvider: capabilities.textDocument?.rename?.prepareSupport ? { prepareProvider: true } : true,
  }),
  register(context) {
    const { connection } = context;
    connection.onPrepareRename(
      answered(null, async (params, token) => {
        const { compiled, programs, file, offset } = await askedEverywhere(context, params, token);
        const found = nameEverywhere(programs, file, offset);
        if (!found) return null;
        refuse(outsideRefusal(context, new Locations(programs), found));
        return { range: rangeOf(compiled, found.from), placeholder: found.definition.name };
      }),
    );
    connection.onRenameRequest(
      answered(null, async (params, token) => {
        const { programs, file, offset } = await askedEverywhere(context, params, token);
        const found = nameEverywhere(programs, file, offset);
        if (!found) return null;
        const { newName } = params;
        const locations = new Locations(programs);
        refuse(nameRefusal(newName) ?? outsideRefusal(context, locations, found));
        if (newName !== found.definition.name) {
          const holders = holdersOf(programs, found);
          await context.programs.each(holders, token, (each) => refuse(renameRefusal(each, found, newName)));
          const isCurrent = holders.every((each) => context.programs.current(each.uri) === each);
          if (!isCurrent) refuse("The files changed while the name was looked for. Rename again.");
        }
        return editOfDocuments(context.client.capabilities, editsOf(locations, found, newName));
      }),
    );
  },
};

/** The programs that hold some place of a name. */
function holdersOf(programs: readonly Compiled[], { places }: NameEverywhere): Compiled[] {
  const files = new Set(places.map(({ file }) => file));
  return programs.filter(({ analysis }) => [...analysis.trees.keys()].some((file) => files.has(file)));
}

/** A file that the user neither has open nor in the workspace is not changed behind the user's back. */
function outsideRefusal(
  { documents, names }: Context,
  locations: Locations,
  { places, definition }: NameEverywhere,
): string | undefined {
  for (const file of new Set(places.map(({ file }) => file))) {
    const key = locations.holder(file)?.keyOf(file);
    if (key === undefined || documents.get(key) || names.isInWorkspace(key)) continue;
    return `\`${definition.name}\` also stands in ${file}, which lies outside of the folders of this workspace and is not open. Open it, or its folder, and rename again.`;
  }
  return undefined;
}

function editsOf(locations: Locations, { places }: NameEverywhere, newText: string): DocumentEdits[] {
  const documents = new Map<string, DocumentEdits>();
  for (const span of places) {
    const holder = locations.holder(span.file);
    if (!holder) continue;
    const uri = holder.uriOf(span.file);
    const document = documents.get(uri) ?? { uri, version: holder.versionOf(span.file), edits: [] };
    documents.set(uri, document);
    document.edits.push({ range: rangeOf(holder, span), newText });
  }
  return [...documents.values()];
}

/** @throws ResponseError with the sentence, which clients show, when there is one */
function refuse(sentence: string | undefined): void {
  if (sentence !== undefined) throw new ResponseError(LSPErrorCodes.RequestFailed, sentence);
}
