import { topologyOf } from "../../../engine/report/index.js";
import { TOPOLOGY, type TopologyParams, type TopologyResult } from "../../protocol/index.js";
import { answered, locationOf, runOf } from "../at.js";
import type { Feature } from "../context.js";
import { withoutRun } from "../without-run.js";

/** The picture of the start state of a file. */
export const topology: Feature = {
  capabilities: () => ({}),
  register(context) {
    context.connection.onRequest<TopologyResult, void>(
      TOPOLOGY,
      answered<TopologyParams, TopologyResult>({ state: "unknown" }, async (params, token) => {
        const { compiled, result } = await runOf(context, params, token);
        if (!result) return { state: withoutRun(compiled) };
        const { origins } = result.program;
        const { nodes, edges } = topologyOf(result.machine, (origin) =>
          locationOf(compiled, origins[origin]!),
        );
        const title = result.incomplete ? "start state, incomplete" : "start state";
        return { state: "ready", title, nodes, edges };
      }),
    );
  },
};
