import { URI } from "vscode-uri";

/** Clients spell one address in several ways (`%3A` or `:`); inside the server it has one. */
export function keyOf(uri: string): string {
  return URI.parse(uri).toString();
}
