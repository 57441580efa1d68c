import { KVM_FORMS } from "./forms.js";
import { quote } from "./issues.js";
import { parseAssertion } from "./parse-assert.js";
import { allowIovas, copy, faultQueue, replace, vdevice } from "./parse-iommufd.js";
import { numberOrNone } from "./parse-outcome.js";
import type { Parts } from "./parts.js";
import { Punctuation, TokenKind } from "./tokens.js";
import type { Outcome, Step, Word } from "./tree.js";
import { DMA_WORDS, KVM_WORDS, RESPONSES, type StepWord, SWITCH_WORDS } from "./words.js";

/**
 * A step before its outcome, its end and what is said of all steps are known. One that large files have thousands
 * of is made with fields for them: fields that come later are a second object.
 */
export type Unfinished<S extends Step = Step> = S extends Step
  ? Omit<S, "start" | "end" | "outcome" | "documentation"> & {
      readonly outcome?: Outcome | undefined;
      readonly start?: number;
      readonly end?: number;
    }
  : never;

/** Reads what stands behind the word of a step. */
export type StepParser = (p: Parts) => Unfinished;

const READ_WRITE = ["read", "write"] as const;

function unmap(p: Parts): Unfinished {
  return { kind: "unmap", space: p.name(p.iommufd ? "an IOAS" : "an IOASID"), range: p.range("a range") };
}

function invalidate(p: Parts): Unfinished {
  const space = p.name(p.iommufd ? "an HWPT" : "an IOASID");
  if (p.atEnd) p.want({ kind: "number", role: "a range" });
  const range = p.kind === TokenKind.number ? p.range("a range") : undefined;
  return { kind: "invalidate", space, range };
}

function bind(p: Parts): Unfinished {
  const device = p.name("a device");
  return { kind: "bind", device, owner: p.acceptWord("to") ? p.name("an owner") : undefined };
}

function attach(p: Parts): Unfinished {
  const device = p.name("a device");
  const pasid = p.optionalPasid();
  const physical = pasid && p.optionalPhysical();
  p.needArrow();
  const space = p.name(p.iommufd ? "an IOAS or an HWPT" : "an IOASID");
  return { kind: "attach", device, pasid, physical, space };
}

function detach(p: Parts): Unfinished {
  const device = p.name("a device");
  const pasid = p.optionalPasid();
  // iommufd takes whatever is attached.
  if (p.iommufd) {
    needlessSpace(p);
    return { kind: "detach", device, pasid, space: undefined };
  }
  const from = p.mark === Punctuation.arrow;
  p.needWord("from");
  if (from) p.advance();
  return { kind: "detach", device, pasid, space: p.name("an IOASID") };
}

/** `from S`, which only the RFC has. */
function needlessSpace(p: Parts): void {
  if (p.word !== "from" || p.newline) return;
  const { start } = p;
  p.advance();
  if (p.kind === TokenKind.identifier && !p.newline) p.advance();
  p.issues.add("S023", start, p.previousEnd, {});
}

function sva(p: Parts): Unfinished {
  const device = p.name("a device");
  return { kind: "sva", device, physical: p.optionalPhysical() };
}

function kvm(p: Parts): Unfinished {
  const word = startsStatement(p) ? undefined : kindOfCall(p);
  if (word === undefined) {
    p.missing("`map`, `unmap` or `translation`");
    return { kind: "kvm-unknown" };
  }
  p.form = KVM_FORMS[word.text];
  if (word.text === "translation") {
    const owner = switchedOwner(p) ? p.name("a guest") : undefined;
    return { kind: "kvm-translation", owner, state: p.oneOf(SWITCH_WORDS, "the switch") };
  }
  const owner = p.optionalName("a guest");
  const pasid = p.pasid();
  if (word.text === "unmap") return { kind: "kvm-unmap", owner, pasid };
  p.needArrow();
  return { kind: "kvm-map", owner, pasid, space: p.name("an IOASID") };
}

function kindOfCall(p: Parts): Word<(typeof KVM_WORDS)[number]> | undefined {
  const word = p.oneOf(KVM_WORDS, "the kind of KVM call");
  // Of `kvm vm0 map pasid 7` the owner is in the wrong place, and the call is clear.
  if (word === undefined && isKind(p.ahead(1).word) && !p.newline && !p.ahead(1).newline) {
    p.advance();
    return p.optionalWord(KVM_WORDS);
  }
  return word;
}

