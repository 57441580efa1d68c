/**
 * A PASID as people write it: decimal while it is small, hexadecimal above.
 * @param value 0 to 2^32 - 1; not only 20 bits, since what does not fit is named too
 */
export function pasidText(value: number): string {
  return value < 0x1000 ? `${value}` : `0x${value.toString(16)}`;
}

/** The largest PASID of a width, as text. @param width 0 to 20 bits */
export function largestPasid(width: number): string {
  return pasidText(2 ** width - 1);
}

/** "1 bit", "16 bits". */
export function bits(width: number): string {
  return width === 1 ? "1 bit" : `${width} bits`;
}

/** A sentence that ends with one full stop, from a text that may have one already. */
export function sentence(text: string): string {
  return text.endsWith(".") ? text : `${text}.`;
}

/** Text of a template without its first line break and the indentation that all its lines share. */
export function dedent(text: string): string {
  const lines = text.replace(/^\n/, "").trimEnd().split("\n");
  const indent = Math.min(...lines.filter((line) => line.trim()).map((line) => line.search(/\S/)));
  return `${lines.map((line) => line.slice(indent)).join("\n")}\n`;
}
