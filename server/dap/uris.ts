/**
 * The address of a file as editors write it.
 * @param path of the disk, or an address already, as a `LoadedProgram` gives it
 */
export function uriOf(path: string): string {
  if (/^[a-z][a-z\d+.-]+:/i.test(path)) return path;
  const parts = path.replaceAll("\\", "/").split("/").map(encodeURIComponent);
  return `file://${/^[a-z]:/i.test(path) ? "/" : ""}${parts.join("/")}`;
}
