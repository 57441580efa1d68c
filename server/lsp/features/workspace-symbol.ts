import type { SymbolInformation } from "vscode-languageserver";
import { searchSymbols } from "../../../engine/services/index.js";
import type { Feature } from "../context.js";
import { Locations } from "../everywhere.js";
import { inPieces } from "../pieces.js";
import { SYMBOL_KINDS } from "../symbol-kinds.js";

/** More than this nobody looks through; a longer query finds the rest. */
const LIMIT = 1000;

/** What the files of the workspace declare. */
export const workspaceSymbol: Feature = {
  capabilities: () => ({ workspaceSymbolProvider: true }),
  register(context) {
    context.connection.onWorkspaceSymbol(async ({ query }, token, _progress, partial) => {
      const programs = await context.programs.all(token);
      const locations = new Locations(programs);
      const symbols = searchSymbols(programs, query, LIMIT).flatMap(({ name, kind, container, span }) =>
        locations.of([span]).map((location) => ({
          name,
          kind: SYMBOL_KINDS[kind],
          location,
          ...(container !== undefined && { containerName: container }),
        })),
      );
      return inPieces<SymbolInformation>(symbols, partial);
    });
  },
};
