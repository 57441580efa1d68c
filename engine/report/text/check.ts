import type { Diagnostic, Program } from "../../language/index.js";
import { Places } from "../places.js";
import { severityCounts, worthReading } from "../rows/findings.js";
import { diagnosticsText } from "./diagnostics.js";
import { printable } from "./printable.js";
import type { Style } from "./style.js";

/**
 * What `ioasid check` says of a file: each diagnostic with its place, then one line that sums up and an
 * empty one; a single line when there is nothing to read.
 */
export function checkText(program: Program, diagnostics: readonly Diagnostic[], style: Style): string {
  const worth = worthReading(diagnostics);
  const file = printable(program.file);
  if (worth.length === 0) return `${file}: ${style.green("nothing to report")}\n`;
  const lines = diagnosticsText(new Places(program), worth, style);
  const counts = severityCounts(worth);
  const isBad = worth.some(({ severity }) => severity === "error");
  return [...lines, "", `${file}: ${isBad ? style.red(counts) : style.yellow(counts)}`, "", ""].join("\n");
}
