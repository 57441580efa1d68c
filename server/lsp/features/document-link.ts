import { importsOf } from "../../../engine/services/index.js";
import { answered, programOf } from "../at.js";
import type { Feature } from "../context.js";

/** Links from imports to the files that they name, as far as these can be read. */
export const documentLink: Feature = {
  capabilities: () => ({ documentLinkProvider: {} }),
  register(context) {
    const { names, connection } = context;
    connection.onDocumentLinks(
      answered(null, async (params, token) => {
        const compiled = await programOf(context, params.textDocument, token);
        const { file, analysis } = compiled;
        const tree = analysis.trees.get(file);
        const places = compiled.places(file);
        return importsOf(tree!).flatMap(({ path, span }) => {
          const found = names.resolve(compiled.uri, path);
          if ("error" in found || !compiled.reads.has(found.uri)) return [];
          const name = names.nameOf(found.uri);
          if (!analysis.trees.has(name)) return [];
          return [{ range: places.range(span), target: compiled.uriOf(name), tooltip: `Open ${name}` }];
        });
      }),
    );
  },
};
