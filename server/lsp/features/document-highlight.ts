import { DocumentHighlightKind } from "vscode-languageserver";
import { highlightsAt } from "../../../engine/services/index.js";
import { answered } from "../at.js";
import type { Feature } from "../context.js";
import { askedNearby } from "../everywhere.js";

const KINDS = { read: DocumentHighlightKind.Read, write: DocumentHighlightKind.Write } as const;

/** The places of the name under the cursor in its own file. */
export const documentHighlight: Feature = {
  capabilities: () => ({ documentHighlightProvider: true }),
  register(context) {
    context.connection.onDocumentHighlight(
      answered(null, async (params, token) => {
        const { programs, file, places, offset } = await askedNearby(context, params, token);
        return highlightsAt(programs, file, offset).map(({ span, access }) => ({
          range: places.range(span),
          kind: KINDS[access],
        }));
      }),
    );
  },
};
