import type { CancellationToken, Diagnostic as LspDiagnostic } from "vscode-languageserver";
import type { Diagnostic, Program } from "../../engine/language/index.js";
import type { Compiled } from "./compile.js";
import type { OpenDocument } from "./documents.js";
import { type FindingForm, inTextOrder, placedFindings } from "./findings.js";
import { hashOf } from "./hash.js";
import type { Programs } from "./programs.js";
import { shifted, type Texts } from "./shifted.js";

/** What is known of a root file's findings. */
interface Checked {
  readonly compiled: Compiled;
  /** Of `compiled` and of its run, or of an earlier run while that goes on; by the addresses of the files. */
  readonly findings: ReadonlyMap<string, readonly LspDiagnostic[]>;
  readonly failedScenarios: number;
}

/** The findings in one file. */
interface Gathered {
  readonly findings: LspDiagnostic[];
  /** Made when it is first asked for. */
  id: string | undefined;
}

/** What the last run of a root file found beyond what the compiler did, for the time until the next one ends. */
interface LastRun {
  readonly texts: Texts;
  readonly found: readonly Diagnostic[];
  readonly failedScenarios: number;
}

/**
 * The findings of every file: those of its own program, and those that other files' programs have in it when
 * they import it. A long run does not hold up what is known without it.
 */
export class Checker {
  private readonly checked = new Map<string, Checked>();
  private readonly lastRuns = new Map<string, LastRun>();
  /** Root files by the files that they have findings in. */
  private readonly finders = new Map<string, Set<string>>();
  /** What all of them have in a file, as long as none of them is checked anew. */
  private readonly gathered = new Map<string, Gathered>();

  constructor(
    private readonly programs: Programs,
    private readonly form: FindingForm,
  ) {}

  /** Every file that has findings, and every root file that was checked. */
  get files(): ReadonlySet<string> {
    return new Set([...this.checked.keys(), ...this.finders.keys()]);
  }

  /**
   * What the compiler says of a root file, with what the last run said of the text that did not change.
   * @param isWanted of which programs; of all when left out
   * @returns files whose findings may differ now; `undefined` for a program of which nothing is wanted
   */
  async checkText(
    uri: string,
    token: CancellationToken,
    isWanted: (program: Program) => boolean = () => true,
  ): Promise<readonly string[] | undefined> {
    const compiled = await this.programs.compiled(uri, token);
    const { program } = compiled.analysis;
    if (!isWanted(program)) return undefined;
    const { diagnostics, sources } = program;
    const last = this.lastRuns.get(uri);
    const kept = last ? shifted(last.found, last.texts, sources) : [];
    return this.keep(uri, compiled, [...diagnostics, ...kept], last?.failedScenarios ?? 0);
  }

  /** What the compiler and a whole run say of a root file. @returns files whose findings may differ now */
  async checkRun(uri: string, token?: CancellationToken): Promise<readonly string[]> {
    const { compiled, analysis, result } = await this.programs.simulated(uri, token);
    const { program } = analysis;
    if (!result) {
      // Nothing is known of what it does: findings of an older run would only look like it.
      this.lastRuns.delete(uri);
      return this.keep(uri, compiled, program.diagnostics, 0);
    }
    const known = new Set(program.diagnostics);
    const found = result.diagnostics.filter((each) => !known.has(each));
    const failedScenarios = result.scenarios.filter(({ passed }) => !passed).length;
    this.lastRuns.set(uri, { texts: program.sources, found, failedScenarios });
    return this.keep(uri, compiled, result.diagnostics, failedScenarios);
  }

  /** A root file is gone. @returns files whose findings may differ now */
  forget(uri: string): readonly string[] {
    const files = this.filesOf(uri);
    for (const file of files) this.leave(file, uri);
    this.checked.delete(uri);
    this.lastRuns.delete(uri);
    return this.outdated([...files, uri]);
  }

  /** Files have other names from now on, so that what was found under the old ones cannot be moved. */
  forgetRuns(): void {
    this.lastRuns.clear();
  }

  /** The findings in a file, whoever found them, each once, in text order. */
  findingsIn(uri: string): LspDiagnostic[] {
    return this.gatheredIn(uri).findings;
  }

  /** A short name of the findings in a file, another one when they are others. */
  resultId(uri: string): string {
    const gathered = this.gatheredIn(uri);
    gathered.id ??= hashOf(gathered.findings);
    return gathered.id;
  }

  private gatheredIn(uri: string): Gathered {
    const known = this.gathered.get(uri);
    if (known) return known;
    const found = new Map<string, LspDiagnostic>();
    for (const root of this.findersOf(uri)) {
      for (const finding of this.checked.get(root)?.findings.get(uri) ?? []) {
        const { start, end } = finding.range;
        const key = `${finding.code} ${start.line} ${start.character} ${end.line} ${end.character} ${finding.message}`;
        if (!found.has(key)) found.set(key, finding);
      }
    }
    const gathered: Gathered = { findings: inTextOrder([...found.values()]), id: undefined };
    this.gathered.set(uri, gathered);
    return gathered;
  }

  /** The files that the program of a root file has findings in. */
  filesOf(root: string): readonly string[] {
    return [...(this.checked.get(root)?.findings.keys() ?? [])];
  }

  /** Root files that have findings in a file, itself first, if it is one. */
  findersOf(uri: string): readonly string[] {
    const finders = [...(this.finders.get(uri) ?? [])].filter((root) => root !== uri).sort();
    return this.checked.has(uri) ? [uri, ...finders] : finders;
  }

  /**
   * Whether some of the findings in a file are of another text than its present one: they stand elsewhere
   * now, or are gone.
   * @param document as it is open now; `undefined` for a file on the disk
   */
  isBehind(uri: string, document: OpenDocument | undefined): boolean {
    return this.findersOf(uri).some((root) => this.checked.get(root)?.compiled.isOf(uri, document) === false);
  }

  failedScenarios(): number {
    return [...this.checked.values()].reduce((sum, { failedScenarios }) => sum + failedScenarios, 0);
  }

  private keep(
    uri: string,
    compiled: Compiled,
    diagnostics: readonly Diagnostic[],
    failedScenarios: number,
  ): readonly string[] {
    const before = this.filesOf(uri);
    const findings = placedFindings(compiled, diagnostics, this.form);
    for (const file of before) if (!findings.has(file)) this.leave(file, uri);
    for (const file of findings.keys()) {
      const finders = this.finders.get(file) ?? new Set();
      this.finders.set(file, finders.add(uri));
    }
    this.checked.set(uri, { compiled, findings, failedScenarios });
    return this.outdated([uri, ...before, ...findings.keys()]);
  }

  private outdated(files: readonly string[]): readonly string[] {
    for (const file of files) this.gathered.delete(file);
    return [...new Set(files)];
  }

  private leave(file: string, root: string): void {
    const finders = this.finders.get(file);
    finders?.delete(root);
    if (finders?.size === 0) this.finders.delete(file);
  }
}
