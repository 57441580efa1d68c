import { codeText, outcomeText, RULES, type Step, syntax } from "../../language/index.js";
import { FAULTS, type FaultName, type Outcome } from "../../simulator/index.js";
import { callName } from "../hover/outcomes.js";
import type { Statement } from "../structure/statements.js";
import { callsOf } from "../words/index.js";
import type { CompletionSubject, Ranked } from "./item.js";
import { Rank } from "./item.js";
import { tried } from "./judge.js";
import { nameItems } from "./names.js";
import { numberItem, pasidItem } from "./numbers.js";
import type { Spot } from "./spot.js";

const FOUND = "what the engine finds";

type OperationStep = Extract<Step, { kind: "operation" }>;

/** Requests have outcomes of their own; every other statement is a call, which answers with an errno or not at all. */
const REQUESTS: ReadonlySet<Statement["kind"]> = new Set(["dma", "enqcmd", "enqcmds", "respond"]);

/** Whether something of the statement goes over a bus. */
export function isRequest({ statement }: Spot): boolean {
  return statement !== undefined && REQUESTS.has(statement.kind);
}

/** What may stand behind `=>`: what the engine finds for this very step first. */
export function outcomeItems(spot: Spot): Ranked[] {
  const { statement } = spot;
  if (!statement) return [];
  const isOfBus = isRequest(spot);
  const words = syntax.OUTCOME_WORDS.filter((word) => fitsKind(word, statement.kind)).map((word) =>
    outcomeWord(word, isOfBus === (word !== "ok") ? Rank.fits : Rank.possible),
  );
  const gp =
    statement.kind === "enqcmd" || statement.kind === "enqcmds" ? [outcomeWord("#gp", Rank.fits)] : [];
  const memories = isOfBus ? nameItems(spot, "a region of a memory", undefined) : [];
  return [...computedItems(spot), ...words, ...gp, ...errnoItems(statement), ...memories];
}

function outcomeWord(word: string, rank: number): Ranked {
  return { label: word, kind: "outcome", insert: word, subject: { kind: "outcome", word }, rank };
}

function fitsKind(word: (typeof syntax.OUTCOME_WORDS)[number], kind: Statement["kind"]): boolean {
  if (word === "ok") return true;
  if (word === "vm-exit" || word === "refused") return kind === "enqcmd" || kind === "enqcmds";
  return REQUESTS.has(kind);
}

/** What comes of the statement as it is compiled, in the words of the language. */
function computed(spot: Spot): { readonly outcome: Outcome; readonly step: OperationStep } | undefined {
  const step = spot.statement && spot.site.step(spot.statement);
  if (step?.kind !== "operation" || step.operation.kind === "migrate") return undefined;
  const machine = spot.machine("all");
  return machine && { outcome: tried(machine, step.operation), step };
}

/** What became of the request of the statement; of several that a page response resumed, of the first. */
function computedRequest(spot: Spot): Outcome | undefined {
  const outcome = computed(spot)?.outcome;
  return outcome?.kind === "responded" ? outcome.resumed[0] : outcome;
}

/** Where in a memory the request lands, as it is written in brackets; `undefined` when it lands in none. */
export function computedOffset(spot: Spot): string | undefined {
  const outcome = computedRequest(spot);
  if (outcome?.kind !== "reached") return undefined;
  return /\[(.*)\]/.exec(outcomeText(spot.platform, outcome))?.[1];
}

function computedItems(spot: Spot): Ranked[] {
  const found = computed(spot);
  if (!found || !spot.statement) return [];
  const { outcome } = found;
  const text = outcomeText(spot.platform, outcome);
  // What a page response resumed may have come to several things.
  if (text.includes(",")) return [];
  const subject = subjectOf(outcome, spot.statement);
  const item = (label: string, detail: string): Ranked => {
    return { label, kind: "outcome", detail, insert: label, rank: Rank.best, ...(subject && { subject }) };
  };
  const [plain = text] = text.split(" wire ");
  const less = plain === text ? [] : [item(plain, "the same, without the wire")];
  const code = outcome.kind === "fault" ? outcome.fault.code : undefined;
  const exact = code === undefined ? [] : [item(`fault ${codeText(code)}`, "its code alone")];
  return [{ ...item(text, FOUND), preselect: true }, ...less, ...exact];
}

