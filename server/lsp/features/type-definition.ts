import { behindNameAt } from "../../../engine/services/index.js";
import { answered, askedAt, locationOf, rangeOf } from "../at.js";
import type { Feature } from "../context.js";

/** Go to what stands behind the thing under the cursor: a parent, a pdev, an IOMMU, an owner. */
export const typeDefinition: Feature = {
  capabilities: () => ({ typeDefinitionProvider: true }),
  register(context) {
    const linkSupport = context.client.capabilities.textDocument?.typeDefinition?.linkSupport ?? false;
    context.connection.onTypeDefinition(
      answered(null, async (params, token) => {
        const { compiled, file, offset } = await askedAt(context, params, token);
        const found = behindNameAt(compiled, file, offset);
        if (!found) return null;
        if (!linkSupport) return found.definitions.map(({ span }) => locationOf(compiled, span));
        return found.definitions.map(({ span, statement }) => ({
          originSelectionRange: rangeOf(compiled, found.from),
          targetUri: compiled.uriOf(span.file),
          targetRange: rangeOf(compiled, statement),
          targetSelectionRange: rangeOf(compiled, span),
        }));
      }),
    );
  },
};