function isKind(word: string): boolean {
  return (KVM_WORDS as readonly string[]).includes(word);
}

/** `map` or `unmap` on the line below an unfinished `kvm` is that line's own statement, unless `pasid` follows. */
function startsStatement(p: Parts): boolean {
  return p.newline && p.atStatement && p.ahead(1).word !== "pasid" && p.ahead(2).word !== "pasid";
}

/** Whether an owner stands before the switch, which may be misspelt; an owner may even be called `on`. */
function switchedOwner(p: Parts): boolean {
  const next = p.ahead(1);
  if (p.atEnd) p.want({ kind: "name", role: "a guest", qualifier: undefined });
  if (p.kind !== TokenKind.identifier) return false;
  // Whoever asks what follows has written a name; in a whole text it is a misspelt switch.
  if (next.kind === TokenKind.end && p.isListenedTo) return !isSwitch(p.word);
  return isSwitch(next.word) || (!isSwitch(p.word) && next.kind === TokenKind.identifier && !next.newline);
}

function isSwitch(word: string): boolean {
  return word === "on" || word === "off";
}

function dma(p: Parts): Unfinished {
  const device = p.name("a device");
  const pasid = p.optionalPasid();
  const access = p.oneOf(DMA_WORDS, "the access");
  const address = p.numberOrRange("an address or a range");
  return { kind: "dma", device, pasid, access, address, priv: p.acceptWord("priv") };
}

function enqcmd(p: Parts): Unfinished {
  const process = p.name("a process");
  p.needWord("to");
  const device = p.name("a device");
  const access = p.oneOf(READ_WRITE, "the access");
  return { kind: "enqcmd", process, device, access, address: p.number("an address") };
}

function enqcmds(p: Parts): Unfinished {
  const owner = p.name("a guest");
  const pasid = p.pasid();
  p.needWord("to");
  const device = p.name("a device");
  const access = p.oneOf(READ_WRITE, "the access");
  return { kind: "enqcmds", owner, pasid, device, access, address: p.number("an address") };
}

function setPasid(p: Parts): Unfinished {
  const process = p.name("a process");
  return { kind: "set-pasid", process, value: numberOrNone(p, "a PASID, or `none`") };
}

function respond(p: Parts): Unfinished {
  const space = p.name(p.iommufd ? "a fault queue" : "an IOASID");
  const address = p.number("the address of the page request");
  const response = p.oneOf(RESPONSES, "the response");
  const device = p.acceptWord("for") ? p.name("a device") : undefined;
  return { kind: "respond", space, address, response, device, pasid: device && p.optionalPasid() };
}

function allow(p: Parts): Unfinished {
  let rule: Word | undefined = p.anyWord("the id of a rule, such as `P009`");
  if (rule !== undefined && !/^P\d{3}$/.test(rule.text)) {
    p.issues.add("S030", rule.start, rule.end, { found: quote(rule.text) });
    rule = undefined;
  }
  return { kind: "allow", rule };
}

/** Every step but those with a table, which `parse-tables.ts` reads. */
export const STEP_PARSERS = {
  sva,
  "fault-queue": faultQueue,
  vdevice,
  replace,
  copy,
  "allow-iovas": allowIovas,
  destroy: (p) => ({ kind: "destroy", space: p.name("an object of iommufd") }),
  free: (p) => ({ kind: "free", space: p.name("an IOASID") }),
  "unbind-pgtable": (p) => ({ kind: "unbind-table", table: "page-table", space: p.name("an IOASID") }),
  "unbind-pasid-table": (p) => ({ kind: "unbind-table", table: "pasid-table", space: p.name("an IOASID") }),
  unmap,
  invalidate,
  register: (p) => ({ kind: "register", region: p.region("a region of a memory") }),
  unregister: (p) => ({ kind: "unregister", region: p.region("a region of a memory") }),
  bind,
  unbind: (p) => ({ kind: "unbind", device: p.name("a device") }),
  attach,
  detach,
  kvm,
  info: (p) => ({ kind: "info", subject: p.name("an IOASID or a device") }),
  dma,
  enqcmd,
  enqcmds,
  "set-pasid": setPasid,
  respond,
  migrate: (p) => ({ kind: "migrate", owner: p.name("an owner") }),
  allow,
  assert: (p) => ({ kind: "assert", assertion: parseAssertion(p) }),
} as const satisfies Partial<Record<StepWord, StepParser>>;
