import { type Analysis, analyze, type Host } from "../../engine/language/index.js";

/** The texts of the files of a workspace, by name. */
export type Files = Readonly<Record<string, string>>;

/** Every file of a workspace compiled as a root file of its own, one of them first. */
export function programsOf(files: Files, first: string): { readonly analysis: Analysis }[] {
  const names = [first, ...Object.keys(files).filter((name) => name !== first)];
  return names.map((name) => ({ analysis: analyze(name, hostOf(files)) }));
}

/** Reads files of a workspace, in which an import names a file by its whole name. */
export function hostOf(files: Files): Host {
  return {
    read: (name) => files[name] ?? { error: `There is no file "${name}".` },
    resolve: (_from, target) => target,
  };
}
