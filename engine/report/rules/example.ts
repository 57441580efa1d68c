import { compile, type Diagnostic, type Host, pageOf, type Rule, runToEnd } from "../../language/index.js";
import { checkText } from "../text/check.js";
import { PLAIN } from "../text/style.js";

/** What the example of a rule finds, and how `ioasid check` says it. */
export interface Finding {
  readonly first: Diagnostic;
  readonly text: string;
}

const FILE = "example.ioasid";

/** The one file that an example may import beside itself. */
const V1 = "v1.ioasid";

/**
 * Runs the example that meets a rule.
 * @returns `undefined` for a rule that marks no place in a file of the language: P030, which holds for every
 *   such device, and those of the configuration and of mistakes in the program
 */
export function findingOf({ id }: Rule): Finding | undefined {
  const { example } = pageOf({ id });
  if (example.of === "config") return undefined;
  const text = example.raises;
  const host: Host = {
    read: (path) => {
      if (path === FILE) return text;
      return path === V1 ? "uapi v1\n" : { error: `There is no file "${path}".` };
    },
    resolve: (_from, target) => (target === "self.ioasid" ? FILE : target),
  };
  const { program, diagnostics } = runToEnd(compile(FILE, host));
  const found = diagnostics.filter(({ code }) => code === id);
  const [first] = found;
  return first && { first, text: checkText(program, found, PLAIN).trimEnd() };
}
