import { Event } from "@vscode/debugadapter";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { readMemory, writeMemory } from "../../../engine/debugger/index.js";
import type { Handler } from "./handler.js";

const NO_STATE = { body: { refused: "No scenario stands still, so there is no memory to look at." } };

/** Bytes of host-physical memory, or of a space through what it maps. */
export const read: Handler<DebugProtocol.ReadMemoryArguments> = (
  debuggee,
  { memoryReference, offset, count },
) => {
  const thread = debuggee.asked(undefined);
  if (!thread) return NO_STATE;
  const found = readMemory(thread, memoryReference, offset ?? 0, count);
  if ("problem" in found) return { body: { refused: found.problem } };
  const { address, bytes, unreadable } = found;
  return {
    body: {
      address,
      ...(bytes.length > 0 && { data: toBase64(bytes) }),
      ...(unreadable > 0 && { unreadableBytes: unreadable }),
    },
  };
};

export const write: Handler<DebugProtocol.WriteMemoryArguments> = (
  debuggee,
  { memoryReference, offset = 0, data, allowPartial },
) => {
  const thread = debuggee.asked(undefined);
  if (!thread) return NO_STATE;
  const bytes = fromBase64(data);
  if (!bytes) return { body: { refused: "The bytes to write are not in base64." } };
  const written = writeMemory(thread, memoryReference, offset, bytes, allowPartial ?? false);
  if (typeof written !== "number") return { body: { refused: written.problem } };
  return {
    body: { bytesWritten: written },
    // Other views may show the same bytes through another space.
    after: () => debuggee.send(new Event("memory", { memoryReference, offset, count: written })),
  };
};

/** Bytes that one call of `fromCharCode` is given. */
const CHUNK = 0x8000;

function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  return btoa(text);
}

function fromBase64(data: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  } catch {
    return undefined;
  }
}
