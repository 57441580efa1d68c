import * as vscode from "vscode";
import { reasonOf } from "../reason-of.js";

/** A question that came to nothing, and why. */
export interface Failure {
  readonly failure: string;
}

/**
 * Asks again and again for something that changes, and keeps only the latest answer: a new question ends the
 * one before.
 */
export class Latest<T> implements vscode.Disposable {
  private source: vscode.CancellationTokenSource | undefined;

  /** @param handle is given each answer that no newer question overtook, and each failure */
  constructor(private readonly handle: (answer: T | Failure) => void) {}

  ask(question: (token: vscode.CancellationToken) => Promise<T>): void {
    this.source?.cancel();
    this.source?.dispose();
    const source = new vscode.CancellationTokenSource();
    this.source = source;
    const isLatest = (): boolean => this.source === source && !source.token.isCancellationRequested;
    question(source.token).then(
      (answer) => isLatest() && this.handle(answer),
      (error: unknown) => {
        if (isLatest()) this.handle({ failure: reasonOf(error) });
      },
    );
  }

  dispose(): void {
    this.source?.cancel();
    this.source?.dispose();
    this.source = undefined;
  }
}
