import { syntax } from "../../language/index.js";
import { pciItems } from "./addresses.js";
import type { Ranked } from "./item.js";
import { choiceStop, Rank, stop, tab, textOf } from "./item.js";
import { fittingNames, freshName } from "./names.js";
import type { Spot } from "./spot.js";

/** Several statements at once, for what people set up most. */
export function blockItems(spot: Spot, place: syntax.Place): Ranked[] {
  switch (place) {
    case "file":
      return [sharedQueue(spot), wholeGuest(spot), wholeScenario(spot)];
    case "guest":
      return [guestProcess(spot)];
    default:
      return [];
  }
}

function block(label: string, detail: string, lines: readonly string[]): Ranked {
  const snippet = lines.join("\n");
  return { label, kind: "block", detail, insert: textOf(snippet), snippet, rank: Rank.possible };
}

/** A tab stop with names that can be seen, or a name to be made up. */
function names(spot: Spot, number: number, role: syntax.NameRole, otherwise: string): string {
  const found = fittingNames(spot, role, 8);
  return found.length > 1 ? choiceStop(number, found) : stop(number, found[0] ?? otherwise);
}

/** A tab stop with a name that nothing has yet. */
function made(spot: Spot, number: number, wish: string): string {
  return stop(number, freshName(spot, wish));
}

function sharedQueue(spot: Spot): Ranked {
  const [address] = pciItems(spot);
  const { iommus } = spot.platform;
  const behind = iommus.length > 1 ? ` behind ${names(spot, 4, "an IOMMU", "vtd")}` : "";
  const place = `at ${stop(2, address?.insert ?? "6a:01.0")}${behind}`;
  return block("dsa with a shared work queue", "pdev and mdev of category 5", [
    `pdev ${made(spot, 1, "dsa")} ${place} { pasid-width 20  ats  page-requests  enqcmd }`,
    `mdev ${made(spot, 3, "wq0")} on ${tab(1)} { category 5  queue shared }`,
    tab(0),
  ]);
}

function wholeGuest(spot: Spot): Ranked {
  // The map comes last: in v1 a space takes commands only after its first attach.
  return block("guest with memory and a device", "memory, IOASID, bind, attach, map", [
    `guest ${made(spot, 1, "vm0")} {`,
    `\tmemory ${stop(2, "ram")} at 0x4000_0000 + 1G`,
    `\tioasid ${stop(3, "gpa")}`,
    `\tbind ${names(spot, 4, "a device", "DEV")}`,
    `\tattach ${tab(4)} -> ${tab(3)}`,
    `\tmap ${tab(3)} 0x0 + 1G -> ${tab(2)}`,
    `\t${tab(0)}`,
    "}",
  ]);
}

/** A guest process whose page table a device and, for ENQCMD, the CPU's PASID translation lead to. */
function guestProcess(spot: Spot): Ranked {
  const parent = names(spot, 3, "an IOASID", "gpa");
  const isV1 = spot.platform.uapi === "v1";
  return block("process with shared virtual addressing", "process, page table, attach with its vPASID", [
    `process ${made(spot, 1, "app")} { pasid ${stop(5, "7")} }`,
    `ioasid ${made(spot, 2, "gva")} on ${parent}${isV1 ? "" : " page-table"}`,
    `attach ${names(spot, 4, "a device", "DEV")} pasid ${tab(5)} -> ${tab(2)}`,
    ...(isV1 ? [`bind-pgtable ${tab(2)}`] : []),
    `pte ${tab(2)} 0x7f00_0000_0000 + 2M -> ${stop(6, "0x0")}`,
    tab(0),
  ]);
}

function wholeScenario(spot: Spot): Ranked {
  const access = choiceStop(3, syntax.DMA_WORDS);
  return block("scenario with a request", "scenario, dma", [
    `scenario "${stop(1, "what it shows")}" {`,
    `\tdma ${names(spot, 2, "a device", "DEV")} ${access} ${stop(4, "0x1000")}`,
    `\t${tab(0)}`,
    "}",
  ]);
}
