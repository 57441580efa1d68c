/** One thing that was measured. */
export interface Measurement {
  /** What was done: "translate, random". */
  readonly name: string;
  /** On how much: "64k ranges". */
  readonly size: string;
  /** Median nanoseconds of one operation; of a measurement of memory, bytes. */
  readonly nanoseconds: number;
  /** What is measured is memory. */
  readonly isMemory?: boolean;
  /** What one operation may take on this class of machine; printed, never enforced. */
  readonly budget?: number;
  /** Another way to do the same in the same run, for comparison. */
  readonly peer?: { readonly name: string; readonly nanoseconds: number };
}

const HEADS = ["measured", "on", "time", "budget", "", "compared with"];
const RIGHT = new Set([2, 3]);

/** A table of measurements with columns under each other; never an error, whatever the numbers are. */
export function benchTable(measurements: readonly Measurement[]): string {
  const rows = [HEADS, ...measurements.map(rowOf)];
  const widths = HEADS.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  const lines = rows.map((row) =>
    row
      .map((text, column) => {
        const width = widths[column] ?? 0;
        return RIGHT.has(column) ? text.padStart(width) : text.padEnd(width);
      })
      .join("  ")
      .trimEnd(),
  );
  return `${lines.join("\n")}\n`;
}

function rowOf({ name, size, nanoseconds, isMemory, budget, peer }: Measurement): string[] {
  const words = isMemory ? megabytes : duration;
  return [
    name,
    size,
    words(nanoseconds),
    budget === undefined ? "" : words(budget),
    budget === undefined ? "" : nanoseconds <= budget ? "within" : "OVER",
    peer === undefined ? "" : comparison(nanoseconds, peer),
  ];
}

function comparison(
  nanoseconds: number,
  peer: { readonly name: string; readonly nanoseconds: number },
): string {
  const ratio = peer.nanoseconds / nanoseconds;
  const word =
    ratio >= 1 ? `${ratio.toFixed(1)} times as fast as` : `${(1 / ratio).toFixed(1)} times as slow as`;
  return `${word} ${peer.name} (${duration(peer.nanoseconds)})`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MB`;
}

/** Three significant digits and the unit that suits: `12.3 ns`, `4.56 us`, `78.9 ms`. */
export function duration(nanoseconds: number): string {
  const units = ["ns", "us", "ms", "s"];
  let value = nanoseconds;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${value.toFixed(digits)} ${units[unit]}`;
}
