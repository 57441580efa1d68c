import type { Memory, Platform } from "../../simulator/index.js";
import type { Entry } from "../names/definition.js";
import { type Host, type Loaded, load, uapiOf } from "../names/load.js";
import { Names } from "../names/names.js";
import { failureOf, Reporter } from "../names/reporter.js";
import type { Symbols } from "../names/symbols.js";
import type { Program, Scenario, Step } from "../program.js";
import { SHAPE_CHECKS } from "../rules/family-c.js";
import type { Shape, ShapeRule, VirtualFunction } from "../rules/shape.js";
import { findSwitches, type LevelSetting, type ReadConfig, showing } from "../switches/index.js";
import type { SourceFile } from "../syntax/index.js";
import { Allowances } from "./allowances.js";
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

/** What a compilation may be told beside the file. */
export interface CompileOptions {
  /** The configuration that holds for the file; what is wrong with it is told among the findings of the file. */
  readonly config?: ReadConfig;
  /** Levels of rules, for those of which the configuration says nothing. */
  readonly levels?: ReadonlyMap<string, LevelSetting>;
  /** The version of the calls to compile for, whatever the file states: what would another kernel say? */
  readonly uapi?: Platform["uapi"];
}

/** A compiled file with what an editor needs beside the program. */
export interface Analysis {
  readonly program: Program;
  readonly symbols: Symbols;
  /** The syntax trees by file, the root file first. */
  readonly trees: ReadonlyMap<string, SourceFile>;
  /** Requests that do not run because what is written after `=>` cannot be read: somebody may be writing it. */
  readonly unread: readonly Step[];
}

/**
 * Makes a program of a file and its imports. Whatever is wrong with them, the rest is compiled, and the
 * diagnostics say what is missing; nothing is thrown.
 * @param file name of the root file, in the form that `host.read` takes
 */
export function compile(file: string, host: Host, options: CompileOptions = {}): Program {
  return analyze(file, host, options).program;
}

/** The same, with the names and the trees. */
export function analyze(file: string, host: Host, options: CompileOptions = {}): Analysis {
  const { config: read, levels } = options;
  const reporter = new Reporter();
  const loaded = load(file, host, reporter);
  const stated = uapiOf(loaded.sources.get(file)?.tree.items)?.version?.text;
  const behindIommufd = (options.uapi ?? stated) === "iommufd";
  const context = new Context(reporter, new Names(reporter, behindIommufd));
  const { platform, virtualFunctions, owners } = lowerPlatform(context, file, loaded, options);
  const { start, scenarios, unread } = lowerSteps(context, file, loaded, owners, platform.memories);
  checkShape(context, file, platform, virtualFunctions);
  const sources = new Map([...loaded.sources].map(([name, { text }]) => [name, text]));
  const trees = new Map([...loaded.sources].map(([name, { tree }]) => [name, tree]));
  const switches = findSwitches(loaded, read?.config, levels, reporter);
  const shown = showing(switches, [...reporter.diagnostics, ...(read?.diagnostics ?? [])]);
  if (read) sources.set(read.config.file, read.config.text);
  const program = { file, platform, start, scenarios, origins: context.origins, sources, ...shown };
  return { program, symbols: context.names.symbols, trees, unread };
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
): Pick<Program, "start" | "scenarios"> & Pick<Analysis, "unread"> {
  const entries = owners.map(({ entry }) => entry);
  const lookup = new Lookup(context, entries, new Overlay<number, Entry>());
  const spaces = new Spaces(lookup);
  const allowances = new Allowances();
  const unread: Step[] = [];
  const lowering = new StepLowering(lookup, spaces, allowances, memories, unread);
  const start: Step[] = [];
  const textOf = (name: string): string => sources.get(name)?.text ?? "";
  const places = new Map<unknown, Place>();
  for (const { file: name, imported, item, entry } of owners) {
    const scope = { owner: entry, local: undefined };
    const place: Place = { file: name, text: textOf(name), imported, owner: entry, scope, out: start };
    places.set(item, place);
    spaces.declareAll(place, item.items);
  }
  for (const { file: name, item } of items) {
    if (item.kind === "allow") lowering.allow({ file: name, owner: undefined }, item, true);
    const place = places.get(item);
    if (place) lowerBlock(lowering, place, item.kind === "guest" || item.kind === "native" ? item.items : []);
  }
  const scenarios: Scenario[] = [];
  for (const { imported, item } of items) {
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
    lowerBlock(lowering, place, item.steps);
    const { start: first, end } = item.title ?? item;
    scenarios.push({ title: item.title?.value ?? "", span: { file, start: first, end }, steps: out });
  }
  return { start, scenarios, unread };
}

function lowerBlock(lowering: StepLowering, place: Place, items: OwnerUnit["item"]["items"]): void {
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
