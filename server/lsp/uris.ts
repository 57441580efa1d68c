import { URI } from "vscode-uri";

/** Clients spell one address in several ways (`%3A` or `:`); inside the server it has one. */
export function keyOf(uri: string): string {
  try {
    return URI.parse(uri).toString();
  } catch {
    // No address at all: it is nothing that any file has.
    return uri;
  }
}
