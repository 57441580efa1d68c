import type { Machine, Platform } from "../../simulator/index.js";
import { spaceName } from "../state-words.js";
import { COMMANDS } from "./commands.js";
import { FACTS } from "./facts.js";
import { type QueryToken, queryTokens } from "./tokens.js";

/** A word that a query can go on with. */
export interface QueryWord {
  readonly word: string;
  /** "question", "fact", "name", or a word of a question. */
  readonly kind: "question" | "fact" | "name" | "word";
  /** What it asks or stands for; empty where the word says it. */
  readonly about: string;
}

/** What a query can go on with at its end. */
export interface QueryCompletions {
  /** Offset at which the word begins that is being written. */
  readonly start: number;
  readonly words: readonly QueryWord[];
}

/** Marks after which a question or a name begins anew. */
const BEGINS = new Set(["&&", "||", "!", "(", "==", "!=", "<", "<=", ">", ">="]);

/**
 * The words that a query can go on with: questions and names where one begins, and in a question what its
 * next part can be.
 * @param text the query up to the cursor
 */
export function completeQuery(text: string, machine: Machine): QueryCompletions {
  const start = text.search(/[\w.-]*$/);
  const begun = text.slice(start);
  const tokens = queryTokens(text.slice(0, start));
  const from = tokens.findLastIndex(({ kind, text: mark }) => kind === "mark" && BEGINS.has(mark)) + 1;
  const words = candidates(tokens.slice(from), machine);
  return { start, words: words.filter(({ word }) => word.startsWith(begun)) };
}

function candidates([first, ...rest]: readonly QueryToken[], machine: Machine): readonly QueryWord[] {
  if (!first) return [...questions(), ...facts(), ...names(machine)];
  const parts = rest.map(({ text }) => text);
  const { platform } = machine;
  const [one, two] = parts;
  switch (first.text) {
    case "translate":
      if (parts.length === 0) return devices(platform);
      if (parts.length === 1) return plain("pasid");
      if (two === "pasid" && parts.length === 2) return attachedPasids(machine, one);
      return rest.at(-1)?.kind === "number" ? plain("read", "write", "exec") : [];
    case "who":
      return parts.length === 0
        ? plain("maps", "reaches", "writes")
        : parts.length === 1
          ? memories(platform)
          : [];
    case "ppasid":
      return parts.length === 0 ? devices(platform) : parts.length === 1 ? attachedPasids(machine, one) : [];
    case "kvm":
      return parts.length === 0 ? owners(platform) : parts.length === 1 ? slots(machine, one) : [];
    case "entry":
      return parts.length === 0 ? devices(platform) : parts.length === 1 ? entries(machine, one) : [];
    case "page":
      return parts.length === 0 ? spaces(machine) : [];
    case "reach":
      if (parts.length === 0) return [...devices(platform), ...owners(platform)];
      if (parts.length === 1) return isDevice(platform, one) ? plain("pasid") : [];
      return parts.length === 2 ? [...plain("any"), ...attachedPasids(machine, one)] : [];
    case "diff":
      return parts.length === 0 ? plain("since") : parts.length === 1 ? plain("start") : [];
    default:
      return [];
  }
}

function questions(): QueryWord[] {
  return Object.entries(COMMANDS).map(([word, { form }]) => ({ word, kind: "question", about: form }));
}

function facts(): QueryWord[] {
  return Object.entries(FACTS).map(([word, { about }]) => ({ word, kind: "fact", about }));
}

/** Everything that has a name at the moment. */
function names(machine: Machine): QueryWord[] {
  const { platform } = machine;
  const processes = platform.processes.map(({ name, owner }) => ({
    word: `${platform.owners[owner]!.name}.${name}`,
    kind: "name" as const,
    about: "IA32_PASID of a guest process",
  }));
  return [...devices(platform), ...owners(platform), ...spaces(machine), ...memories(platform), ...processes];
}

function devices(platform: Platform): QueryWord[] {
  return platform.devices.map(({ name, kind }) => ({ word: name, kind: "name", about: kind }));
}

function owners(platform: Platform): QueryWord[] {
  return platform.owners.map(({ name, kind }) => ({ word: name, kind: "name", about: kind }));
}

function memories(platform: Platform): QueryWord[] {
  return platform.memories.map(({ name, owner }) => ({
    word: `${platform.owners[owner]!.name}.${name}`,
    kind: "name",
    about: "memory",
  }));
}

function spaces(machine: Machine): QueryWord[] {
  return [...machine.spaces.entries()].map(([number, { kind }]) => ({
    word: spaceName(machine, number),
    kind: "name",
    about: `space, ${kind}`,
  }));
}

function isDevice(platform: Platform, name: string | undefined): boolean {
  return platform.devices.some((device) => device.name === name);
}

function attachedPasids(machine: Machine, name: string | undefined): QueryWord[] {
  const device = machine.platform.devices.findIndex((each) => each.name === name);
  if (device < 0) return [];
  return [...machine.device(device).attachments.entries()].map(([pasid, { space }]) => ({
    word: String(pasid),
    kind: "word",
    about: `vPASID of ${spaceName(machine, space)}`,
  }));
}

function entries(machine: Machine, name: string | undefined): QueryWord[] {
  const device = machine.platform.devices.find((each) => each.name === name);
  if (!device) return [];
  return [...machine.device(device.wire).entries.entries()].map(([pasid]) => ({
    word: String(pasid),
    kind: "word",
    about: "entry that is present",
  }));
}

function slots(machine: Machine, name: string | undefined): QueryWord[] {
  const owner = machine.platform.owners.findIndex((each) => each.name === name);
  if (owner < 0) return [];
  return [...machine.owner(owner).vmx.entries()].map(({ pasid, physical }) => ({
    word: String(pasid),
    kind: "word",
    about: `vPASID of pPASID ${physical}`,
  }));
}

function plain(...words: readonly string[]): QueryWord[] {
  return words.map((word) => ({ word, kind: "word", about: "" }));
}
