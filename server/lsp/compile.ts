import { URI, Utils } from "vscode-uri";
import {
  type Analysis,
  analyze,
  analyzeAgain,
  CONFIG_FILE,
  type Host,
  type LevelSetting,
  type ReadConfig,
  readConfig,
  unreadableConfig,
} from "../../engine/language/index.js";
import type { Documents, OpenDocument } from "./documents.js";
import type { FileText } from "./environment.js";
import type { FileStore } from "./file-store.js";
import { type FileNames, hasNeighbours } from "./names.js";
import { type Encoding, TextPlaces } from "./positions.js";

/** Where a file of a program is: as the server calls it, and as the client does. */
interface FileAddress {
  readonly key: string;
  readonly spelled: string;
  /** The open document that was compiled; `undefined` for a file on the disk. */
  readonly document: OpenDocument | undefined;
}

/** What a program was made of, beside its texts. */
interface Surroundings {
  /** Addresses of all files that decided something, those that are missing too. */
  readonly reads: ReadonlySet<string>;
  readonly addresses: ReadonlyMap<string, FileAddress>;
  /** Name of the configuration that holds for it; `undefined` where there is none. */
  readonly config: string | undefined;
  /** Compiles once more with the same configuration, reading from another host. */
  compileWith(host: Host): Analysis;
  readonly resolve: Host["resolve"];
}

/** A root file with its imports and its configuration, as they stood when it was compiled. */
export class Compiled {
  private readonly placesByFile = new Map<string, TextPlaces>();

  constructor(
    readonly uri: string,
    readonly analysis: Analysis,
    private readonly surroundings: Surroundings,
    private readonly encoding: Encoding,
  ) {}

  /** Of the open document; `undefined` for a file on the disk. */
  get version(): number | undefined {
    return this.versionOf(this.file);
  }

  /** Addresses of all files that decided something, those that are missing too. */
  get reads(): ReadonlySet<string> {
    return this.surroundings.reads;
  }

  /** Name of the configuration that holds for it; `undefined` where there is none. */
  get config(): string | undefined {
    return this.surroundings.config;
  }

  /** The same program with other texts for some of its files; what it did not read before, it does not read. */
  recompiled(texts: ReadonlyMap<string, string>): Analysis {
    const { read, resolve } = this.host;
    return this.surroundings.compileWith({ read: (name) => texts.get(name) ?? read(name), resolve });
  }

  /** The texts that were compiled, and nothing beside them. */
  get host(): Host {
    const { sources } = this.analysis.program;
    const missing = { error: "It was not read before." };
    return { read: (name) => sources.get(name) ?? missing, resolve: this.surroundings.resolve };
  }

  /** The file that a path means which the root file imports, as the engine calls it; `undefined` for none. */
  imported(path: string): string | undefined {
    const found = this.surroundings.resolve(this.file, path);
    return typeof found === "string" ? found : undefined;
  }

  /** The name by which the engine calls the root file. */
  get file(): string {
    return this.analysis.program.file;
  }

  /** The address of a file of the program, for the server's own use. */
  keyOf(file: string): string {
    return this.surroundings.addresses.get(file)?.key ?? file;
  }

  /** The address of a file of the program, as the client spells it. */
  uriOf(file: string): string {
    return this.surroundings.addresses.get(file)?.spelled ?? file;
  }

  /** The version of the open document of a file, whose text was compiled; `undefined` for a file on the disk. */
  versionOf(file: string): number | undefined {
    return this.surroundings.addresses.get(file)?.document?.version;
  }

  /** Whether the text that was compiled of a file is that of a document, or that of the disk for `undefined`. */
  isOf(key: string, document: OpenDocument | undefined): boolean {
    for (const address of this.surroundings.addresses.values()) {
      if (address.key === key) return address.document === document;
    }
    // A file that the program does not have: nothing of it can be old.
    return true;
  }

  /** Places in the text of a file of the program, as it was compiled. */
  places(file: string): TextPlaces {
    let places = this.placesByFile.get(file) ?? this.surroundings.addresses.get(file)?.document?.places;
    if (!places) {
      places = new TextPlaces(this.analysis.program.sources.get(file) ?? "", this.encoding);
      this.placesByFile.set(file, places);
    }
    return places;
  }
}

