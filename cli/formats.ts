import { relative, resolve } from "node:path";
import type { Writable } from "node:stream";
import {
  githubText,
  junitText,
  type RunReport,
  type SarifOptions,
  sarifLog,
} from "../engine/report/index.js";
import { isInside } from "./files.js";
import { write, writeJson } from "./output.js";
import { VERSION } from "./version.js";

/** What `--format` may be: for a person, or for a program. */
export const FORMATS = ["text", "json", "sarif", "junit", "github"] as const;

export type Format = (typeof FORMATS)[number];

/** `text, json, sarif, junit or github`. */
export const FORMATS_TEXT = `${FORMATS.slice(0, -1).join(", ")} or ${FORMATS.at(-1)}`;

export function isFormat(word: string): word is Format {
  return FORMATS.some((format) => format === word);
}

/** What came of a call, and what `run` and `check` say of it each in its own way. */
export interface Output {
  readonly report: RunReport;
  /** What would put a finding right, for the formats that have a place for it. */
  readonly fixesOf: SarifOptions["fixesOf"];
  text(): string;
  json(): unknown;
}

/** Writes what came of a call in the format that was asked for. */
export async function print(stream: Writable, format: Format, output: Output): Promise<void> {
  const { report, fixesOf } = output;
  switch (format) {
    case "text":
      return write(stream, output.text());
    case "json":
      return writeJson(stream, output.json());
    case "sarif":
      return writeJson(stream, sarifLog(report, { version: VERSION, ...(fixesOf && { fixesOf }) }));
    case "junit":
      return write(stream, junitText(report));
    case "github":
      return write(stream, githubText(report, pathInRepository(process.env.GITHUB_WORKSPACE)));
  }
}

/**
 * Annotations find a file only by its path from the top of the repository, wherever the step runs.
 * @param top the folder that the runner checked out, if this is one
 */
function pathInRepository(top: string | undefined): (file: string) => string {
  if (top === undefined || top === "") return (file) => file;
  return (file) => {
    const path = resolve(file);
    return isInside(path, top) ? relative(top, path) : file;
  };
}
