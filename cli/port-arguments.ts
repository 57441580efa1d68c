import { parseArgs } from "node:util";
import type { PortTarget } from "../engine/language/index.js";
import { wrongUsage } from "./wrong-usage.js";

/** What `ioasid port` was asked for. */
export interface PortCommand {
  readonly kind: "port";
  /** A path, or `-` for standard input. */
  readonly file: string;
  readonly to: PortTarget;
  /** Where the text goes; standard output when left out. */
  readonly out: string | undefined;
}

type Read =
  | PortCommand
  | { readonly kind: "help" | "version" }
  | { readonly kind: "wrong"; readonly message: string };

const TARGETS: readonly PortTarget[] = ["iommufd", "rfc-v2"];

/**
 * Reads the command line of `ioasid port`.
 * @param argv the arguments without the word `port`
 */
export function readPortArguments(argv: readonly string[]): Read {
  const parsed = parse(argv);
  if ("message" in parsed) return { kind: "wrong", message: parsed.message };
  const { values, positionals } = parsed;
  if (values.help) return { kind: "help" };
  if (values.version) return { kind: "version" };
  const [file, ...others] = positionals;
  if (file === undefined) return wrong("No file was given to port; - is standard input.");
  if (others.length > 0) return wrong("port takes one file at a time.");
  if (values.to === undefined) return wrong("port needs --to: the interface is iommufd or rfc-v2.");
  const to = TARGETS.find((target) => target === values.to);
  if (!to) return wrong(`There is no interface "${values.to}"; it is iommufd or rfc-v2.`);
  return { kind: "port", file, to, out: values.out };
}

function wrong(message: string): Read {
  return { kind: "wrong", message };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        to: { type: "string" },
        out: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
        version: { type: "boolean", short: "V", default: false },
      },
    });
  } catch (error) {
    return { message: wrongUsage(error) };
  }
}
