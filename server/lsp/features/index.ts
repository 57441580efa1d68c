import type { Feature } from "../context.js";
import { callHierarchy } from "./call-hierarchy.js";
import { codeActions } from "./code-actions.js";
import { codeLenses } from "./code-lenses.js";
import { completion } from "./completion.js";
import { definition } from "./definition.js";
import { documentHighlight } from "./document-highlight.js";
import { documentLink } from "./document-link.js";
import { documentSymbol } from "./document-symbol.js";
import { fileRenames } from "./file-renames.js";
import { foldingRange } from "./folding-range.js";
import { formatting } from "./formatting.js";
import { hover } from "./hover.js";
import { inlayHints } from "./inlay-hints.js";
import { linkedEditingRange } from "./linked-editing-range.js";
import { pages } from "./pages.js";
import { port } from "./port.js";
import { references } from "./references.js";
import { rename } from "./rename.js";
import { report } from "./report.js";
import { run } from "./run.js";
import { selectionRange } from "./selection-range.js";
import { semanticTokens } from "./semantic-tokens.js";
import { state } from "./state.js";
import { topology } from "./topology.js";
import { typeDefinition } from "./type-definition.js";
import { workspaceSymbol } from "./workspace-symbol.js";

/** Every feature beside the findings, in the order in which they are announced. */
export const FEATURES: readonly Feature[] = [
  completion,
  definition,
  typeDefinition,
  references,
  documentHighlight,
  codeActions,
  hover,
  inlayHints,
  run,
  pages,
  rename,
  codeLenses,
  documentSymbol,
  workspaceSymbol,
  report,
  state,
  topology,
  foldingRange,
  selectionRange,
  documentLink,
  linkedEditingRange,
  semanticTokens,
  formatting,
  fileRenames,
  callHierarchy,
  port,
];
