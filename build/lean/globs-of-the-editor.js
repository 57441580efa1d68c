// Globs of the protocol are those of the editor, so the editor matches them: instead of the package minimatch.

import { languages, Uri } from "vscode";

export class Minimatch {
  constructor(glob, options) {
    this.pattern = glob;
    this.ignoresCase = options?.nocase === true;
  }

  /** Whether the glob can be matched at all; the editor takes every one. */
  makeRe() {
    return true;
  }

  match(path) {
    const [pattern, name] = this.ignoresCase
      ? [this.pattern.toLowerCase(), path.toLowerCase()]
      : [this.pattern, path];
    return languages.match({ pattern }, { uri: Uri.file(name), languageId: "" }) > 0;
  }
}