function subjectOf(outcome: Outcome, statement: Statement): CompletionSubject | undefined {
  switch (outcome.kind) {
    case "reached":
    case "responded":
      return undefined;
    case "refused":
      return { kind: "errno", name: outcome.refusal.errno, call: callName(statement) };
    case "fault":
      return { kind: "fault", name: outcome.fault.name };
    case "gp":
      return { kind: "outcome", word: "#gp" };
    case "portal-refused":
      return { kind: "outcome", word: "refused" };
    default:
      return { kind: "outcome", word: outcome.kind };
  }
}

/** The errnos that the call can give, each with the rules by which it does. */
function errnoItems(statement: Statement): Ranked[] {
  const call = callName(statement);
  const answers = callsOf(call);
  return syntax.ERRNO_NAMES.flatMap((name): Ranked[] => {
    const rules = answers.flatMap((each) => each.answers[name] ?? []);
    if (rules.length === 0) return [];
    const detail = rules.map((rule) => RULES.get(rule)?.title ?? rule).join(", ");
    const subject = { kind: "errno", name, call } as const;
    return [{ label: name, kind: "outcome", insert: name, detail, subject, rank: Rank.fits }];
  });
}

/** What may stand behind `fault`: the names, then the codes that VT-d gives for each. */
export function faultItems(spot: Spot): Ranked[] {
  const found = computedRequest(spot);
  const fault = found?.kind === "fault" ? found.fault : undefined;
  const names = (Object.keys(FAULTS) as FaultName[]).map((name): Ranked => {
    const isIt = fault?.name === name;
    const { codes, text } = FAULTS[name];
    const list = codes.map(codeText).join(", ");
    const detail = isIt ? FOUND : list === "" ? text : `${list}: ${text}`;
    const rank = isIt ? Rank.best : Rank.fits;
    const item = { label: name, kind: "outcome", detail, insert: name, rank } as const;
    return { ...item, subject: { kind: "fault", name }, ...(isIt && { preselect: true }) };
  });
  return [...names, ...codeItems(fault?.code)];
}

function codeItems(code: number | undefined): Ranked[] {
  const names = new Map<number, FaultName>();
  for (const name of Object.keys(FAULTS) as FaultName[]) {
    for (const each of FAULTS[name].codes) if (!names.has(each)) names.set(each, name);
  }
  const own = code === undefined || names.has(code) ? [] : [numberItem(codeText(code), FOUND, Rank.best)];
  const known = [...names].map(([each, name]): Ranked => {
    const isIt = each === code;
    const detail = isIt ? FOUND : FAULTS[name].text;
    return {
      ...numberItem(codeText(each), detail, isIt ? Rank.best : Rank.possible),
      subject: { kind: "code", code: each },
    };
  });
  return [...own, ...known];
}

/** What may stand behind `wire`: the number that the engine finds, then those of the device. */
export function wireItems(spot: Spot): Ranked[] {
  const found = computedRequest(spot);
  const wire = found && "wire" in found ? found.wire.pasid : undefined;
  const best = wire === undefined ? [] : [{ ...pasidItem(wire, FOUND, Rank.best), preselect: true }];
  const { statement } = spot;
  const device = statement && "device" in statement ? spot.device(statement.device) : undefined;
  const state = device === undefined ? undefined : spot.machine()?.device(device);
  const physical = [...(state?.attachments.entries() ?? [])].map(([pasid, attachment]) =>
    pasidItem(attachment.physical ?? pasid, `pPASID of vPASID ${pasid}`),
  );
  const own = state?.defPasid === undefined ? [] : [pasidItem(state.defPasid, "the defPASID")];
  return [...best, ...physical, ...own];
}

/** Whether the engine finds no PASID on the wire of the step. */
export function isWithoutWire(spot: Spot): boolean {
  const found = computedRequest(spot);
  return found !== undefined && "wire" in found && found.wire.pasid === undefined;
}

/** The exit reason of the instruction. */
export function exitItems(spot: Spot): Ranked[] {
  const isKernels = spot.statement?.kind === "enqcmds";
  return [
    numberItem("72", "ENQCMD", isKernels ? Rank.unlikely : Rank.fits),
    numberItem("73", "ENQCMDS", isKernels ? Rank.fits : Rank.unlikely),
  ];
}
