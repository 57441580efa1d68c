import type { Analysis, Program, syntax } from "../../language/index.js";
import type { TextRange } from "../view.js";

/** A place above which an editor shows what the engine found there. */
export type LensPlace = TextRange &
  (
    | { readonly kind: "scenario"; readonly title: string }
    /** An IOASID of the start state. */
    | { readonly kind: "space"; readonly statement: TextRange }
    /** A guest with a device that needs KVM PASID mappings. */
    | { readonly kind: "guest"; readonly name: string }
  );

/** The places of a root file, in text order; no run is needed to know them. */
export function lensPlaces({ program, trees }: Analysis): readonly LensPlace[] {
  const mediated = guestsWithEnqcmd(program);
  return (trees.get(program.file)?.items ?? []).flatMap((item): LensPlace[] => {
    switch (item.kind) {
      case "scenario":
        return item.title ? [{ kind: "scenario", title: item.title.value, ...at(item.title) }] : [];
      case "guest":
      case "native":
        return [...guestPlaces(item, mediated), ...item.items.flatMap(spacePlaces)];
      default:
        return [];
    }
  });
}

function guestPlaces({ name }: syntax.OwnerDeclaration, mediated: ReadonlySet<string>): LensPlace[] {
  return name && mediated.has(name.text) ? [{ kind: "guest", name: name.text, ...at(name) }] : [];
}

function spacePlaces(item: syntax.OwnerItem): LensPlace[] {
  const makesSpace =
    item.kind === "ioasid" || (item.kind === "object" && (item.makes === "ioas" || item.makes === "hwpt"));
  return makesSpace && item.name ? [{ kind: "space", statement: at(item), ...at(item.name) }] : [];
}

/** Guests whose start state attaches a vPASID of a category-5 device: ENQCMD then takes a KVM mapping. */
function guestsWithEnqcmd({ platform, start }: Program): ReadonlySet<string> {
  const names = new Set<string>();
  for (const step of start) {
    if (step.kind !== "operation" || step.operation.kind !== "attach") continue;
    const { device, pasid, owner } = step.operation;
    const declared = platform.owners[owner];
    if (pasid === undefined || platform.devices[device]?.category !== 5 || declared?.kind !== "guest")
      continue;
    names.add(declared.name);
  }
  return names;
}

function at({ start, end }: TextRange): TextRange {
  return { start, end };
}
