import { choice, type Edit, type Fix, safeFix } from "./fix.js";
import { moveBefore, pasidWords } from "./moves.js";
import { ownerOf } from "./pasids.js";
import { headOf, type PlacedAs, type Site } from "./site.js";
import type { Placed } from "./statements.js";

/** The word that was probably meant, written in the place of the finding. */
export function writeInstead(site: Site, meant: string | undefined): Fix[] {
  if (meant === undefined || meant === "") return [];
  const title = `Write \`${meant}\` instead of \`${headOf(site.text(site.span))}\``;
  return [safeFix(title, site.instead(meant))];
}

/** The statement of the finding taken away; safe for a call that was refused and changes nothing. */
export function removeCall(site: Site, reason: string, isSafe: boolean): Fix[] {
  const { file, start } = site.span;
  const placed = site.at({ file, start, end: start }, ...ANY_CALL);
  if (!placed) return [];
  return [
    (isSafe ? safeFix : choice)(`Remove \`${headOf(site.text(site.span))}\`, ${reason}`, site.remove(placed)),
  ];
}

const ANY_CALL = [
  "ioasid",
  "free",
  "bind-table",
  "unbind-table",
  "map",
  "unmap",
  "pte",
  "entry",
  "invalidate",
  "register",
  "unregister",
  "bind",
  "unbind",
  "attach",
  "detach",
  "sva",
  "kvm-map",
  "kvm-unmap",
  "info",
  "respond",
  "allow",
  "assert",
] as const;

/** Detaches that undo attachments, the latest first, written before a statement. */
export function detachFirst(site: Site, anchor: Placed, attaches: readonly PlacedAs<"attach">[]): Fix[] {
  if (attaches.length === 0) return [];
  const words = [...attaches].reverse().map((attach) => {
    const { device, pasid, space } = attach.node;
    const inScenario = anchor.block?.kind === "scenario";
    const owner = inScenario ? ownerOf(site, attach)?.name : undefined;
    const name = owner === undefined ? space?.text : `${owner}.${space?.text}`;
    return `detach ${device?.text}${pasidWords(pasid)} from ${name}`;
  });
  const title = `Write \`${words.join("` and `")}\` before \`${site.name(anchor)}\``;
  return [choice(title, together(words.map((each) => site.before(anchor, each))))];
}

/** Insertions at one place as one edit. */
function together(edits: readonly Edit[]): Edit {
  return { ...edits[0]!, text: edits.map(({ text }) => text).join("") };
}

/** A statement from further down moved to before the finding's, or else written there. */
export function moveOrWrite(
  site: Site,
  anchor: Placed,
  moved: Placed | undefined,
  statement: string | undefined,
): Fix[] {
  if (moved)
    return [
      safeFix(
        `Move \`${site.words(moved)}\` to before \`${site.name(anchor)}\``,
        ...moveBefore(site, moved, anchor),
      ),
    ];
  return statement === undefined
    ? []
    : [safeFix(`Write \`${statement}\` before \`${site.name(anchor)}\``, site.before(anchor, statement))];
}

/** The first attach to a space, from further down or of the only device that the block binds. */
export function firstAttach(site: Site, space: string): Fix[] {
  const call = site.statement("map", "unmap", "info", "invalidate", "bind-table", "ioasid");
  if (!call) return [];
  const attach = site.later(call, "attach", (node) => node.space?.text === space);
  if (attach) return moveOrWrite(site, call, attach, undefined);
  const binds = site.all("bind").filter(({ block }) => block === call.block);
  const device = binds.length === 1 ? binds[0]?.node.device?.text : undefined;
  if (device === undefined || call.block?.kind === "scenario") return [];
  const words = `attach ${device} -> ${space}`;
  return [choice(`Write \`${words}\` before \`${site.name(call)}\``, site.before(call, words))];
}

/** `as P` taken away from an attach, so that the kernel chooses the number. */
export function leaveAsOut(site: Site, attach: PlacedAs<"attach"> | undefined, isSafe: boolean): Fix[] {
  const physical = attach?.node.physical;
  if (!attach || !physical) return [];
  const source = site.source(attach.file);
  const start = source.lastIndexOf("as", physical.start);
  const edit = site.removePart(attach.file, { start, end: physical.end });
  return [(isSafe ? safeFix : choice)(`Leave \`as ${physical.text}\` out`, edit)];
}

/** An attach after the bind of the finding, to each root space of the block that is there by then. */
export function attachToRoot(site: Site, device: string): Fix[] {
  const bind = site.statement("bind");
  if (!bind) return [];
  const roots = site
    .all("ioasid")
    .filter(({ block, node }) => block === bind.block && !node.nested && node.name !== undefined);
  return roots.map((root) => {
    const words = `attach ${device} -> ${root.node.name!.text}`;
    const anchor = root.node.start > bind.node.start ? root : bind;
    return choice(`Write \`${words}\``, site.after(anchor, words));
  });
}
