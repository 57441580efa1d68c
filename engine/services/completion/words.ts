import { syntax } from "../../language/index.js";
import { isFlagWritten, reportedFlags } from "./assertions.js";
import { FRESH } from "./fits.js";
import type { CompletionSubject, Ranked } from "./item.js";
import { Rank } from "./item.js";
import { objection } from "./judge.js";
import { isRequest, isWithoutWire, outcomeItems } from "./outcomes.js";
import { takesPasid } from "./pasids.js";
import { lengthItems } from "./ranges.js";
import type { Spot } from "./spot.js";

const { Punctuation, PUNCTUATION_TEXTS } = syntax;

/** Words behind which something must follow. */
const GOING_ON: ReadonlySet<string> = new Set([
  ...syntax.JOINING_WORDS,
  "pasid",
  ...syntax.KVM_WORDS,
  ...syntax.ASSERTIONS,
]);

/** A small word that may stand at the cursor. */
export function wordItems(spot: Spot, word: string): Ranked[] {
  if (isFlagWritten(spot, word)) return [];
  const goesOn = GOING_ON.has(word);
  const { rank, detail } = fitOfWord(spot, word);
  const item: Ranked = {
    label: word,
    kind: "word",
    insert: goesOn ? `${word} ` : word,
    subject: subjectOf(spot, word),
    rank,
    ...(goesOn && { goesOn }),
    ...(detail !== undefined && { detail }),
  };
  return word === "none" && spot.as("assert")?.assertion?.kind === "reports"
    ? [...reportedFlags(spot), item]
    : [item];
}

function subjectOf({ statement }: Spot, word: string): CompletionSubject {
  if (statement?.kind === "kvm-unknown") return { kind: "kvm", word };
  if (statement?.kind === "assert" && !statement.assertion) return { kind: "assertion", word };
  return { kind: "value", word };
}

function fitOfWord(spot: Spot, word: string): { readonly rank: number; readonly detail?: string } {
  switch (word) {
    case "pasid":
      return takesPasid(spot)
        ? { rank: Rank.fits }
        : { rank: Rank.unlikely, detail: "the device takes no vPASID" };
    case "page-table":
    case "pasid-table": {
      const reason = againstTable(spot, word);
      return reason === undefined ? { rank: Rank.fits } : { rank: Rank.unlikely, detail: reason };
    }
    case "none":
      return spot.wanted.kind === "word" && isWithoutWire(spot)
        ? { rank: Rank.best, detail: "what the engine finds" }
        : { rank: Rank.possible };
    case "at":
    case "format":
      // Without its kind of table, a space has none that could lie anywhere.
      return { rank: spot.as("ioasid") ? Rank.unlikely : Rank.possible };
    case "exec":
    case "priv":
      return canDo(spot, word)
        ? { rank: word === "exec" ? Rank.fits : Rank.possible }
        : { rank: Rank.unlikely, detail: `the device has no \`${word}\`` };
    case "wire":
      // What a call answers is on no bus.
      return { rank: isRequest(spot) ? Rank.possible : Rank.unlikely };
    case "as":
    case "to":
    case "backed-by":
      return { rank: Rank.possible };
    default:
      return { rank: Rank.fits };
  }
}

/** Whether the device of a request has a capability that the request would need. */
function canDo(spot: Spot, word: "exec" | "priv"): boolean {
  const device = spot.platform.devices[spot.device(spot.as("dma")?.device) ?? -1];
  return device === undefined || device[word];
}

function againstTable(spot: Spot, kind: "page-table" | "pasid-table"): string | undefined {
  const machine = spot.machine();
  const parent = spot.space(spot.as("ioasid")?.parent);
  if (!machine) return undefined;
  if (!parent) return spot.as("ioasid")?.nested ? undefined : "a root is managed by the kernel";
  const idea = {
    kind: "ioasid",
    owner: parent.owner,
    space: FRESH,
    name: "",
    parent: parent.number,
  } as const;
  return objection(machine, { ...idea, table: { kind } });
}

/** A mark that may stand at the cursor, with what usually follows it. */
export function markItems(spot: Spot, mark: syntax.Punctuation): Ranked[] {
  switch (mark) {
    case Punctuation.arrow:
    case Punctuation.equals:
      return [markItem(mark, Rank.fits, `${PUNCTUATION_TEXTS[mark]} `, true)];
    case Punctuation.outcome:
      return [...computedOutcome(spot), markItem(mark, Rank.possible, "=> ", true)];
    case Punctuation.plus:
      return lengthItems(spot).map((item) => {
        const text = `+ ${item.insert}`;
        return { ...item, label: text, insert: text, rank: Math.max(item.rank, Rank.fits) };
      });
    case Punctuation.dots:
    case Punctuation.openBracket:
      return [markItem(mark, Rank.unlikely, PUNCTUATION_TEXTS[mark], true)];
    case Punctuation.openBrace:
      return [brace(spot)];
    default:
      return [];
  }
}

function markItem(mark: syntax.Punctuation, rank: number, insert: string, goesOn: boolean): Ranked {
  return { label: PUNCTUATION_TEXTS[mark], kind: "mark", insert, goesOn, rank };
}

/** `=> …` with what the engine finds, in one piece. */
function computedOutcome(spot: Spot): Ranked[] {
  const { statement } = spot;
  if (statement?.kind !== "dma" && statement?.kind !== "enqcmd" && statement?.kind !== "enqcmds") return [];
  const best = outcomeItems(spot).filter(({ preselect }) => preselect);
  return best.map((item) => ({
    ...item,
    label: `=> ${item.label}`,
    insert: `=> ${item.insert}`,
    rank: Rank.fits,
    preselect: false,
  }));
}

/** Braces for what the statement holds. */
function brace({ statement }: Spot): Ranked {
  const isBlock =
    statement?.kind === "guest" || statement?.kind === "native" || statement?.kind === "scenario";
  const isNeeded =
    statement?.kind !== "ioasid" && statement?.kind !== "bind-table" && statement?.kind !== "uapi";
  return {
    label: "{ }",
    kind: "mark",
    insert: "{ ",
    snippet: isBlock ? "{\n\t$0\n}" : "{ $0 }",
    filter: "{",
    goesOn: true,
    rank: isNeeded ? Rank.fits : Rank.possible,
  };
}
