import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { installedEditor } from "../install/install.js";
import { launchBrowser } from "./browser.js";
import { PATIENCE_MS } from "./eventually.js";
import { type Server, type ServerOptions, startServer } from "./server.js";
import { type Window, workbenchAddress } from "./workbench-address.js";
import { makeWorkspace, type WorkspaceSource } from "./workspace.js";

/** In CSS pixels; the size of the pictures in docs/images. */
const WINDOW_SIZE = { width: 1280, height: 800 };

/** A page that shows a window, or will once it is told where to go. */
export interface OpenPage {
  readonly page: Page;
  /** Ends the window, and with it its extension host. */
  close(): Promise<void>;
}

/**
 * VS Code: a server and a browser, and windows in it. One of them serves a whole run of the tests, because
 * windows know nothing of each other; only the settings of the user are everyone's.
 */
export class Editor {
  private constructor(
    /** The folder of all that they write. Each of their processes has it in its environment. */
    readonly data: string,
    private readonly server: Server,
    private readonly browser: Browser,
  ) {}

  /** @throws when a part does not start; none is left then */
  static async start(options: Omit<ServerOptions, "installation" | "data"> = {}): Promise<Editor> {
    const installation = installedEditor();
    const data = await mkdtemp(join(tmpdir(), "ioasid-e2e-"));
    const server = await startServer({ ...options, installation, data }).catch(async (error: unknown) => {
      await rm(data, { recursive: true, force: true });
      throw error;
    });
    try {
      return new Editor(data, server, await launchBrowser(installation, data));
    } catch (error) {
      await server.stop();
      await rm(data, { recursive: true, force: true });
      throw error;
    }
  }

  /** What the server has written, of which the end is about the latest window. */
  log(): string {
    return this.server.log();
  }

  /** Makes a workspace that lives as long as the editor; its absolute path. */
  makeWorkspace(source: WorkspaceSource): Promise<string> {
    return makeWorkspace(join(this.data, "workspaces"), source);
  }

  /** The address of a window on this server. */
  addressOf(window: Window): string {
    return workbenchAddress(this.server.authority, window);
  }

  /** Opens an empty page, which shares nothing with the others. */
  async openPage(): Promise<OpenPage> {
    const context = await this.browser.newContext({
      viewport: WINDOW_SIZE,
      permissions: ["clipboard-read", "clipboard-write"],
    });
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    // Unsaved changes are a test's own business.
    page.on("dialog", (dialog) => void dialog.accept());
    return {
      page,
      async close() {
        // By leaving the workbench in the way a person does, the extension host ends at once.
        await page.goto("about:blank").catch(() => undefined);
        await context.close();
      },
    };
  }

  /** Ends the browser, the server and all it has started, and removes what they have written. */
  async stop(): Promise<void> {
    await Promise.allSettled([this.browser.close(), this.server.stop()]);
    await rm(this.data, { recursive: true, force: true, maxRetries: 5 });
  }
}
