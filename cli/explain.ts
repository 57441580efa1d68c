import { parseArgs } from "node:util";
import { RULES } from "../engine/language/index.js";
import { explainList, explainText, printable, type Style } from "../engine/report/index.js";
import { wrongUsage } from "./wrong-usage.js";

/** `ioasid explain [CODE…]` */
export interface ExplainCommand {
  readonly kind: "explain";
  /** None for the list of all rules. */
  readonly codes: readonly string[];
  readonly color: boolean;
}

/**
 * Reads what stands beside `explain`.
 * @param argv the arguments without the word itself
 */
export function readExplainArguments(
  argv: readonly string[],
): ExplainCommand | { readonly kind: "help" } | { readonly kind: "wrong"; readonly message: string } {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        "no-color": { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return { kind: "help" };
    const [unknown] = positionals.filter((code) => !RULES.has(code.toUpperCase()));
    if (unknown !== undefined) return { kind: "wrong", message: noRule(unknown) };
    return { kind: "explain", codes: positionals, color: !values["no-color"] };
  } catch (error) {
    return { kind: "wrong", message: wrongUsage(error) };
  }
}

/** The pages of the rules for a terminal, one after the other; the list of all rules where none is named. */
export function explain({ codes }: ExplainCommand, style: Style): string {
  if (codes.length === 0) return explainList(style);
  return codes.map((code) => explainText(code, style)).join("\n\n");
}

/** `P3` is most likely meant for P003; for anything else it helps to know where ids stand. */
function noRule(code: string): string {
  const [, letter = "", digits = ""] = /^([a-z])(\d{1,3})$/i.exec(code) ?? [];
  const meant = `${letter.toUpperCase()}${digits.padStart(3, "0")}`;
  const help = RULES.has(meant)
    ? `do you mean ${meant}?`
    : "it is a letter and three digits such as P003, as it stands in front of each finding.";
  return `There is no rule "${printable(code)}"; ${help}`;
}
