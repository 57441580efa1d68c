/** The settings of `ioasid.*` that the language server reads; an editor contributes them with these defaults. */
export interface Settings {
  readonly inlayHints: {
    /** After `dma` and `enqcmd`: where it landed, or the fault; after other calls what they came to. */
    readonly results: boolean;
    /** After `attach`: the pPASID, its namespace and the RID; after `ioasid`: the routings; defPASIDs, reports. */
    readonly ppasids: boolean;
    /** After `kvm map`: the slot; after an attach that needs one: the requirement. */
    readonly kvm: boolean;
    /** After `memory`: the host-physical backing. */
    readonly backing: boolean;
  };
  readonly diagnostics: {
    /** Findings also of files that are not open. */
    readonly workspace: boolean;
  };
  /**
   * A level for rules that are not to be shown at their own: `off`, `info`, `warning` or `error`, by the id of
   * the rule. The configuration file of a project comes first.
   */
  readonly rules: Readonly<Record<string, string>>;
}

export const DEFAULT_SETTINGS: Settings = {
  inlayHints: { results: true, ppasids: true, kvm: true, backing: true },
  diagnostics: { workspace: true },
  rules: {},
};
