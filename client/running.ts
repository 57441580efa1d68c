import type * as vscode from "vscode";
import {
  RUN_FILE,
  type RunFileParams,
  type RunFileResult,
  type RunProgress,
} from "../server/protocol/index.js";
import type { LanguageServer } from "./language-server.js";

/** Hears how far a run is, some times a second. */
export type OnProgress = (progress: RunProgress) => void;

let runs = 0;

/** Runs a file, or some scenarios of it. A run that is stopped answers with what had run by then. */
export async function runFile(
  server: LanguageServer,
  params: RunFileParams,
  token: vscode.CancellationToken,
  onProgress?: OnProgress,
): Promise<RunFileResult> {
  if (!onProgress) return server.request(RUN_FILE, params, token);
  runs += 1;
  const progress = `run-${runs}`;
  const listening = server.onProgress<RunProgress>(progress, onProgress);
  try {
    return await server.request(RUN_FILE, { ...params, progress }, token);
  } finally {
    listening.dispose();
  }
}
