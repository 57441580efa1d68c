/** A small number as people write it: `7`, `0x7`, `1_000`; `undefined` for anything else. */
export function readNumber(text: string): number | undefined {
  const plain = text.trim().replaceAll("_", "");
  if (!/^(?:0x[0-9a-f]+|\d+)$/i.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isSafeInteger(value) ? value : undefined;
}
