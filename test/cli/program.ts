import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

/** What a person sees of one call of the program. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const PROGRAM = resolve("dist/ioasid.js");

/**
 * Calls the built program as a shell would.
 * @param input what standard input holds
 */
export function ioasid(
  args: readonly string[],
  options: { cwd?: string; input?: string | Uint8Array; env?: Readonly<Record<string, string>> } = {},
): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    input: options.input ?? "",
    cwd: options.cwd ?? process.cwd(),
    // The bundle is not what coverage is measured of, and measuring it takes long.
    env: { ...process.env, NODE_V8_COVERAGE: "", ...options.env },
  });
  return { status, stdout, stderr };
}

/** A folder of its own for one test, with the files that it needs. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), "ioasid-"));
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  return folder;
}

export function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** A correct file: one network card, one guest, one DMA that lands where it says. */
export const GOOD = `iommu vtd { pasid-width 20 }
pdev nic at 3b:00.0 behind vtd { category 0 }
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  bind nic
  ioasid gpa
  attach nic -> gpa
  map gpa 0x0 + 1G -> ram
}
scenario "it reads" {
  dma nic read 0x1000 => ram[0x1000]
}
`;

/** The same with a wrong expectation. */
export const WRONG = GOOD.replace("=> ram[0x1000]", "=> ram[0x2000]");
