/** The part of SARIF 2.1.0 that is written; the section numbers are those of the OASIS standard. */
export interface SarifLog {
  readonly $schema: string;
  readonly version: "2.1.0";
  readonly runs: readonly SarifRun[];
}

/** §3.14 */
export interface SarifRun {
  readonly tool: { readonly driver: SarifDriver };
  readonly invocations: readonly SarifInvocation[];
  readonly artifacts: readonly SarifArtifact[];
  readonly results: readonly SarifResult[];
  readonly columnKind: "utf16CodeUnits";
  readonly newlineSequences: readonly string[];
}

/** §3.19 */
export interface SarifDriver {
  readonly name: string;
  readonly fullName: string;
  readonly semanticVersion: string;
  readonly language: string;
  readonly rules: readonly SarifRule[];
}

export type SarifLevel = "none" | "note" | "warning" | "error";

/** §3.49 */
export interface SarifRule {
  readonly id: string;
  readonly name: string;
  readonly shortDescription: SarifText;
  readonly fullDescription: SarifText;
  readonly help: SarifText;
  readonly helpUri?: string;
  readonly defaultConfiguration: { readonly level: SarifLevel };
  readonly properties: { readonly tags: readonly string[] };
}

/** §3.12 */
export interface SarifText {
  readonly text: string;
  readonly markdown?: string;
}

/** §3.20 */
export interface SarifInvocation {
  readonly executionSuccessful: boolean;
  readonly toolExecutionNotifications?: readonly SarifNotification[];
}

/** §3.58 */
export interface SarifNotification {
  readonly level: SarifLevel;
  readonly message: SarifText;
  readonly locations?: readonly SarifLocation[];
}

/** §3.24 */
export interface SarifArtifact {
  readonly location: { readonly uri: string };
  readonly roles?: readonly "analysisTarget"[];
  readonly sourceLanguage: string;
}

/** §3.27 */
export interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex?: number;
  readonly level: SarifLevel;
  readonly message: SarifText;
  readonly locations: readonly SarifLocation[];
  readonly relatedLocations?: readonly SarifLocation[];
  readonly fixes?: readonly SarifFix[];
  readonly properties?: { readonly errno: string };
}

/** §3.28 */
export interface SarifLocation {
  readonly id?: number;
  readonly physicalLocation: {
    readonly artifactLocation: SarifArtifactLocation;
    readonly region?: SarifRegion;
  };
  readonly logicalLocations?: readonly { readonly name: string; readonly kind: string }[];
  readonly message?: SarifText;
}

/** §3.4 */
export interface SarifArtifactLocation {
  readonly uri: string;
  readonly index?: number;
}

/** §3.30: lines and columns from 1, the end column behind the last character. */
export interface SarifRegion {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** §3.55 */
export interface SarifFix {
  readonly description: SarifText;
  readonly artifactChanges: readonly {
    readonly artifactLocation: SarifArtifactLocation;
    readonly replacements: readonly {
      readonly deletedRegion: SarifRegion;
      readonly insertedContent: SarifText;
    }[];
  }[];
}
