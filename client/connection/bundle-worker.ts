/// <reference lib="webworker" />
import * as vscode from "vscode";

/** A worker whose script is several bundles, one after the other. */
export class BundleWorker {
  private constructor(
    readonly worker: Worker,
    private readonly address: string,
  ) {}

  /**
   * A worker is started from one address, and that of an extension may be one that no browser knows, on a remote
   * machine. So it gets a copy of the bundles.
   * @param extension folder of the extension, of whatever scheme
   * @param names of the bundles in its folder `dist`
   */
  static async start(extension: vscode.Uri, names: readonly string[]): Promise<BundleWorker> {
    const bundles = await Promise.all(
      names.map((name) => vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension, "dist", name))),
    );
    const script = new Blob(
      bundles.map((bytes) => new Uint8Array(bytes)),
      { type: "text/javascript" },
    );
    const address = URL.createObjectURL(script);
    return new BundleWorker(new Worker(address), address);
  }

  /** Ends the worker, whatever it does. */
  end(): void {
    this.worker.terminate();
    URL.revokeObjectURL(this.address);
  }
}
