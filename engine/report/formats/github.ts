import { type Diagnostic, RULES, type Severity, type Span } from "../../language/index.js";
import { Places } from "../places.js";
import { printable } from "../text/printable.js";
import { type Report, type Shown, shownDiagnostics } from "./report-input.js";

const COMMANDS: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  information: "notice",
  hint: "debug",
};

/**
 * What `--format github` prints: one workflow command of GitHub Actions for everything but hints, which
 * becomes an annotation in the changed files. Nothing at all where there is nothing to say.
 * @param pathOf the path of a file from the top of its repository
 */
export function githubText(
  { files, unreadable, isWhole }: Report,
  pathOf: (file: string) => string = (file) => file,
): string {
  const places = new Map<Shown["program"], Places>();
  const lines = shownDiagnostics(files).map(({ program, diagnostic }) => {
    const known = places.get(program) ?? new Places(program);
    places.set(program, known);
    return commandOf(known, diagnostic, pathOf);
  });
  lines.push(...unreadable.map(({ file, message }) => command("error", [["file", pathOf(file)]], message)));
  if (!isWhole) lines.push(command("warning", [], "The run was interrupted; what is shown is only a part."));
  return lines.map((line) => `${line}\n`).join("");
}

function commandOf(places: Places, diagnostic: Diagnostic, pathOf: (file: string) => string): string {
  const { code, severity, errno, message, span, related, scenario } = diagnostic;
  const answer = errno === undefined ? "" : ` (${errno})`;
  const title = `${code} ${RULES.get(code)?.title ?? ""}${answer}`.trimEnd();
  const text = [
    message,
    ...(scenario === undefined ? [] : [`In scenario "${scenario}".`]),
    ...related.map((place) => `${placeText(places, place.span)}: ${place.message}`),
  ];
  return command(
    COMMANDS[severity],
    [["file", pathOf(span.file)], ...position(places, span), ["title", title]],
    text.map(printable).join("\n"),
  );
}

type Property = readonly [name: string, value: string | number];

/** Columns belong to a place on one line only; GitHub drops those of a longer one. */
function position(places: Places, span: Span): Property[] {
  const start = places.startOf(span);
  const end = places.endOf(span);
  if (start.line !== end.line) {
    return [
      ["line", start.line + 1],
      ["endLine", end.line + 1],
    ];
  }
  return [
    ["line", start.line + 1],
    ["col", start.character + 1],
    ["endColumn", end.character + 1],
  ];
}

function placeText(places: Places, span: Span): string {
  const { line, character } = places.startOf(span);
  return `${span.file}:${line + 1}:${character + 1}`;
}

function command(name: string, properties: readonly Property[], message: string): string {
  const list = properties.map(([key, value]) => `${key}=${escapeProperty(printable(String(value)))}`);
  return `::${name}${list.length > 0 ? ` ${list.join(",")}` : ""}::${escapeMessage(message)}`;
}

/** What the runner's `toCommandValue` expects: no line end, and `%` for nothing but an escape. */
function escapeMessage(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
