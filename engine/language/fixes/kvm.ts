import { attachedAt, runningBefore } from "./attached.js";
import { moveOrWrite } from "./common.js";
import { choice, type Fix } from "./fix.js";
import { lowestFreePasid, ownerOf, pasidOf, renumber } from "./pasids.js";
import type { PlacedAs, Site } from "./site.js";

/** A category-5 attach of the finding's vPASID to the space of a `kvm map`: the one further down, or one of the owner's devices. */
export function attachFirst(site: Site, owner: string, space: string): Fix[] {
  const call = site.statement("kvm-map");
  const pasid = call?.node.pasid?.number?.text;
  if (!call?.node.space || pasid === undefined) return [];
  // Only a category-5 attach gives the space a global pPASID; moving another one would answer nothing.
  const givesGlobal = (node: PlacedAs<"attach">["node"]) =>
    node.space?.text === space &&
    node.pasid !== undefined &&
    site.device(node.device?.text ?? "")?.category === 5;
  const moved = site.later(call, "attach", givesGlobal);
  if (moved) return moveOrWrite(site, call, moved, undefined);
  const name = site.text({ ...call.node.space, file: call.file });
  const devices = new Set<string>();
  for (const attach of attachedAt(site, call, ({ pasid: number }) => number === undefined)) {
    const device = site.device(attach.node.device?.text ?? "");
    if (device?.category === 5 && ownerOf(site, attach)?.name === owner) devices.add(device.name);
  }
  return [...devices].map((device) => {
    const words = `attach ${device} pasid ${pasid} -> ${name}`;
    return choice(`Write \`${words}\` before \`${site.name(call)}\``, site.before(call, words));
  });
}

/** Another vPASID for the attach whose KVM slot belongs to another space, wherever the program speaks of it. */
export function otherSlot(site: Site, pasid: number, space: string): Fix[] {
  const call = site.statement("kvm-map");
  const attach =
    site.statement("attach") ??
    (call &&
      attachedAt(
        site,
        call,
        (node) => pasidOf(node.pasid?.number) === pasid && node.space?.text === space,
      ).at(-1));
  const free = attach && lowestFreePasid(site, attach);
  if (!attach || free === undefined) return [];
  const edits = [...renumber(site, attach, pasid, free)];
  const number = call?.node.pasid?.number;
  if (call && number && !edits.some(({ file, start }) => file === call.file && start === number.start)) {
    edits.push(site.replace(call.file, number, `${free}`));
  }
  return [choice(`Use vPASID ${free}, the lowest free one, for ${space}`, ...edits)];
}

/**
 * What lets an instruction through that KVM has no mapping for: the mapping, or translation that a statement
 * switched off. Where a mapping was asked for and refused, its own finding says what to do.
 */
export function mapBefore(
  site: Site,
  instruction: PlacedAs<"enqcmd" | "enqcmds">,
  owner: string,
  device: string,
  pasid: number,
  blocked: boolean,
): Fix[] {
  const calls = runningBefore(site, instruction, "kvm-map", "kvm-unmap", "kvm-translation");
  const last = calls.findLast(
    ({ node }) => node.kind !== "kvm-translation" && pasidOf(node.pasid?.number) === pasid,
  );
  const isOff = calls.findLast(({ node }) => node.kind === "kvm-translation")?.node;
  if (blocked && isOff?.kind === "kvm-translation" && isOff.state?.text === "off") {
    const call = `kvm translation ${owner} on`;
    return [choice(`Write \`${call}\` before \`${site.name(instruction)}\``, site.before(instruction, call))];
  }
  if (last?.node.kind === "kvm-map") return [];
  const isMeant = (node: PlacedAs<"attach">["node"]) =>
    node.device?.text === device && pasidOf(node.pasid?.number) === pasid;
  const space = attachedAt(site, instruction, isMeant).at(-1)?.node.space?.text;
  if (space === undefined) return [];
  const call = `kvm map ${owner} pasid ${pasid} -> ${owner}.${space}`;
  return [choice(`Write \`${call}\` before \`${site.name(instruction)}\``, site.before(instruction, call))];
}
