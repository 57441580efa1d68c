import { SymbolKind } from "vscode-languageserver";
import type { OutlineKind } from "../../engine/services/index.js";

/** The kinds of the protocol that stand for things of the language; they decide about icons. */
export const SYMBOL_KINDS: Record<OutlineKind, SymbolKind> = {
  guest: SymbolKind.Namespace,
  native: SymbolKind.Namespace,
  iommu: SymbolKind.Class,
  cpu: SymbolKind.Class,
  viommu: SymbolKind.Class,
  pdev: SymbolKind.Struct,
  mdev: SymbolKind.Struct,
  group: SymbolKind.Enum,
  memory: SymbolKind.Variable,
  process: SymbolKind.Function,
  space: SymbolKind.Interface,
  scenario: SymbolKind.Method,
};
