import { behindNameAt } from "../../../engine/services/index.js";
import { answered, locationOf, rangeOf } from "../at.js";
import type { Feature } from "../context.js";
import { firstAnswer } from "../everywhere.js";

/** Go to what stands behind the thing under the cursor: a parent, a pdev, an IOMMU, an owner. */
export const typeDefinition: Feature = {
  capabilities: () => ({ typeDefinitionProvider: true }),
  register(context) {
    const linkSupport = context.client.capabilities.textDocument?.typeDefinition?.linkSupport ?? false;
    context.connection.onTypeDefinition(
      answered(null, async (params, token) => {
        const found = await firstAnswer(context, params, token, behindNameAt);
        if (!found) return null;
        const { program, answer } = found;
        if (!linkSupport) return answer.definitions.map(({ span }) => locationOf(program, span));
        return answer.definitions.map(({ span, statement }) => ({
          originSelectionRange: rangeOf(program, answer.from),
          targetUri: program.uriOf(span.file),
          targetRange: rangeOf(program, statement),
          targetSelectionRange: rangeOf(program, span),
        }));
      }),
    );
  },
};
