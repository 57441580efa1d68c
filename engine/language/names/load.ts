import type { Span } from "../program.js";
import {
  type FileItem,
  type ImportDeclaration,
  type ParsedFile,
  parse,
  type UapiDeclaration,
} from "../syntax/index.js";
import { diagnosticOf, type Reporter } from "./reporter.js";

/** What a compilation asks of its surroundings; only the host knows files. */
export interface Host {
  /** The text of a file, or a sentence that says why it cannot be read. */
  read(path: string): string | { readonly error: string };
  /**
   * The name of the file that an import means, in the form that `read` takes; two imports of one file give
   * equal names.
   * @param from the importing file
   * @param target what stands between the quotes
   */
  resolve(from: string, target: string): string | { readonly error: string };
}

/** A statement on the top level of some file. */
export interface SourceItem {
  readonly file: string;
  /** The file was imported by the root file or by another import. */
  readonly imported: boolean;
  /** Index among the items of its file. */
  readonly index: number;
  readonly item: Exclude<FileItem, ImportDeclaration>;
}

export interface Source {
  readonly file: string;
  readonly text: string;
  readonly tree: ParsedFile;
}

/** What an import was found to mean. */
export interface Resolved {
  readonly from: string;
  readonly path: string;
  readonly target: ReturnType<Host["resolve"]>;
}

export interface Loaded {
  /** By file name, the root file first. */
  readonly sources: ReadonlyMap<string, Source>;
  readonly imports: readonly Resolved[];
  /** All statements in the order in which they count: those of an import in the place of the import. */
  readonly items: readonly SourceItem[];
}

/** The tree of a file that was parsed before, when it was parsed as it is now. */
export type KnownTrees = (file: string, text: string) => ParsedFile | undefined;

/** Reads a file with all its imports, each once, depth first. */
export function load(file: string, host: Host, reporter: Reporter, known?: KnownTrees): Loaded {
  const loader = new Loader(host, reporter, known);
  const text = host.read(file);
  const whole: Span = { file, start: 0, end: 0 };
  if (typeof text !== "string") reporter.report("S044", { path: file, reason: text.error }, whole);
  loader.add(file, typeof text === "string" ? text : "", []);
  return loader;
}

class Loader implements Loaded {
  readonly sources = new Map<string, Source>();
  readonly items: SourceItem[] = [];
  readonly imports: Resolved[] = [];

  constructor(
    private readonly host: Host,
    private readonly reporter: Reporter,
    private readonly known: KnownTrees | undefined,
  ) {}

  /** @param importers the files on the way from the root file to this one */
  add(file: string, text: string, importers: readonly string[]): void {
    const tree = this.known?.(file, text) ?? parse(text);
    this.sources.set(file, { file, text, tree });
    for (const { rule, facts, start, end } of tree.issues) {
      this.reporter.add(diagnosticOf(rule, facts, { file, start, end }, []));
    }
    const way = [...importers, file];
    for (const [index, item] of tree.items.entries()) {
      if (item.kind === "import") this.follow(item, file, way);
      else this.items.push({ file, imported: importers.length > 0, index, item });
    }
  }

  private follow({ path }: ImportDeclaration, file: string, way: readonly string[]): void {
    if (!path) return;
    const span = { file, start: path.start, end: path.end };
    const target = this.host.resolve(file, path.value);
    this.imports.push({ from: file, path: path.value, target });
    if (typeof target !== "string") {
      this.reporter.report("S044", { path: path.value, reason: target.error }, span);
      return;
    }
    const first = way.indexOf(target);
    if (first >= 0) {
      const cycle = [...way.slice(first), target].join(" -> ");
      this.reporter.report("S045", { path: path.value, cycle, self: target === file }, span);
      return;
    }
    if (this.sources.has(target)) return;
    const text = this.host.read(target);
    if (typeof text !== "string") {
      this.reporter.report("S044", { path: path.value, reason: text.error }, span);
      return;
    }
    this.add(target, text, way);
    this.compareUapi(target, span);
  }

  /** A file that was written for another version of the calls would mean something else here. */
  private compareUapi(target: string, place: Span): void {
    const stated = uapiOf(this.sources.get(target)?.tree.items);
    const root = this.sources.values().next().value;
    if (!stated?.version || !root) return;
    const expected = uapiOf(root.tree.items)?.version?.text ?? "v2";
    if (stated.version.text === expected) return;
    const { start, end } = stated.version;
    const related = [
      { span: { file: target, start, end }, message: `${target} is written for ${stated.version.text}` },
    ];
    this.reporter.report("S046", { path: target, version: stated.version.text, expected }, place, related);
  }
}

/** The `uapi` statement that counts: the first. */
export function uapiOf(items: readonly FileItem[] | undefined): UapiDeclaration | undefined {
  for (const item of items ?? []) if (item.kind === "uapi") return item;
  return undefined;
}
