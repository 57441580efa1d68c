import type {
  CAPABILITIES,
  CapabilitiesParams,
  CapabilitiesResult,
  EXPLAIN,
  ExplainParams,
  ExplainResult,
  LIST_RULES,
  ListRulesResult,
} from "./pages.js";
import type { PORT, PortParams, PortResult } from "./port.js";
import type { REPORT, ReportParams, ReportResult, STAGES, StagesParams, StagesResult } from "./report.js";
import type {
  LIST_SCENARIOS,
  ListScenariosParams,
  ListScenariosResult,
  RUN_FILE,
  RunFileParams,
  RunFileResult,
} from "./run.js";
import type {
  STATE,
  STATE_PAGE,
  StatePageParams,
  StatePageResult,
  StateParams,
  StateResult,
} from "./state.js";
import type { TOPOLOGY, TopologyParams, TopologyResult } from "./topology.js";

/** Requests of the client to the server beside those of the protocol: parameters and answer by name. */
export interface ServerRequests {
  readonly [RUN_FILE]: { readonly params: RunFileParams; readonly result: RunFileResult };
  readonly [LIST_SCENARIOS]: { readonly params: ListScenariosParams; readonly result: ListScenariosResult };
  readonly [LIST_RULES]: { readonly params: Record<string, never>; readonly result: ListRulesResult };
  readonly [EXPLAIN]: { readonly params: ExplainParams; readonly result: ExplainResult };
  readonly [CAPABILITIES]: { readonly params: CapabilitiesParams; readonly result: CapabilitiesResult };
  readonly [PORT]: { readonly params: PortParams; readonly result: PortResult };
  readonly [REPORT]: { readonly params: ReportParams; readonly result: ReportResult };
  readonly [STAGES]: { readonly params: StagesParams; readonly result: StagesResult };
  readonly [STATE]: { readonly params: StateParams; readonly result: StateResult };
  readonly [TOPOLOGY]: { readonly params: TopologyParams; readonly result: TopologyResult };
  readonly [STATE_PAGE]: { readonly params: StatePageParams; readonly result: StatePageResult };
}
