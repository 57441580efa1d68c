import {
  compile,
  type Diagnostic,
  type ReadConfig,
  type RunOptions,
  type RunResult,
  readConfig,
  runToEnd,
} from "../../../engine/language/index.js";
import { hostOf } from "../lowering/host.js";

export const FILE = "main.ioasid";
export const CONFIG = "ioasid.config.json";

/** A shared queue of category 5: every attach of a vPASID without a KVM mapping is a case of P010. */
export const MACHINE = `iommu vtd { pasid-width 20 }
cpu { enqcmd  pasid-translation }
pdev dsa at 6a:01.0 behind vtd { pasid-width 20  ats  page-requests  enqcmd }
mdev wq0 on dsa { category 5  queue shared }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
`;

/** What the guest needs before it attaches. */
export const GUEST = `memory ram at 0x4000_0000 + 1G  bind wq0  bind nic
  ioasid gpa  attach wq0 -> gpa  attach nic -> gpa  ioasid gva on gpa page-table`;

export interface Surroundings extends RunOptions {
  readonly config?: string;
  readonly files?: Readonly<Record<string, string>>;
}

export function config(text: string): ReadConfig {
  return readConfig(text, CONFIG);
}

/** Runs a text as the only file that is named. */
export function run(text: string, { config: configText, files, ...options }: Surroundings = {}): RunResult {
  const host = hostOf({ ...files, [FILE]: text });
  const read = configText === undefined ? {} : { config: config(configText) };
  const result = runToEnd(compile(FILE, host, read), options);
  // Not every test attaches to the second space of the guest, and none is about that.
  return { ...result, diagnostics: result.diagnostics.filter(({ code }) => code !== "U096") };
}

/** `P010 warning at "attach wq0 pasid 7 -> gva"`, in file order; hints too. */
export function told(result: RunResult): string[] {
  return result.diagnostics.map((each) => words(result, each));
}

export function words({ program }: RunResult, { code, severity, span }: Diagnostic): string {
  const text = program.sources.get(span.file)?.slice(span.start, span.end) ?? "";
  return `${code} ${severity} at "${text.split("\n")[0]}"${span.file === FILE ? "" : ` in ${span.file}`}`;
}

/** The guest of the machine above with further statements, and perhaps scenarios. */
export function guest(statements: string, scenarios = ""): string {
  return `${MACHINE}guest vm0 {\n  ${GUEST}\n${statements}\n}\n${scenarios}`;
}
