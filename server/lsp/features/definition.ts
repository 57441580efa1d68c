import { definitionAt } from "../../../engine/services/index.js";
import { answered, locationOf, rangeOf } from "../at.js";
import type { Feature } from "../context.js";
import { firstAnswer } from "../everywhere.js";

/** Go to the declaration of the name under the cursor. */
export const definition: Feature = {
  capabilities: () => ({ definitionProvider: true }),
  register(context) {
    const linkSupport = context.client.capabilities.textDocument?.definition?.linkSupport ?? false;
    context.connection.onDefinition(
      answered(null, async (params, token) => {
        const found = await firstAnswer(context, params, token, definitionAt);
        if (!found) return null;
        const { program, answer } = found;
        const { name, statement, from } = answer;
        if (!linkSupport) return locationOf(program, name);
        return [
          {
            originSelectionRange: rangeOf(program, from),
            targetUri: program.uriOf(name.file),
            targetRange: rangeOf(program, statement),
            targetSelectionRange: rangeOf(program, name),
          },
        ];
      }),
    );
  },
};
