import type { Memory, Platform } from "../../simulator/index.js";
import type { Entry } from "../names/definition.js";
import { type Host, type KnownTrees, type Loaded, load, uapiOf } from "../names/load.js";
import { Names } from "../names/names.js";
import { failureOf, Reporter } from "../names/reporter.js";
import type { Program, Scenario, Step } from "../program.js";
import { SHAPE_CHECKS } from "../rules/family-c.js";
import type { Shape, ShapeRule, VirtualFunction } from "../rules/shape.js";
import { Allowances } from "./allowances.js";
import { type Analysis, analysisOf, type CompileOptions, type LoweredBlock, type Steps } from "./analysis.js";
import { Context } from "./context.js";
import { declareDevices, lowerDevices } from "./devices.js";
import { lowerGroups } from "./groups.js";
import { declareIommus, lowerIommus } from "./iommus.js";
import { lowerMemories } from "./memories.js";
import { Overlay } from "./overlay.js";
import { declareOwned, declareOwners, lowerOwners, lowerProcesses, type OwnerUnit } from "./owners.js";
import { Lookup, type Place } from "./place.js";
import { lowerSettings } from "./settings.js";
import { Spaces } from "./spaces.js";
import { StepLowering } from "./steps.js";

/**
 * Makes a program of a file and its imports. Whatever is wrong with them, the rest is compiled, and the
 * diagnostics say what is missing; nothing is thrown.
 * @param file name of the root file, in the form that `host.read` takes
 */
export function compile(file: string, host: Host, options: CompileOptions = {}): Program {
  return analyze(file, host, options).program;
}

/**
 * The same, with the names and the trees.
 * @param known trees of texts that were parsed before; they are not parsed again
 */
export function analyze(
  file: string,
  host: Host,
  options: CompileOptions = {},
  known?: KnownTrees,
): Analysis {
  const reporter = new Reporter();
  const loaded = load(file, host, reporter, known);
  const stated = uapiOf(loaded.sources.get(file)?.tree.items)?.version?.text;
  const behindIommufd = (options.uapi ?? stated) === "iommufd";
  const context = new Context(reporter, new Names(reporter, behindIommufd));
  const { platform, virtualFunctions, owners } = lowerPlatform(context, file, loaded, options);
  const lowered = lowerSteps(context, file, loaded, owners, platform.memories);
  checkShape(context, file, platform, virtualFunctions);
  const { sources, imports } = loaded;
  return analysisOf({ file, options, sources, imports, context, platform, ...lowered });
}

interface Hardware {
  readonly platform: Platform;
  readonly virtualFunctions: readonly VirtualFunction[];
  readonly owners: readonly OwnerUnit[];
}

/** All names first, since forward references are legal; then what they stand for. */
function lowerPlatform(
  context: Context,
  file: string,
  { items }: Loaded,
  { config: read, uapi }: CompileOptions,
): Hardware {
  const iommuUnits = declareIommus(context, items);
  const deviceUnits = declareDevices(context, items);
  const ownerUnits = declareOwners(context, items);
  const owned = declareOwned(context, ownerUnits);
  const iommus = lowerIommus(context, iommuUnits);
  const { devices: ungrouped, virtualFunctions } = lowerDevices(context, deviceUnits, iommus);
  const { groups, devices } = lowerGroups(context, items, ungrouped);
  const platform: Platform = {
    ...lowerSettings(context, file, items, read?.config.policy),
    ...(uapi && { uapi }),
    iommus,
    devices,
    groups,
    owners: lowerOwners(context, ownerUnits),
    memories: lowerMemories(context, owned.memories),
    processes: lowerProcesses(context, owned.processes),
  };
  return { platform, virtualFunctions, owners: ownerUnits };
}

/** Owner blocks run in written order before every scenario; those of an import in the place of the import. */
function lowerSteps(
  context: Context,
  file: string,
  { items, sources }: Loaded,
  owners: readonly OwnerUnit[],
  memories: readonly Memory[],
): Steps {
  const entries = owners.map(({ entry }) => entry);
  const lookup = new Lookup(context, entries, new Overlay<number, Entry>());
  const spaces = new Spaces(lookup);
  const allowances = new Allowances();
  const unread: Step[] = [];
  const lowering = new StepLowering(lookup, spaces, allowances, memories, unread);
  const blocks: LoweredBlock[] = [];
  const start: Step[] = [];
  const textOf = (name: string): string => sources.get(name)?.text ?? "";
  const places = new Map<unknown, Place>();
  for (const { file: name, imported, item, entry } of owners) {
    const scope = { owner: entry, local: undefined };
    const place: Place = { file: name, text: textOf(name), imported, owner: entry, scope, out: start };
    places.set(item, place);
    spaces.declareAll(place, item.items);
  }
  const lower = (place: Place, index: number, scenario: number | undefined, found: Statements): void => {
    const steps = place.out.length;
    const origins = context.origins.length;
    lowerBlock(lowering, place, found);
    const { file: name, imported, owner, scope } = place;
    const ends = { stepsEnd: place.out.length, originsEnd: context.origins.length };
    const who = { imported, owner, local: scope.local };
    blocks.push({ file: name, index, ...who, scenario, steps, origins, ...ends });
  };
  for (const { file: name, index, item } of items) {
    if (item.kind === "allow") lowering.allow({ file: name, owner: undefined }, item, true);
    const place = places.get(item);
    if (place && "items" in item) lower(place, index, undefined, item.items);
  }
  const scenarios: Scenario[] = [];
  for (const { imported, index, item } of items) {
    if (imported || item.kind !== "scenario") continue;
    spaces.beginScenario();
    lookup.binder.beginScenario();
    allowances.beginScenario();
    const local = new Map<string, Entry[]>();
    const out: Step[] = [];
    const place: Place = {
      file,
      text: textOf(file),
      imported: false,
      owner: undefined,
      scope: { owner: undefined, local },
      out,
    };
    spaces.declareAll(place, item.steps, local);
    lower(place, index, scenarios.length, item.steps);
    const { start: first, end } = item.title ?? item;
    scenarios.push({ title: item.title?.value ?? "", span: { file, start: first, end }, steps: out });
  }
  return { start, scenarios, unread, blocks, lookup, allowances };
}

type Statements = OwnerUnit["item"]["items"];

function lowerBlock(lowering: StepLowering, place: Place, items: Statements): void {
  for (const item of items) {
    switch (item.kind) {
      case "memory":
      case "process":
      case "viommu":
      case "misplaced":
        break;
      default:
        lowering.lower(place, item);
    }
  }
}

function checkShape(
  context: Context,
  file: string,
  platform: Platform,
  virtualFunctions: readonly VirtualFunction[],
): void {
  for (const rule of SHAPE_CHECKS) {
    try {
      checkOne(context, rule, { platform, virtualFunctions });
    } catch (error) {
      context.reporter.add(failureOf(rule.id, error, { file, start: 0, end: 0 }));
    }
  }
}

function checkOne(context: Context, rule: ShapeRule, shape: Shape): void {
  for (const { facts, origin, related } of rule.check(shape)) {
    const span = context.origins[origin];
    if (!span) continue;
    const places = related.flatMap(({ origin: other, message }) => {
      const place = context.origins[other];
      return place ? [{ span: place, message }] : [];
    });
    context.reporter.report(rule.id, facts, span, places);
  }
}
