import { definitionAt } from "../../../engine/services/index.js";
import { answered, askedAt, locationOf, rangeOf } from "../at.js";
import type { Feature } from "../context.js";

/** Go to the declaration of the name under the cursor. */
export const definition: Feature = {
  capabilities: () => ({ definitionProvider: true }),
  register(context) {
    const linkSupport = context.client.capabilities.textDocument?.definition?.linkSupport ?? false;
    context.connection.onDefinition(
      answered(null, async (params, token) => {
        const { compiled, file, offset } = await askedAt(context, params, token);
        const found = definitionAt(compiled, file, offset);
        if (!found) return null;
        const { name, statement, from } = found;
        if (!linkSupport) return locationOf(compiled, name);
        return [
          {
            originSelectionRange: rangeOf(compiled, from),
            targetUri: compiled.uriOf(name.file),
            targetRange: rangeOf(compiled, statement),
            targetSelectionRange: rangeOf(compiled, name),
          },
        ];
      }),
    );
  },
};
