import type { Diagnostic as LspDiagnostic } from "vscode-languageserver";
import type { Diagnostic } from "../../engine/language/index.js";
import type { Compiled } from "./compile.js";
import { type FindingForm, type PlacedFinding, placedFindings } from "./findings.js";
import type { Programs, Simulated } from "./programs.js";
import { shifted } from "./shifted.js";

/** What is known of a root file's findings. */
interface Checked {
  readonly compiled: Compiled;
  /** Of `compiled` and of its run, or of an earlier run while that goes on. */
  readonly findings: readonly PlacedFinding[];
  readonly failedScenarios: number;
}

/** What the last run of a root file found beyond what the compiler did, for the time until the next one ends. */
interface LastRun {
  readonly file: string;
  readonly text: string;
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

  constructor(
    private readonly programs: Programs,
    private readonly form: FindingForm,
  ) {}

  /** What the compiler says of a root file, with what the last run said of the text that did not change. */
  async checkText(uri: string): Promise<readonly string[]> {
    const compiled = await this.programs.compiled(uri);
    const last = this.lastRuns.get(uri);
    const text = compiled.analysis.program.sources.get(compiled.file) ?? "";
    const kept = last ? shifted(last.found, last.file, last.text, text) : [];
    return this.keep(
      uri,
      compiled,
      [...compiled.analysis.program.diagnostics, ...kept],
      last?.failedScenarios ?? 0,
    );
  }

  /** What the compiler and a whole run say of a root file. @returns files whose findings may differ now */
  async checkRun(uri: string): Promise<readonly string[]> {
    const { compiled, analysis, result }: Simulated = await this.programs.simulated(uri);
    if (!result) return this.checkText(uri);
    const known = new Set(analysis.program.diagnostics);
    const found = result.diagnostics.filter((each) => !known.has(each));
    const failedScenarios = result.scenarios.filter(({ passed }) => !passed).length;
    const text = analysis.program.sources.get(compiled.file) ?? "";
    this.lastRuns.set(uri, { file: compiled.file, text, found, failedScenarios });
    return this.keep(uri, compiled, result.diagnostics, failedScenarios);
  }

  /** A root file is gone. @returns files whose findings may differ now */
  forget(uri: string): readonly string[] {
    const files = filesOf(this.checked.get(uri));
    this.checked.delete(uri);
    this.lastRuns.delete(uri);
    return [...files, uri];
  }

  /** The findings in a file, whoever found them, each once. */
  findingsIn(uri: string): LspDiagnostic[] {
    const seen = new Set<string>();
    const found: LspDiagnostic[] = [];
    const own = this.checked.get(uri);
    const others = [...this.checked.values()].filter((each) => each !== own);
    for (const { findings } of own ? [own, ...others] : others) {
      for (const { uri: place, finding } of findings) {
        if (place !== uri) continue;
        const key = `${finding.code} ${JSON.stringify(finding.range)} ${finding.message}`;
        if (!seen.has(key)) found.push(finding);
        seen.add(key);
      }
    }
    return found;
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
    const before = filesOf(this.checked.get(uri));
    const now: Checked = {
      compiled,
      findings: placedFindings(compiled, diagnostics, this.form),
      failedScenarios,
    };
    this.checked.set(uri, now);
    return [...new Set([uri, ...before, ...filesOf(now)])];
  }
}

function filesOf(checked: Checked | undefined): Set<string> {
  return new Set(checked?.findings.map(({ uri }) => uri));
}
