import { ASSERTION_FORMS } from "./forms.js";
import { numberOrNone } from "./parse-outcome.js";
import type { Parts } from "./parts.js";
import { Punctuation, TokenKind } from "./tokens.js";
import type { Assertion, EndpointNode, ReportWord, Word } from "./tree.js";
import type { NameRole } from "./wanted.js";
import { ASSERTIONS, REPORT_FLAGS } from "./words.js";

/** What stands behind the word `assert`. */
export function parseAssertion(p: Parts): Assertion | undefined {
  const { start } = p;
  const word = p.oneOf(ASSERTIONS, "the assertion");
  if (word === undefined) return undefined;
  p.form = ASSERTION_FORMS[word.text];
  if (word.text === "isolated" || word.text === "reports") p.beginList();
  switch (word.text) {
    case "isolated": {
      const a = endpoint(p, "a device or an owner");
      p.accept(Punctuation.comma);
      const b = endpoint(p, "a second device or owner");
      return { kind: "isolated", a, b, start, end: p.previousEnd };
    }
    case "reaches": {
      const from = endpoint(p, "a device or an owner");
      p.needArrow();
      const region = p.region("a region of a memory");
      const access = p.optionalAccess();
      return { kind: "reaches", from, region, access, start, end: p.previousEnd };
    }
    case "ppasid": {
      const device = p.name("a device");
      const pasid = p.optionalPasid();
      p.need(Punctuation.equals);
      const value = numberOrNone(p, "a physical PASID, or `none`");
      return { kind: "ppasid", device, pasid, value, start, end: p.previousEnd };
    }
    case "kvm": {
      const owner = p.name("a guest");
      const pasid = p.pasid();
      p.need(Punctuation.equals);
      const value = numberOrNone(p, "a physical PASID, or `none`");
      return { kind: "kvm", owner, pasid, value, start, end: p.previousEnd };
    }
    case "reports": {
      const device = p.name("a device");
      const flags = reportFlags(p);
      return { kind: "reports", device, flags, start, end: p.previousEnd };
    }
  }
}

function endpoint(p: Parts, what: NameRole): EndpointNode | undefined {
  const name = p.name(what);
  if (name === undefined) return undefined;
  const { start } = name;
  const qualified = p.acceptWord("pasid");
  const pasid = qualified ? (p.optionalWord(["any"] as const) ?? p.number("a PASID, or `any`")) : undefined;
  return { kind: "endpoint", name, qualified, pasid, start, end: p.previousEnd };
}

function reportFlags(p: Parts): Word<ReportWord>[] {
  const first = p.optionalWord(["none", "pasid"] as const);
  if (first === undefined) p.missing("`none` or `pasid`");
  if (first?.text === "none") return [first];
  const flags: Word<ReportWord>[] = first === undefined ? [] : [first];
  for (;;) {
    p.accept(Punctuation.comma);
    // `cpu {` on a line of its own is a declaration behind a forgotten brace.
    if (p.word === "cpu" && p.newline && p.ahead(1).mark === Punctuation.openBrace) return flags;
    const flag = p.optionalWord(REPORT_FLAGS) ?? misspelt(p);
    if (flag === undefined) return flags;
    flags.push(flag);
  }
}

function misspelt(p: Parts): Word<ReportWord> | undefined {
  if (p.kind !== TokenKind.identifier || p.newline) return undefined;
  return p.oneOf(REPORT_FLAGS, "the capability flag");
}
