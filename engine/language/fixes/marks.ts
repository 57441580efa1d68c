import { choice, type Fix } from "./fix.js";
import type { Site } from "./site.js";

/**
 * The mark or word that a statement's form has in the place of the finding, in front of what stands there.
 * @param expected as a message says it: a single word in backticks is one that can be written
 * @param found what stands there, as a message says it
 */
export function writeMark(site: Site, expected: string, found: string): Fix[] {
  const word = /^`([^`]+)`$/.exec(expected)?.[1];
  const { file, start } = site.span;
  if (word === undefined || found !== `\`${site.text(site.span)}\``) return [];
  return [choice(`Write \`${word}\` before ${found}`, { file, start, end: start, text: `${word} ` })];
}

/** An outcome that belongs to no step taken away, up to the end of its line. */
export function removeOutcome(site: Site): Fix[] {
  const { file, start } = site.span;
  const words = /^=>[^\n{}]*?(?=\s*(?:\/\/|[{}]|\r?\n|$))/.exec(site.source(file).slice(start))?.[0];
  if (words === undefined) return [];
  return [choice(`Remove \`${words}\``, site.removePart(file, { start, end: start + words.length }))];
}
