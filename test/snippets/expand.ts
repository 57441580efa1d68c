/**
 * The text that a snippet leaves when somebody accepts it and goes on without typing: placeholders with their
 * defaults, choices with their first value, and nothing where the cursor ends.
 * @param body lines in the notation of the editor, of which `$0`, `${1:text}` and `${1|a,b|}` are used
 */
export function expanded(body: readonly string[]): string {
  return body
    .join("\n")
    .replace(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, "$1")
    .replace(/\$\{\d+:([^}]*)\}/g, "$1")
    .replace(/\$\d+/g, "");
}
