import type { CallHierarchyItem, CancellationToken, Range } from "vscode-languageserver";
import { kindWords, qualifiedName } from "../../../engine/language/index.js";
import {
  type FlowItem,
  type FlowLink,
  flowFrom,
  flowInto,
  flowItemAt,
} from "../../../engine/services/index.js";
import { answered, rangeOf } from "../at.js";
import type { Compiled } from "../compile.js";
import type { Context, Feature } from "../context.js";
import { askedEverywhere, Locations } from "../everywhere.js";
import { SYMBOL_KINDS } from "../symbol-kinds.js";

type Links = (programs: readonly Compiled[], file: string, offset: number) => readonly FlowLink[];

/**
 * What is attached to what, in the form of calls: from a process or device over IOASIDs to memory, each being
 * called by what leads to it.
 */
export const callHierarchy: Feature = {
  capabilities: () => ({ callHierarchyProvider: true }),
  register(context) {
    const { callHierarchy: calls } = context.connection.languages;
    calls.onPrepare(
      answered(null, async (params, token) => {
        const { programs, file, offset } = await askedEverywhere(context, params, token);
        const item = flowItemAt(programs, file, offset);
        return item ? [itemOf(new Locations(programs), item)] : null;
      }),
    );
    calls.onIncomingCalls(
      answered(null, async ({ item }, token) => {
        const found = await linked(context, item, flowInto, token);
        return found.map(({ item: from, ranges: fromRanges }) => ({ from, fromRanges }));
      }),
    );
    calls.onOutgoingCalls(
      answered(null, async ({ item }, token) => {
        const found = await linked(context, item, flowFrom, token);
        return found.map(({ item: to, ranges: fromRanges }) => ({ to, fromRanges }));
      }),
    );
  },
};

async function linked(
  context: Context,
  { uri, selectionRange }: CallHierarchyItem,
  links: Links,
  token: CancellationToken,
): Promise<{ readonly item: CallHierarchyItem; readonly ranges: Range[] }[]> {
  const at = { textDocument: { uri }, position: selectionRange.start };
  const { programs, file, offset } = await askedEverywhere(context, at, token);
  const locations = new Locations(programs);
  return links(programs, file, offset).map(({ item, places }) => ({
    item: itemOf(locations, item),
    ranges: locations.of(places).map(({ range }) => range),
  }));
}

function itemOf(locations: Locations, { definition, span, statement }: FlowItem): CallHierarchyItem {
  const holder = locations.holder(span.file)!;
  return {
    name: qualifiedName(definition),
    kind: SYMBOL_KINDS[definition.kind],
    detail: kindWords(definition),
    uri: holder.uriOf(span.file),
    range: rangeOf(holder, statement),
    selectionRange: rangeOf(holder, span),
  };
}
