import type { Definition, DefinitionKind, syntax } from "../../language/index.js";
import { fitOf } from "./fits.js";
import { indexOf } from "./indices.js";
import type { CompletionKind, Ranked } from "./item.js";
import { Rank } from "./item.js";
import type { Visible } from "./scope.js";
import { DEVICES, OWNERS, type Spot } from "./spot.js";

/** What a name may stand for in each place. */
const KINDS: Readonly<Record<syntax.NameRole, readonly DefinitionKind[]>> = {
  "a device": DEVICES,
  "a device or an owner": [...DEVICES, ...OWNERS],
  "a guest": ["guest"],
  "an IOMMU": ["iommu"],
  "an owner": OWNERS,
  "a PASID table": ["space"],
  "a process": ["process"],
  "a region of a memory": ["memory"],
  "a region of a memory or an address": ["memory"],
  "a second device or owner": [...DEVICES, ...OWNERS],
  "an IOASID": ["space"],
  "a fault queue": ["space"],
  "a vIOMMU": ["space"],
  "an HWPT": ["space"],
  "an IOAS": ["space"],
  "an IOAS or an HWPT": ["space"],
  "an IOAS, an HWPT or a vIOMMU": ["space"],
  "an object of iommufd": ["space"],
  "an IOASID or a device": ["space", ...DEVICES],
  "the parent IOASID": ["space"],
  "the physical device below": ["pdev"],
  "the physical function": ["pdev"],
};

const PICTURES: Readonly<Record<DefinitionKind, CompletionKind>> = {
  iommu: "iommu",
  pdev: "device",
  mdev: "device",
  group: "device",
  guest: "owner",
  native: "owner",
  memory: "memory",
  process: "process",
  space: "space",
};

/** More names than this are not looked at closely: a person types some more of the one that is meant. */
const MOST = 200;

/** The names that may stand in a place, those that fit as things are first. */
export function nameItems(spot: Spot, role: syntax.NameRole, qualifier: string | undefined): Ranked[] {
  const kinds = KINDS[role];
  const visible =
    qualifier === undefined ? spot.scope.visible(kinds) : spot.scope.visibleOf(qualifier, kinds);
  const here = visible.filter(({ definition }) => !isBeingWritten(spot, definition));
  const typed = matching(here, spot.site.word.typed);
  const items = typed.slice(0, MOST).map((each) => nameItem(spot, role, each));
  return qualifier === undefined ? [...items, ...ownersInFront(spot, kinds)] : items;
}

/** Whether there are more names than a list shows. */
export function hasMoreNames({ scope, site }: Spot, role: syntax.NameRole): boolean {
  return matching(scope.visible(KINDS[role]), site.word.typed).length > MOST;
}

/** Names that can be seen, for the choices of a snippet. */
export function fittingNames(spot: Spot, role: syntax.NameRole, most: number): string[] {
  // Without a category a function is host hardware, which no owner is given.
  const isGiven = ({ definition }: Visible): boolean =>
    role !== "a device" || spot.platform.devices[indexOf(definition) ?? -1]?.category !== undefined;
  const visible = spot.scope.visible(KINDS[role]).slice(0, MOST);
  return visible
    .filter(isGiven)
    .slice(0, most)
    .map(({ text }) => text);
}

/** A name that nothing has yet: `vm1` where there is a `vm0`. */
export function freshName({ scope }: Spot, wish: string): string {
  const [, stem = wish, digits = ""] = /^(.*?)(\d*)$/.exec(wish) ?? [];
  let name = wish;
  for (let number = Number(digits) + 1; scope.isTaken(name); number += 1) name = `${stem}${number}`;
  return name;
}

function nameItem(spot: Spot, role: syntax.NameRole, { definition, text }: Visible): Ranked {
  const { rank: fit, detail } = fitOf(spot, role, definition);
  // In its own block a guest need not say who it is.
  const rank = role === "a guest" && spot.blockOwner !== undefined ? Math.max(fit, Rank.possible) : fit;
  const { file, start } = definition.span;
  const kind = PICTURES[definition.kind];
  return { label: text, kind, detail, subject: { kind: "name", file, start }, insert: text, rank };
}

/** A new space may have the name of one that was freed; in a scenario its owner may stand in front. */
export function newSpaceItems(spot: Spot): Ranked[] {
  const machine = spot.machine();
  const freed = spot.scope.visible(["space"]).filter(({ definition }) => {
    const number = indexOf(definition);
    return number !== undefined && machine?.freed.has(number);
  });
  const again = freed.map(({ text }): Ranked => {
    return { label: text, kind: "space", detail: "it was freed", insert: text, rank: Rank.fits };
  });
  const isOpen = spot.platform.owners.length > 1;
  return isOpen ? [...again, ...ownersInFront(spot, ["space"])] : again;
}

/** A scenario sees the names of all owners, and may put the owner in front of any of them. */
function ownersInFront(spot: Spot, kinds: readonly DefinitionKind[]): Ranked[] {
  const isOwned = kinds.some((kind) => kind === "space" || kind === "memory" || kind === "process");
  if (!isOwned || !spot.isInScenario) return [];
  return matching(spot.scope.visible(OWNERS), spot.site.word.typed)
    .slice(0, MOST)
    .map(({ definition }) => ({
      label: `${definition.name}.`,
      kind: "owner",
      detail: `a name of ${definition.name}`,
      insert: `${definition.name}.`,
      goesOn: true,
      rank: Rank.possible,
    }));
}

/** The names in which the typed letters stand in their order, as editors filter them. */
function matching(visible: readonly Visible[], typed: string): readonly Visible[] {
  if (typed === "" || visible.length <= MOST) return visible;
  const letters = typed.toLowerCase();
  return visible.filter(({ text }) => {
    let at = 0;
    const lower = text.toLowerCase();
    for (const letter of letters) {
      at = lower.indexOf(letter, at) + 1;
      if (at === 0) return false;
    }
    return true;
  });
}

/** The name that the statement itself declares, such as the child in `ioasid gva on `. */
function isBeingWritten({ site, statement }: Spot, { span }: Definition): boolean {
  if (!statement || !("name" in statement) || !statement.name || span.file !== site.file) return false;
  return span.start === site.absolute(statement.name.textStart);
}
