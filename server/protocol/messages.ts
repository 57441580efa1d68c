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
import type {
  LIST_SCENARIOS,
  ListScenariosParams,
  ListScenariosResult,
  RUN_FILE,
  RunFileParams,
  RunFileResult,
} from "./run.js";

/** Requests of the client to the server beside those of the protocol: parameters and answer by name. */
export interface ServerRequests {
  readonly [RUN_FILE]: { readonly params: RunFileParams; readonly result: RunFileResult };
  readonly [LIST_SCENARIOS]: { readonly params: ListScenariosParams; readonly result: ListScenariosResult };
  readonly [LIST_RULES]: { readonly params: Record<string, never>; readonly result: ListRulesResult };
  readonly [EXPLAIN]: { readonly params: ExplainParams; readonly result: ExplainResult };
  readonly [CAPABILITIES]: { readonly params: CapabilitiesParams; readonly result: CapabilitiesResult };
}
