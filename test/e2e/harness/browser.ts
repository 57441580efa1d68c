import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import type { Installation } from "../install/places.js";

/** No look at the network, and no sandbox: it needs rights that neither root nor a container has. */
const ARGUMENTS: readonly string[] = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--font-render-hinting=none",
];

/** What the dynamic linker's failure makes of an exit status. */
const CANNOT_BE_LOADED = 127;

/**
 * Starts Chromium without a window.
 *
 * @param data an empty folder, for what it caches
 */
export async function launchBrowser(installation: Installation, data: string): Promise<Browser> {
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    FONTCONFIG_FILE: await writeFontConfiguration(installation, data),
  };
  if (await lacksLibraries(installation.chromium, environment)) {
    const others = process.env.LD_LIBRARY_PATH;
    environment.LD_LIBRARY_PATH = [installation.libraries, ...(others ? [others] : [])].join(delimiter);
  }
  return chromium.launch({
    executablePath: installation.chromium,
    headless: true,
    args: [...ARGUMENTS],
    env: environment,
  });
}

/** The same fonts on every machine, also on one that has none. */
async function writeFontConfiguration({ fonts }: Installation, data: string): Promise<string> {
  const path = join(data, "fonts.conf");
  const folders = fonts.map((folder) => `  <dir>${folder}</dir>`);
  const aliases = [
    ["sans-serif", "Open Sans"],
    ["system-ui", "Open Sans"],
    ["monospace", "DejaVu Sans Mono"],
  ].map(
    ([family, font]) =>
      `  <alias><family>${family}</family><prefer><family>${font}</family></prefer></alias>`,
  );
  await mkdir(data, { recursive: true });
  await writeFile(
    path,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
${folders.join("\n")}
  <cachedir>${join(data, "font-cache")}</cachedir>
${aliases.join("\n")}
</fontconfig>
`,
  );
  return path;
}

function lacksLibraries(program: string, environment: NodeJS.ProcessEnv): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(program, ["--version"], { env: environment }, (error) =>
      resolve(error?.code === CANNOT_BE_LOADED),
    );
  });
}
