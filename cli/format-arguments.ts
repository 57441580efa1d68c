import { parseArgs } from "node:util";
import { wrongUsage } from "./wrong-usage.js";

/** What `ioasid fmt` was asked for. */
export interface FormatCommand {
  readonly kind: "fmt";
  /** None: standard input. */
  readonly files: readonly string[];
  /** Change nothing, and say what would change. */
  readonly check: boolean;
}

type Read =
  | FormatCommand
  | { readonly kind: "help" | "version" }
  | { readonly kind: "wrong"; readonly message: string };

/**
 * Reads the command line of `ioasid fmt`.
 * @param argv the arguments without the word `fmt`
 */
export function readFormatArguments(argv: readonly string[]): Read {
  const parsed = parse(argv);
  if ("message" in parsed) return { kind: "wrong", message: parsed.message };
  const { values, positionals } = parsed;
  if (values.help) return { kind: "help" };
  if (values.version) return { kind: "version" };
  const files = positionals.filter((file) => file !== "-");
  const input = values.stdin || files.length < positionals.length;
  if (input && files.length > 0) {
    return { kind: "wrong", message: "fmt takes files or standard input (--stdin), not both at once." };
  }
  if (!input && files.length === 0) {
    return { kind: "wrong", message: "No file was given to fmt; --stdin formats standard input." };
  }
  return { kind: "fmt", files, check: values.check };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        check: { type: "boolean", default: false },
        stdin: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
        version: { type: "boolean", short: "V", default: false },
      },
    });
  } catch (error) {
    return { message: wrongUsage(error) };
  }
}
