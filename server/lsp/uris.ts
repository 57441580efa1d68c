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

/** The way from a file to another one, as an import of the first would write it. Both have addresses of one scheme. */
export function relativePath(from: string, to: string): string {
  const [a, b] = [from, to].map((uri) => URI.parse(uri).path.split("/"));
  let shared = 0;
  while (shared < a!.length - 1 && a![shared] === b![shared]) shared += 1;
  const up = a!.length - 1 - shared;
  return [...Array<string>(up).fill(".."), ...b!.slice(shared)].join("/");
}
