import { createReadStream, createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";

/** The one function of tar-fs that is used here; the package is the installation's and has no types. */
interface TarFs {
  extract(folder: string): NodeJS.WritableStream;
}

/**
 * Unpacks Chromium, its libraries and its fonts, which its package carries compressed, into
 * `folder/chromium`.
 *
 * @param folder an installation after `npm ci`
 */
export async function unpackChromium(folder: string): Promise<void> {
  const { extract } = createRequire(join(folder, "package.json"))("tar-fs") as TarFs;
  const packed = join(folder, "node_modules/@sparticuz/chromium/bin");
  const target = join(folder, "chromium");
  await mkdir(target);

  const decompress = (name: string, into: NodeJS.WritableStream) =>
    pipeline(createReadStream(join(packed, name)), createBrotliDecompress(), into);

  await decompress("chromium.br", createWriteStream(join(target, "chromium"), { mode: 0o755 }));
  for (const name of ["swiftshader.tar.br", "al2023.tar.br", "fonts.tar.br"]) {
    await decompress(name, extract(target));
  }
}
