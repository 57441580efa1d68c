import { inflateRawSync } from "node:zlib";

/** Signatures of a zip file (APPNOTE 4.3). */
const END = 0x06054b50;
const ENTRY = 0x02014b50;

/** The files in a zip, by their names. */
export function unzipped(zip: Buffer): Map<string, Buffer> {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || zip.readUInt32LE(end) !== END) throw new Error("This is no zip file.");
  const files = new Map<string, Buffer>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (zip.readUInt32LE(at) !== ENTRY) throw new Error("The list of files is broken.");
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((part) => zip.readUInt16LE(at + part));
    const name = zip.toString("utf8", at + 46, at + 46 + nameLength!);
    files.set(name, contentAt(zip, zip.readUInt32LE(at + 42), zip.readUInt32LE(at + 20)));
    at += 46 + nameLength! + extraLength! + commentLength!;
  }
  return files;
}

/** @param start of the file's own header, @param length of its packed content */
function contentAt(zip: Buffer, start: number, length: number): Buffer {
  const from = start + 30 + zip.readUInt16LE(start + 26) + zip.readUInt16LE(start + 28);
  const packed = zip.subarray(from, from + length);
  return zip.readUInt16LE(start + 8) === 0 ? packed : inflateRawSync(packed);
}
