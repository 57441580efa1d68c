import { readFileSync } from "node:fs";
import { type Analysis, type Diagnostic, repair, runToEnd } from "../engine/language/index.js";
import { printable } from "../engine/report/index.js";
import { unifiedDiff } from "./diff.js";
import { realPath, STDIN } from "./files.js";
import { replaceFile } from "./replace-file.js";

/** What `ioasid check --fix` does with what it fixed. */
export type FixMode = "write" | "dry-run";

/** A byte order mark is no part of the text, and stays where it is. */
const MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** Applies the safe fixes of the named files, and keeps what has to be told of it. */
export class Fixer {
  /** Standard output holds the diff or the fixed text of standard input; the findings go elsewhere. */
  readonly takesOutput: boolean;
  /** A file could not be written. */
  hasFailed = false;
  /** Internal errors of rules whose fixes fail. */
  readonly failures: Diagnostic[] = [];
  private readonly output: string[] = [];

  constructor(
    private readonly mode: FixMode,
    files: readonly string[],
  ) {
    this.takesOutput = mode === "dry-run" || files.includes("-");
  }

  /** What belongs to standard output. */
  get text(): string {
    return this.output.join("");
  }

  /**
   * The text of a file with its safe fixes applied; the file is written when it has changed.
   * @param analyze compiles the file with another text
   */
  fix(name: string, text: string, analyze: (text: string) => Analysis): string {
    const checked = (changed: string) => {
      const analysis = analyze(changed);
      return { analysis, diagnostics: runToEnd(analysis.program).diagnostics };
    };
    const { text: fixed, applied } = repair(name, text, checked, { failures: this.failures });
    if (this.mode === "dry-run") this.output.push(unifiedDiff(name, text, fixed));
    else if (name === STDIN) this.output.push(fixed);
    if (applied.length === 0) return text;
    if (this.mode === "write" && name !== STDIN && !this.write(name, text, fixed)) return text;
    const verb = this.mode === "dry-run" ? "would fix" : "fixed";
    const titles = applied.map(({ code, title }) => `  ${code}  ${title}\n`).join("");
    process.stderr.write(printableLines(`ioasid: ${verb} in ${name}:\n${titles}`));
    return fixed;
  }

  private write(name: string, text: string, fixed: string): boolean {
    try {
      const problem = writeFixed(realPath(name), text, fixed);
      if (problem === undefined) return true;
      process.stderr.write(`ioasid: "${name}" was not written: ${problem}.\n`);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      process.stderr.write(`ioasid: "${name}" cannot be written: ${printable(reason)}.\n`);
    }
    this.hasFailed = true;
    return false;
  }
}

function printableLines(text: string): string {
  return text.split("\n").map(printable).join("\n");
}

/**
 * Writes the fixed text, with the byte order mark that the file had.
 * @returns why nothing was done, also when the file does not hold what was read from it
 */
function writeFixed(path: string, text: string, fixed: string): string | undefined {
  const bytes = readFileSync(path);
  const mark = bytes.subarray(0, MARK.length).equals(MARK) ? MARK : Buffer.alloc(0);
  if (!bytes.subarray(mark.length).equals(Buffer.from(text))) {
    return "it has changed meanwhile, or is not UTF-8";
  }
  return replaceFile(path, Buffer.concat([mark, Buffer.from(fixed)]));
}
