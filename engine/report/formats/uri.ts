/** A surrogate without its other half, which no URI can carry. */
const HALF = /\p{Cs}/gu;

/**
 * The path of a file as a URI reference (RFC 3986): an absolute path as `file://…`, a relative one as it
 * is, with everything escaped that is not plain in a path. A backslash separates folders, as on Windows.
 */
export function uriOf(path: string): string {
  const parts = path.replace(HALF, "\ufffd").replaceAll("\\", "/").split("/");
  const drive = /^[A-Za-z]:$/.test(parts[0] ?? "") ? parts.shift() : undefined;
  const escaped = parts.map(encodeURIComponent).join("/");
  if (drive !== undefined) return `file:///${drive}/${escaped}`;
  return escaped.startsWith("/") ? `file://${escaped.replace(/^\/+/, "/")}` : escaped;
}
