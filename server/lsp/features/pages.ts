import { capabilitiesMarkdown } from "../../../engine/report/index.js";
import { ruleTitles } from "../../../engine/services/index.js";
import { boot } from "../../../engine/simulator/index.js";
import {
  CAPABILITIES,
  type CapabilitiesParams,
  type CapabilitiesResult,
  EXPLAIN,
  type ExplainParams,
  type ExplainResult,
  LIST_RULES,
  type ListRulesResult,
} from "../../protocol/index.js";
import type { Feature } from "../context.js";
import { Pages } from "../pages.js";
import { keyOf } from "../uris.js";

/** Pages to read: about the rules, and about the devices of a file. */
export const pages: Feature = {
  capabilities: () => ({}),
  register({ connection, environment, programs }) {
    const rulePages = new Pages(environment);
    connection.onRequest(LIST_RULES, (): ListRulesResult => ruleTitles());
    connection.onRequest(EXPLAIN, async ({ page }: ExplainParams): Promise<ExplainResult> => {
      const markdown = await rulePages.get(page);
      return markdown === undefined ? null : { markdown };
    });
    connection.onRequest(
      CAPABILITIES,
      async ({ uri }: CapabilitiesParams, token): Promise<CapabilitiesResult> => {
        const { analysis, file } = await programs.compiled(keyOf(uri), token);
        return { markdown: capabilitiesMarkdown(file, boot(analysis.program.platform)) };
      },
    );
  },
};
