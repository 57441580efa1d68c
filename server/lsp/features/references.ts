import { nameEverywhere } from "../../../engine/services/index.js";
import { answered } from "../at.js";
import type { Feature } from "../context.js";
import { askedEverywhere, Locations } from "../everywhere.js";
import { inPieces } from "../pieces.js";

/** All places of the name under the cursor, in every file of the workspace that knows it. */
export const references: Feature = {
  capabilities: () => ({ referencesProvider: true }),
  register(context) {
    context.connection.onReferences(
      answered(null, async (params, token, _progress, partial) => {
        const { programs, file, offset } = await askedEverywhere(context, params, token);
        const found = nameEverywhere(programs, file, offset);
        if (!found) return null;
        const { places, declarations } = found;
        const uses = places.filter(
          (place) => !declarations.some(({ file, start }) => file === place.file && start === place.start),
        );
        const locations = new Locations(programs).of(params.context.includeDeclaration ? places : uses);
        return inPieces(locations, partial);
      }),
    );
  },
};
