import { type Block, paragraph } from "../../report/index.js";
import type { WordHelp } from "../words/index.js";

/** The help of a word: how it is written, and what it says. */
export function helpBlocks({ form, text }: WordHelp): Block[] {
  return [
    ...(form === undefined ? [] : [{ kind: "code", language: "ioasid", text: form } as const]),
    paragraph(text),
  ];
}
