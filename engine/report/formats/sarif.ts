import {
  type Diagnostic,
  type Edit,
  type Fix,
  isInternalError,
  type Program,
  RULES,
  type Rule,
  type Span,
} from "../../language/index.js";
import { Places } from "../places.js";
import { markdownText } from "../rules/markdown.js";
import { ruleHelp } from "../rules/page.js";
import { plainText } from "../rules/terminal.js";
import { type Checked, LEVELS, type Report, type Shown, shownDiagnostics } from "./report-input.js";
import type {
  SarifArtifact,
  SarifFix,
  SarifInvocation,
  SarifLocation,
  SarifLog,
  SarifRegion,
  SarifResult,
  SarifRule,
} from "./sarif-types.js";
import { uriOf } from "./uri.js";

/** What the host knows and the engine does not. */
export interface SarifOptions {
  /** Version of the program, `major.minor.patch`. */
  readonly version: string;
  /** Address of the folder with the rules' pages, ending with a slash; without it no rule has a link. */
  readonly pages?: string;
  /** What would mend a diagnostic; without it no result has a fix. */
  readonly fixesOf?: (diagnostic: Diagnostic, program: Program) => readonly Fix[];
}

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

/**
 * The value that `--format sarif` prints: one run of the Static Analysis Results Interchange Format 2.1.0
 * (OASIS) with every rule, every file and everything but hints. Columns are UTF-16 units from 1.
 */
export function sarifLog(report: Report, options: SarifOptions): SarifLog {
  const artifacts = new Artifacts(report.files);
  const results = new Results(artifacts, options);
  return {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "ioasid",
            fullName: "ioasid: I/O address space configurations, checked and run",
            semanticVersion: options.version,
            language: "en",
            rules: [...RULES.values()].map((rule) => ruleOf(rule, options.pages)),
          },
        },
        invocations: [invocationOf(report)],
        artifacts: artifacts.list,
        results: shownDiagnostics(report.files).map((shown) => results.of(shown)),
        columnKind: "utf16CodeUnits",
        newlineSequences: ["\r\n", "\n", "\r"],
      },
    ],
  };
}

function ruleOf(rule: Rule, pages: string | undefined): SarifRule {
  const why = ruleHelp(rule);
  return {
    id: rule.id,
    name: nameOf(rule),
    shortDescription: { text: sentenceOf(rule.title) },
    fullDescription: { text: plainText(why.slice(0, 1)) },
    help: { text: plainText(why), markdown: markdownText(why) },
    ...(pages !== undefined && { helpUri: `${pages}${rule.id}.md` }),
    defaultConfiguration: { level: LEVELS[rule.severity] },
    properties: {
      tags: [...(rule.categories ?? []).map((category) => `category-${category}`), ...(rule.errno ?? [])],
    },
  };
}

/** `VpasidBeyondThePasidWidth`: the identifier that viewers show beside the id. */
function nameOf({ title }: Rule): string {
  const words = title.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`).join("");
}

/** vPASID and pPASID are written so at the beginning of a sentence, too. */
function sentenceOf(title: string): string {
  const isName = /^\p{Ll}\p{Lu}/u.test(title);
  return `${isName ? title.slice(0, 1) : title.slice(0, 1).toUpperCase()}${title.slice(1)}.`;
}

/** A run that was stopped, did not see all its files or failed at a rule is no success, whatever it found. */
function invocationOf({ files, isWhole, unreadable }: Report): SarifInvocation {
  const internal = files.flatMap(({ diagnostics }) => diagnostics.filter(isInternalError));
  const notifications = [
    ...internal.map(({ message }) => ({ level: "error" as const, message: { text: message } })),
    ...unreadable.map(({ file, message }) => ({
      level: "error" as const,
      message: { text: message },
      locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(file) } } }],
    })),
    ...(isWhole ? [] : [{ level: "warning" as const, message: { text: "The run was interrupted." } }]),
  ];
  return {
    executionSuccessful: notifications.length === 0,
    ...(notifications.length > 0 && { toolExecutionNotifications: notifications }),
  };
}

/** Every file that was read, the named ones and their imports, each once. */
class Artifacts {
  readonly list: SarifArtifact[] = [];
  private readonly indices = new Map<string, number>();

  constructor(files: readonly Checked[]) {
    const named = new Set(files.map(({ program }) => program.file));
    for (const { program } of files) {
      for (const file of [program.file, ...program.sources.keys()]) {
        if (this.indices.has(file)) continue;
        this.indices.set(file, this.list.length);
        this.list.push({
          location: { uri: uriOf(file) },
          ...(named.has(file) && { roles: ["analysisTarget"] }),
          sourceLanguage: "ioasid",
        });
      }
    }
  }

  of(file: string): { uri: string; index?: number } {
    const index = this.indices.get(file);
    return { uri: uriOf(file), ...(index !== undefined && { index }) };
  }
}

/** Results that are asked for fixes: a fix looks at the whole file, and nobody applies thousands by hand. */
const FIXED_RESULTS = 1000;

class Results {
  private asked = 0;
  private readonly ruleIndices = new Map([...RULES.keys()].map((id, index) => [id, index]));
  private readonly places = new Map<Checked["program"], Places>();

  constructor(
    private readonly artifacts: Artifacts,
    private readonly options: SarifOptions,
  ) {}

  of({ program, diagnostic }: Shown): SarifResult {
    const { code, severity, errno, message, span, related, scenario } = diagnostic;
    const places = this.placesOf(program);
    const ruleIndex = this.ruleIndices.get(code);
    const fixes = this.asked < FIXED_RESULTS ? (this.options.fixesOf?.(diagnostic, program) ?? []) : [];
    this.asked += 1;
    const logicalLocations = scenario === undefined ? [] : [{ name: scenario, kind: "scenario" }];
    return {
      ruleId: code,
      ...(ruleIndex !== undefined && { ruleIndex }),
      level: LEVELS[severity],
      message: { text: message },
      locations: [
        { ...this.location(places, span), ...(logicalLocations.length > 0 && { logicalLocations }) },
      ],
      ...(related.length > 0 && {
        relatedLocations: related.map((place, index) => ({
          id: index + 1,
          ...this.location(places, place.span),
          message: { text: place.message },
        })),
      }),
      ...(fixes.length > 0 && { fixes: fixes.map((fix) => this.fix(places, fix)) }),
      ...(errno !== undefined && { properties: { errno } }),
    };
  }

  private placesOf(program: Checked["program"]): Places {
    const known = this.places.get(program) ?? new Places(program);
    this.places.set(program, known);
    return known;
  }

  private location(places: Places, span: Span): SarifLocation {
    return {
      physicalLocation: {
        artifactLocation: this.artifacts.of(span.file),
        region: regionOf(places, span),
      },
    };
  }

  private fix(places: Places, { title, edits }: Fix): SarifFix {
    const byFile = new Map<string, Edit[]>();
    for (const edit of edits) byFile.set(edit.file, [...(byFile.get(edit.file) ?? []), edit]);
    return {
      description: { text: title },
      artifactChanges: [...byFile].map(([file, changes]) => ({
        artifactLocation: this.artifacts.of(file),
        replacements: changes.map((edit) => ({
          deletedRegion: regionOf(places, edit),
          insertedContent: { text: edit.text },
        })),
      })),
    };
  }
}

function regionOf(places: Places, span: Span): SarifRegion {
  const start = places.startOf(span);
  const end = places.endOf(span);
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}
