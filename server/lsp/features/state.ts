import { stateOf, statePage } from "../../../engine/report/index.js";
import {
  STATE,
  STATE_PAGE,
  type StatePageParams,
  type StatePageResult,
  type StateParams,
  type StateResult,
} from "../../protocol/index.js";
import { answered, locationOf, runOf } from "../at.js";
import type { Feature } from "../context.js";
import { withoutRun } from "../without-run.js";

/** The simulated state of a file, for views that show it. */
export const state: Feature = {
  capabilities: () => ({}),
  register(context) {
    context.connection.onRequest<StateResult, void>(
      STATE,
      answered<StateParams, StateResult>({ state: "unknown" }, async (params, token) => {
        const { compiled, result } = await runOf(context, params, token);
        if (!result) return { state: withoutRun(compiled) };
        const found = stateOf(result, params.scenario, (span) => locationOf(compiled, span));
        return { state: "ready", ...found };
      }),
    );
    context.connection.onRequest<StatePageResult, void>(STATE_PAGE, (params: StatePageParams, token) => {
      const { list, from, scenario, count } = params;
      const none: StatePageResult = { list, from, items: [], total: 0 };
      const answer = answered<StatePageParams, StatePageResult>(none, async () => {
        const { compiled, result } = await runOf(context, params, token);
        if (!result) return none;
        return statePage(result, { scenario, list, from, count }, (span) => locationOf(compiled, span));
      });
      return answer(params, token);
    });
  },
};
