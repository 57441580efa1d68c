import type { Program, RunResult, ScenarioResult, Span } from "../../language/index.js";
import { type Machine, pasidTableSizes } from "../../simulator/index.js";
import { categoriesOf, categoryTitle, devicesOf } from "./devices.js";
import { streamsOf, translationsOf } from "./iotlb.js";
import { guestsOf, kvmMappingsOf } from "./kvm.js";
import { requestsOf } from "./page-requests.js";
import { Pages, type Source } from "./pages.js";
import { pasidEntriesOf, pasidTablesOf } from "./pasid-tables.js";
import { Problems } from "./problems.js";
import { Reading } from "./reading.js";
import { attachmentsOf, childrenOf, entriesOf, mappingsOf, ownersOf, rootsOf } from "./spaces.js";
import type { MachineState, Page, State, StateItem, Tables } from "./types.js";

/** Tells a place in a file in the form that the reader wants. */
type PlaceOf<P> = (span: Span) => P;

/**
 * The state that a run came to: its devices, IOASIDs, PASID tables and KVM PASID mappings. Long lists are cut;
 * `statePage` has the rest.
 * @param scenario title of the scenario at whose end the state is wanted; where none has it, the start state
 */
export function stateOf<P>(result: RunResult, scenario: string | undefined, place: PlaceOf<P>): State<P> {
  const ran = scenarioOf(result, scenario);
  return {
    scenario: ran?.scenario.title,
    scenarios: result.scenarios.map(({ scenario: { title }, passed }) => ({ title, passed })),
    incomplete: result.incomplete,
    ...tablesOf(readingOf(result, ran, place), new Pages()),
  };
}

/** A machine between two steps, and what its places are. */
export interface Standing<P> {
  readonly program: Program;
  readonly machine: Machine;
  /** Tells the place of a statement; of one that a person made by hand too, which no file has. */
  placeOf(origin: number): P;
}

/** The state of a machine in the middle of a run, with what it has cached and what waits for a response. */
export function machineState<P>(standing: Standing<P>): MachineState<P> {
  const reading = standingReading(standing);
  const pages = new Pages();
  return {
    ...tablesOf(reading, pages),
    streams: pages.first("streams:", streamsOf(reading, pages)),
    requests: pages.first("requests:", requestsOf(reading)),
  };
}

/** More of a list of such a state. */
export function machineStatePage<P>(
  standing: Standing<P>,
  { list, from, count }: Omit<PageAsked, "scenario">,
): Page<StateItem<P>> {
  return pageOf(standingReading(standing), list, from, count);
}

function tablesOf<P>(reading: Reading<P>, pages: Pages): Tables<P> {
  return {
    devices: categoriesOf(reading.machine).map((category) => ({
      category,
      title: categoryTitle(category),
      devices: pages.first(`devices:${category ?? ""}`, devicesOf(reading, category)),
    })),
    owners: pages.first("owners:", ownersOf(reading, pages)),
    pasidTables: pages.first("pasid-tables:", pasidTablesOf(reading, pages)),
    guests: pages.first("guests:", guestsOf(reading, pages)),
  };
}

/** A piece of a list of the state. */
export interface PageAsked {
  readonly scenario: string | undefined;
  /** Name of a list, as a page of the state has it. */
  readonly list: string;
  readonly from: number;
  /** At most this many. */
  readonly count: number;
}

/** More of a list of the state; an empty page where the state has no such list any more. */
export function statePage<P>(
  result: RunResult,
  { scenario, list, from, count }: PageAsked,
  place: PlaceOf<P>,
): Page<StateItem<P>> {
  return pageOf(readingOf(result, scenarioOf(result, scenario), place), list, from, count);
}

function pageOf<P>(reading: Reading<P>, list: string, from: number, count: number): Page<StateItem<P>> {
  const source = sourceOf(reading, new Pages(count), list);
  return { list, from, items: source?.items(from, count) ?? [], total: source?.total ?? 0 };
}

function readingOf<P>(result: RunResult, ran: ScenarioResult | undefined, place: PlaceOf<P>): Reading<P> {
  return new Reading(
    ran?.machine ?? result.machine,
    (origin) => place(result.program.origins[origin]!),
    (spaces) => new Problems(result, ran, spaces, place),
  );
}

/** What was found is the run's to tell, and a machine in the middle of one has found nothing yet. */
function standingReading<P>({ program, machine, placeOf }: Standing<P>): Reading<P> {
  const none = { program, start: [], diagnostics: [] };
  return new Reading(machine, placeOf, (spaces) => new Problems(none, undefined, spaces, () => placeOf(-1)));
}

function scenarioOf(result: RunResult, title: string | undefined): ScenarioResult | undefined {
  return title === undefined ? undefined : result.scenarios.find(({ scenario }) => scenario.title === title);
}

function sourceOf<P>(reading: Reading<P>, pages: Pages, list: string): Source<StateItem<P>> | undefined {
  const [kind, key = ""] = list.split(":");
  const space = reading.hasSpace(Number(key)) ? Number(key) : undefined;
  switch (kind) {
    case "devices":
      return devicesOf(reading, key === "" ? undefined : Number(key));
    case "owners":
      return ownersOf(reading, pages);
    case "spaces":
      return rootsOf(reading, pages, Number(key));
    case "children":
      return space === undefined ? undefined : childrenOf(reading, pages, space);
    case "attachments":
      return space === undefined ? undefined : attachmentsOf(reading, space);
    case "mappings":
      return space === undefined ? undefined : mappingsOf(reading, space);
    case "entries":
      return space === undefined ? undefined : entriesOf(reading, space);
    case "pasid-tables":
      return pasidTablesOf(reading, pages);
    case "pasids": {
      const { devices } = reading.machine.platform;
      const table = pasidTableSizes(reading.machine).find(({ wire }) => devices[wire]!.name === key);
      return table && pasidEntriesOf(reading, table.wire, table.entries);
    }
    case "guests":
      return guestsOf(reading, pages);
    case "kvm":
      return kvmMappingsOf(reading, key);
    case "streams":
      return streamsOf(reading, pages);
    case "translations": {
      const [wire, slot] = key.split(".").map(Number);
      return translationsOf(reading, wire!, slot!);
    }
    case "requests":
      return requestsOf(reading);
    default:
      return undefined;
  }
}
