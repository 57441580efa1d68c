import { choice, type Fix } from "./fix.js";
import type { Site } from "./site.js";

/** The value of an assertion replaced by the one that was found. @param actual as it would be written */
export function stateFound(site: Site, actual: string): Fix[] {
  const assertion = site.statement("assert")?.node.assertion;
  const { file } = site.span;
  if (assertion?.kind === "ppasid" || assertion?.kind === "kvm") {
    const { value } = assertion;
    return value
      ? [choice(`State \`== ${actual}\`, if that is right`, site.replace(file, value, actual))]
      : [];
  }
  if (assertion?.kind !== "reports") return [];
  const [first] = assertion.flags;
  const last = assertion.flags.at(-1);
  if (!first || !last) return [];
  const flags = { start: first.start, end: last.end };
  return [choice(`State \`${actual}\`, if that is right`, site.replace(file, flags, actual))];
}
