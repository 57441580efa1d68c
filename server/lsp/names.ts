import { URI, Utils } from "vscode-uri";

/** A folder of the workspace. */
export interface Folder {
  readonly uri: string;
  readonly name: string;
}

/**
 * The names by which the engine and its messages call files: the path in the workspace folder, with the
 * folder's name in front where there are several. Names and addresses belong together one to one.
 */
export class FileNames {
  private readonly byUri = new Map<string, string>();
  private readonly byName = new Map<string, string>();
  private readonly spellings = new Map<string, string>();

  constructor(private open: readonly Folder[]) {}

  get folders(): readonly Folder[] {
    return this.open;
  }

  /** Folders came or went: names are given anew, so everything has to be compiled again. */
  changeFolders(added: readonly Folder[], removed: ReadonlySet<string>): void {
    this.open = [...this.open.filter(({ uri }) => !removed.has(uri)), ...added];
    this.byUri.clear();
    this.byName.clear();
  }

  nameOf(uri: string): string {
    const known = this.byUri.get(uri);
    if (known !== undefined) return known;
    const short = this.shortName(uri);
    const name = this.byName.has(short) ? uri : short;
    this.byUri.set(uri, name);
    this.byName.set(name, uri);
    return name;
  }

  /** The address of a name that `nameOf` gave. */
  uriOf(name: string): string {
    return this.byName.get(name) ?? name;
  }

  /** Notes how the client spells an address, so that answers spell it that way too. */
  spell(uri: string, spelling: string): void {
    this.spellings.set(uri, spelling);
  }

  /** An address as the client spells it. */
  spelled(uri: string): string {
    return this.spellings.get(uri) ?? uri;
  }

  /** The workspace folder of a file; of one that lies in none, the folder it is in. */
  folderOf(uri: string): string {
    return this.inside(uri)?.uri ?? Utils.dirname(URI.parse(uri)).toString();
  }

  /** Whether some workspace folder holds a file. */
  isInWorkspace(uri: string): boolean {
    return this.inside(uri) !== undefined;
  }

  /** The address that `target`, written in an import of `from`, stands for; always inside the workspace folder. */
  resolve(from: string, target: string): { readonly uri: string } | { readonly error: string } {
    if (target.includes("\0")) return { error: "A path cannot hold a zero byte." };
    if (!hasNeighbours(from)) {
      return { error: "This document lies in no folder. Save it in one, so that its imports can be found." };
    }
    const folder = this.folderOf(from);
    const uri = Utils.resolvePath(Utils.dirname(URI.parse(from)), target).toString();
    if (isInside(uri, folder)) return { uri };
    return {
      error: `"${target}" lies outside the folder of this workspace (${pathOf(folder)}); an import reaches only files in it.`,
    };
  }

  private inside(uri: string): Folder | undefined {
    const holding = this.folders.filter((folder) => isInside(uri, folder.uri));
    return holding.sort((a, b) => b.uri.length - a.uri.length)[0];
  }

  private shortName(uri: string): string {
    const folder = this.inside(uri);
    const path = pathOf(uri);
    if (!folder) return path;
    const way = path.slice(pathOf(folder.uri).replace(/\/$/, "").length + 1);
    return this.folders.length > 1 ? `${folder.name}/${way}` : way;
  }
}

/**
 * Whether a file may have others beside it. A new document has none until it is saved; one with a query in
 * its address is an older state of a file, and the files beside that are of the present one.
 */
export function hasNeighbours(uri: string): boolean {
  const { scheme, path, query } = URI.parse(uri);
  return scheme !== "untitled" && path.startsWith("/") && query === "";
}

/** Whether an address lies below a folder's. */
export function isInside(uri: string, folder: string): boolean {
  return uri.startsWith(folder.endsWith("/") ? folder : `${folder}/`);
}

function pathOf(uri: string): string {
  const parsed = URI.parse(uri);
  return parsed.scheme === "file" ? parsed.fsPath : parsed.path;
}