/** The text of a file by its address; `undefined` while it has to be loaded. */
type Read = (uri: string) => FileText | undefined;

/** Compiles root files out of the store, and loads what they turn out to need. */
export class Compiler {
  constructor(
    private readonly documents: Documents,
    private readonly store: FileStore,
    private readonly names: FileNames,
    private readonly encoding: Encoding,
    /** Levels that the client's settings give to rules. */
    private readonly levels: () => ReadonlyMap<string, LevelSetting>,
  ) {}

  /**
   * @param isStale asked after each wait; true ends the attempt with `undefined`
   * @param before the same file as it was compiled last: where little has changed since, the rest is taken over
   * @param instead a text to compile in the place of the root file's own
   */
  async compile(
    uri: string,
    isStale: () => boolean,
    before: Compiled | undefined,
    instead?: string,
  ): Promise<Compiled | undefined> {
    for (;;) {
      const wanted = new Set<string>();
      const reads = new Set<string>([uri]);
      const read = (key: string): FileText | undefined =>
        key === uri && instead !== undefined ? { text: instead } : this.wantedText(key, reads, wanted);
      const text = read(uri);
      const config = this.config(uri, read);
      if (wanted.size === 0 && text) {
        const host = this.host(uri, read);
        const options = { ...(config && { config }), levels: this.levels() };
        const compileWith = (other: Host) => analyze(this.names.nameOf(uri), other, options);
        const known = before?.file === this.names.nameOf(uri) ? before.analysis : undefined;
        const analysis = known ? analyzeAgain(known, host, options) : compileWith(host);
        if (wanted.size === 0) {
          const addresses = this.addressesOf(analysis);
          const { resolve } = host;
          const surroundings = { reads, addresses, config: config?.config.file, compileWith, resolve };
          return new Compiled(uri, analysis, surroundings, this.encoding);
        }
      }
      const folder = this.names.folderOf(uri);
      await Promise.all([...wanted].map((each) => this.store.load(each, folder)));
      if (isStale()) return undefined;
    }
  }

  /** Noted now, since names, spellings and versions may be others by the time somebody asks. */
  private addressesOf({ program }: Analysis): Map<string, FileAddress> {
    return new Map(
      [...program.sources.keys()].map((file) => {
        const key = this.names.uriOf(file);
        return [file, { key, spelled: this.names.spelled(key), document: this.documents.get(key) }];
      }),
    );
  }

  private wantedText(uri: string, reads: Set<string>, wanted: Set<string>): FileText | undefined {
    reads.add(uri);
    const found = this.store.get(uri);
    if (!found) wanted.add(uri);
    return found;
  }

  private host(root: string, readText: Read): Host {
    return {
      read: (name) => {
        const found = readText(this.names.uriOf(name));
        if (!found) return "";
        if ("text" in found) return found.text;
        return { error: found.missing ? `There is no file "${name}".` : found.error };
      },
      resolve: (from, target) => {
        const found = this.names.resolve(this.names.uriOf(from), target);
        if ("error" in found) return found;
        // An import of an import is of the root's workspace folder too.
        return found.uri === root ? this.names.nameOf(root) : this.names.nameOf(found.uri);
      },
    };
  }

  /** The nearest configuration in the folder of the root file or above it, up to the workspace folder. */
  private config(uri: string, read: Read): ReadConfig | undefined {
    if (!hasNeighbours(uri)) return undefined;
    const top = this.names.folderOf(uri);
    for (let at = Utils.dirname(URI.parse(uri)); ; at = Utils.dirname(at)) {
      const path = Utils.joinPath(at, CONFIG_FILE).toString();
      const found = read(path);
      const name = this.names.nameOf(path);
      if (found && "text" in found) return readConfig(found.text, name);
      if (found && !found.missing) return unreadableConfig(name, found.error);
      if (at.toString() === top || Utils.dirname(at).toString() === at.toString()) return undefined;
    }
  }
}
