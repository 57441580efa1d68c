import { parseArgs } from "node:util";
import type { ConformCommand } from "./conform/command.js";
import { type ExplainCommand, readExplainArguments } from "./explain.js";
import type { FixMode } from "./fix.js";
import { type FormatCommand, readFormatArguments } from "./format-arguments.js";
import { FORMATS_TEXT, type Format, isFormat } from "./formats.js";
import { type PortCommand, readPortArguments } from "./port-arguments.js";
import { warningLimit } from "./warnings.js";
import { wrongUsage } from "./wrong-usage.js";

/** What the command line asked for. */
export type Command =
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | {
      readonly kind: "run";
      readonly files: readonly string[];
      /** Titles of the scenarios to run; all of them when empty. */
      readonly scenarios: readonly string[];
      readonly format: Format;
      /** Most warnings that are no failure; no limit when `undefined`. */
      readonly maxWarnings: number | undefined;
      /** Run again after each change of a file. */
      readonly watch: boolean;
      readonly color: boolean;
    }
  | {
      readonly kind: "check";
      readonly files: readonly string[];
      /** What becomes of the safe fixes; `undefined` when none was asked for. */
      readonly fix: FixMode | undefined;
      readonly format: Format;
      readonly maxWarnings: number | undefined;
      readonly watch: boolean;
      readonly color: boolean;
    }
  | FormatCommand
  | PortCommand
  | ExplainCommand
  | ConformCommand
  /** Not a command: what to say. */
  | { readonly kind: "wrong"; readonly message: string };

export const HELP = `ioasid: check and run I/O address space configurations (.ioasid files)

Usage
  ioasid run FILE…  [--scenario TITLE] [--format FORMAT] [--max-warnings N] [--watch]
  ioasid check FILE…  [--fix [--dry-run]] [--format FORMAT] [--max-warnings N] [--watch]
  ioasid explain [CODE…]  [--no-color]
  ioasid fmt FILE…  [--check] [--stdin]
  ioasid port FILE  --to iommufd|rfc-v2  [--out FILE]

Commands
  run    run the start state and every scenario; show what each DMA reached, the PASID tables,
         the KVM PASID mappings required and present, and every conflict
  check  the same, but show only what is wrong
  explain
         print the page of a rule: why it exists, an example that meets it, and one that does not;
         without a code, the list of all rules
  fmt    lay files out: one statement per line, columns aligned; list those that change
  port   rewrite a file for /dev/iommu of today, or for RFC v2; tell what has no counterpart there

Options
  --scenario TITLE    run only the scenario with this title; may be given more than once
  --format FORMAT     text for a person (default); for a program json (docs/json.md), or
                      sarif, junit, github (docs/ci.md)
  --max-warnings N    more than N warnings are a failure; without it no number is
  --watch             run again after each change of a file, of what it imports, or of its
                      ioasid.config.json, until Ctrl-C
  --fix               put right what has one safe answer, and show what is left; the fixed text of -
                      goes to standard output, and the findings to standard error
  --dry-run           with --fix: write nothing, print a unified diff
  --check             with fmt: change no file, list those that would change, exit with 1 if any
  --stdin             with fmt: format standard input to standard output
  --to INTERFACE      with port: iommufd, or rfc-v2 for a file of RFC v1
  --out FILE          with port: write there, and not to standard output
  --no-color          no colours; NO_COLOR in the environment and a pipe do the same
  --help, -h          this text
  --version, -V       the version

A FILE of - is standard input.

Exit status
  0  all as stated
  1  a wrong outcome, a failed assertion, an error in a file, or more than --max-warnings;
     with port: a file that cannot be ported
  2  wrong usage, or a file that cannot be read
  3  an internal error of ioasid: please report it
`;

/**
 * Reads the command line.
 * @param argv the arguments after the program's own name
 */
export function readArguments(argv: readonly string[]): Command {
  if (argv[0] === "fmt") return readFormatArguments(argv.slice(1));
  if (argv[0] === "explain") return readExplainArguments(argv.slice(1));
  if (argv[0] === "port") return readPortArguments(argv.slice(1));
  if (argv[0] === "conform") return readConformArguments(argv.slice(1));
  const parsed = parse(argv);
  if ("message" in parsed) return { kind: "wrong", message: parsed.message };
  const { values, positionals } = parsed;
  if (values.help) return { kind: "help" };
  if (values.version) return { kind: "version" };
  const [name, ...files] = positionals;
  if (name === undefined)
    return { kind: "wrong", message: "No command was given; it is run, check, fmt, port or explain." };
  if (name !== "run" && name !== "check") {
    return {
      kind: "wrong",
      message: `There is no command "${name}"; it is run, check, fmt, port or explain.`,
    };
  }
  if (files.length === 0)
    return { kind: "wrong", message: `No file was given to ${name}; - is standard input.` };
  if (files.filter((file) => file === "-").length > 1) {
    return { kind: "wrong", message: "Standard input (-) can be read only once." };
  }
  const { format } = values;
  if (!isFormat(format)) {
    return { kind: "wrong", message: `There is no format "${format}"; it is ${FORMATS_TEXT}.` };
  }
  const limit = values["max-warnings"];
  const maxWarnings = limit === undefined ? undefined : warningLimit(limit);
  if (limit !== undefined && maxWarnings === undefined) {
    return { kind: "wrong", message: `--max-warnings needs a number from 0, and "${limit}" is none.` };
  }
  const color = !values["no-color"];
  const { watch } = values;
  if (watch && files.includes("-")) {
    return { kind: "wrong", message: "--watch needs files; standard input (-) does not change." };
  }
  if (watch && values.fix) {
    return {
      kind: "wrong",
      message: "--watch and --fix do not go together: a fix would start the next run.",
    };
  }
  if (values["dry-run"] && !values.fix) {
    return { kind: "wrong", message: "--dry-run belongs to --fix: it shows what check --fix would write." };
  }
  if (name === "run" && values.fix) {
    return { kind: "wrong", message: "--fix belongs to check; run changes no file." };
  }
  if (name === "run") {
    return { kind: "run", files, scenarios: values.scenario, format, maxWarnings, watch, color };
  }
  if (values.scenario.length > 0) {
    return { kind: "wrong", message: "--scenario belongs to run; check always looks at the whole file." };
  }
  const fix = values.fix ? (values["dry-run"] ? "dry-run" : "write") : undefined;
  return { kind: "check", files, fix, format, maxWarnings, watch, color };
}

/** `conform` is for the developers of the simulator, so the help does not tell of it; docs/fidelity.md does. */
function readConformArguments(files: readonly string[]): Command {
  const option = files.find((file) => file.startsWith("-"));
  if (option !== undefined) return { kind: "wrong", message: `conform has no option ${option}.` };
  if (files.length === 0) return { kind: "wrong", message: "No corpus file was given to conform." };
  return { kind: "conform", files };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        scenario: { type: "string", multiple: true, default: [] },
        format: { type: "string", default: "text" },
        "max-warnings": { type: "string" },
        watch: { type: "boolean", default: false },
        fix: { type: "boolean", default: false },
        "dry-run": { type: "boolean", default: false },
        "no-color": { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
        version: { type: "boolean", short: "V", default: false },
      },
    });
  } catch (error) {
    return { message: wrongUsage(error) };
  }
}
