import type { RunResult, ScenarioResult, Span } from "../../language/index.js";
import { objectReport, plural, requiredMappings } from "../../report/index.js";
import type { LensPlace } from "./places.js";

/** What a lens says. */
export type LensText =
  /** A scenario passed, or failed first at a place. */
  | { readonly kind: "passed"; readonly steps: number }
  | { readonly kind: "failed"; readonly at: Span }
  /** A count, and the statements that are counted. */
  | { readonly kind: "count"; readonly text: string; readonly statements: readonly Span[] };

/** What a run found at a place; `undefined` where it has not come to it. */
export function lensText(result: RunResult, place: LensPlace): LensText | undefined {
  switch (place.kind) {
    case "scenario":
      return scenarioText(result.scenarios.find(({ scenario }) => scenario.span.start === place.start));
    case "space":
      return spaceText(result, place.statement.start);
    case "guest":
      return guestText(result, place.name);
  }
}

function scenarioText(found: ScenarioResult | undefined): LensText | undefined {
  const failed = found?.steps.find(({ passed }) => !passed);
  if (failed) return { kind: "failed", at: failed.step.span };
  return found && { kind: "passed", steps: found.steps.length };
}

/** `2 page tables · nic, gpu`; of an HWPT `nic, wq0 pasid 3`. */
function objectText({ program, machine }: RunResult, number: number): LensText | undefined {
  const report = objectReport(machine, number);
  if (!report) return undefined;
  const { type, holds, attached } = report;
  const tables = type === "ioas" ? [plural(holds.length, "page table")] : [];
  const devices = attached.length === 0 ? "no device attached" : `${plural(attached.length, "attachment")}`;
  return {
    kind: "count",
    text: [...tables, devices].join(" · "),
    statements: spansOf(
      program,
      attached.map(({ origin }) => origin),
    ),
  };
}

/** `2 devices attached · pPASID 3, 7`. */
function spaceText(result: RunResult, start: number): LensText | undefined {
  const { program, machine } = result;
  const isMeant = (origin: number): boolean => {
    const span = program.origins[origin];
    return span?.file === program.file && span.start === start;
  };
  for (const [number, { origin }] of machine.spaces.entries()) {
    if (!isMeant(origin)) continue;
    const object = objectText(result, number);
    if (object) return object;
    const origins: number[] = [];
    const devices = new Set<number>();
    const physical = new Set<number>();
    for (const [device, { defaults, attachments }] of machine.devices.entries()) {
      const without = defaults.filter(({ space }) => space === number);
      const tagged = [...attachments.entries()].flatMap(([, each]) => (each.space === number ? [each] : []));
      if (without.length + tagged.length > 0) devices.add(device);
      for (const each of [...without, ...tagged]) origins.push(each.origin);
      for (const each of tagged) if (each.physical !== undefined) physical.add(each.physical);
    }
    const numbers = [...physical].sort((a, b) => a - b).join(", ");
    const attached = devices.size === 0 ? "no device attached" : `${plural(devices.size, "device")} attached`;
    const text = numbers === "" ? attached : `${attached} · pPASID ${numbers}`;
    return { kind: "count", text, statements: spansOf(program, origins) };
  }
  return undefined;
}

/** `KVM: 2 of 3 mappings present`; the statements are the attaches that need them. */
function guestText({ program, machine }: RunResult, guest: string): LensText {
  const required = requiredMappings(machine).filter((each) => each.guest === guest);
  const missing = required.filter(({ state }) => state !== "present");
  const shown = missing.length > 0 ? missing : required;
  return {
    kind: "count",
    text: `KVM: ${required.length - missing.length} of ${plural(required.length, "mapping")} present`,
    statements: spansOf(
      program,
      shown.map(({ origin }) => origin),
    ),
  };
}

function spansOf({ origins }: RunResult["program"], numbers: readonly number[]): Span[] {
  return numbers.flatMap((origin) => origins[origin] ?? []).sort((a, b) => a.start - b.start);
}
