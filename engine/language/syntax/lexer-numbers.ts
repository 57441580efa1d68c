import { Class, classOf, isWordPart } from "./characters.js";
import { quote, type SyntaxFacts } from "./issues.js";

const COLON = 0x3a;
const DOT = 0x2e;

function isHex(code: number): boolean {
  return (classOf(code) & Class.hex) !== 0;
}

/**
 * End of a PCI address, or of what was meant as one, that begins at `start`: hexadecimal digits, a colon,
 * and whatever sticks to them.
 * @returns -1 when there is none
 */
export function pciAddressEnd(text: string, start: number): number {
  let end = start;
  while (isHex(text.charCodeAt(end))) end++;
  if (text.charCodeAt(end) !== COLON || !isHex(text.charCodeAt(end + 1))) return -1;
  for (;;) {
    const code = text.charCodeAt(end);
    if (isWordPart(code)) end++;
    else if ((code === COLON || code === DOT) && isWordPart(text.charCodeAt(end + 1))) end += 2;
    else return end;
  }
}

const PCI_ADDRESS = /^(?:([0-9a-fA-F]{4,8}):)?([0-9a-fA-F]{2}):([0-9a-fA-F]{2})\.([0-9a-fA-F])$/;

/** What is wrong with a PCI address; `undefined` when nothing is. */
export function pciProblem(text: string): SyntaxFacts["S006"]["reason"] | undefined {
  const match = PCI_ADDRESS.exec(text);
  if (match === null) return "form";
  if (Number.parseInt(match[3]!, 16) > 0x1f) return "device";
  return Number.parseInt(match[4]!, 16) > 7 ? "function" : undefined;
}

/** Requester id of a well-formed PCI address: segment << 16 | bus << 8 | device << 3 | function. */
export function requesterId(text: string): number | undefined {
  const match = PCI_ADDRESS.exec(text);
  if (match === null) return undefined;
  const [segment, bus, device, fn] = match.slice(1).map((part) => Number.parseInt(part ?? "0", 16));
  return segment! * 0x10000 + bus! * 0x100 + device! * 8 + fn!;
}

/**
 * Checks the characters of a number, from its first digit to the last letter or digit that sticks to it.
 * @returns what is wrong with it, and the form that was probably meant
 */
export function checkNumber(text: string, start: number, end: number): SyntaxFacts["S005"] | undefined {
  const hex = text.charCodeAt(start) === 0x30 && text.charCodeAt(start + 1) === 0x78;
  let digits = 0;
  let i = hex ? start + 2 : start;
  for (; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x5f) continue;
    if (code >= 0x30 && code <= 0x39) digits++;
    else if (hex && code >= 0x61 && code <= 0x66) digits++;
    else break;
  }
  if (digits > 0 && (i === end || (i === end - 1 && "KMGTP".includes(text.charAt(i))))) return undefined;
  const found = text.slice(start, end);
  return { found: quote(found), instead: repaired(found) };
}

/** The number that a person probably meant. */
function repaired(found: string): string | undefined {
  if (found.length > 40) return undefined;
  const match = /^(0[xX][0-9a-fA-F_]*[0-9a-fA-F][0-9a-fA-F_]*|[0-9][0-9_]*)([kmgtpKMGTP]?)(?:i?[bB])?$/.exec(
    found,
  );
  if (match !== null) return match[1]!.toLowerCase() + match[2]!.toUpperCase();
  return /^[0-9a-fA-F_]+$/.test(found) ? `0x${found.toLowerCase()}` : undefined;
}
