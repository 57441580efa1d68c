import { linkedPlaces } from "../../../engine/services/index.js";
import { answered } from "../at.js";
import type { Feature } from "../context.js";
import { askedEverywhere } from "../everywhere.js";

/** What a name looks like while somebody types it. */
const WORD = "[A-Za-z_][\\w-]*";

/** The places of a name that change together while one of them is typed. */
export const linkedEditingRange: Feature = {
  capabilities: () => ({ linkedEditingRangeProvider: true }),
  register(context) {
    context.connection.languages.onLinkedEditingRange(
      answered(null, async (params, token) => {
        const { programs, file, places, offset } = await askedEverywhere(context, params, token);
        const linked = linkedPlaces(programs, file, offset);
        if (linked.length === 0) return null;
        return { ranges: linked.map((span) => places.range(span)), wordPattern: WORD };
      }),
    );
  },
};
