import { syntax } from "../../language/index.js";
import { categoryTitle } from "../../report/index.js";
import type { Category, Device } from "../../simulator/index.js";
import type { CompletionSubject, Ranked } from "./item.js";
import { choiceStop, plain, Rank, stop } from "./item.js";
import { nameItems } from "./names.js";
import { numberItem } from "./numbers.js";
import { processPasidItems } from "./pasids.js";
import type { Spot } from "./spot.js";

type Declared = syntax.DeclarationWithProperties;

/** The properties of a declaration that are not written yet. */
export function propertyItems(spot: Spot, of: Declared): Ranked[] {
  const written = writtenProperties(spot);
  return syntax.PROPERTIES_OF[of]
    .filter((word) => syntax.REPEATABLE.has(word) || !written.has(word))
    .map((word) => propertyItem(spot, of, word));
}

function propertyItem(spot: Spot, of: Declared, word: syntax.PropertyWord): Ranked {
  const subject: CompletionSubject = { kind: "property", of, word };
  const values = valuesFor(spot, word).filter(({ rank }) => rank < Rank.unlikely);
  const isFlag = (syntax.FLAG_WORDS as readonly string[]).includes(word);
  const rank = fitsDeclaration(spot, word) ? Rank.fits : Rank.unlikely;
  const item = { label: word, kind: "property", subject, insert: word, rank } as const;
  if (isFlag) return item;
  const choices = values.map(({ insert }) => insert);
  const value = choices.length > 1 ? choiceStop(1, choices) : stop(1, choices[0] ?? "");
  return { ...item, insert: `${word} `, snippet: `${plain(word)} ${value}`, goesOn: true };
}

/** The properties before and behind the cursor, without the one that is being written. */
function writtenProperties({ site, statement, whole }: Spot): Set<string> {
  const written = new Set<string>();
  for (const each of statement && "properties" in statement ? statement.properties : [])
    written.add(each.name);
  for (const { name, word } of whole && "properties" in whole ? whole.properties : []) {
    const isHere = word.start <= site.word.end && site.word.start <= word.end;
    if (!isHere) written.add(name);
  }
  return written;
}

/** Properties that a rule would question: `queue` belongs to category 5, a PASID to a category that takes one. */
function fitsDeclaration(spot: Spot, word: syntax.PropertyWord): boolean {
  const { statement, whole } = spot;
  const properties = [whole, statement].flatMap((each) =>
    each && "properties" in each ? each.properties : [],
  );
  const category = properties.find(({ name }) => name === "category")?.value;
  const number = category?.kind === "number" ? category.text : undefined;
  if (word === "queue") return number === undefined || number === "5";
  if (statement?.kind !== "pdev" || number === undefined) return true;
  const isOfPasids = word === "pasid-width" || word === "enqcmd" || word === "exec" || word === "priv";
  return !(isOfPasids && number === "0");
}

/** What may stand behind the word of a property. */
export function valueItems(spot: Spot, property: syntax.PropertyWord): Ranked[] {
  return valuesFor(spot, property);
}

function valuesFor(spot: Spot, property: syntax.PropertyWord): Ranked[] {
  if (property in syntax.CHOICES) return choices(property as keyof typeof syntax.CHOICES);
  switch (property) {
    case "pasid-width":
      return widths(spot);
    case "address-width":
      return [
        numberItem("48", "four levels"),
        numberItem("57", "five levels"),
        numberItem("39", "three levels"),
      ];
    case "category":
      return categories(spot);
    case "pasid":
      return processPasidItems(spot);
    case "page-sizes":
      return [{ ...numberItem("4K, 2M, 1G", "all sizes of x86-64"), rank: Rank.best }, ...pageSizes()];
    case "reserved":
      return [numberItem("0xfee0_0000 + 1M", "the MSI window of x86")];
    case "format":
      return formatItems();
    case "vf":
      return nameItems(spot, "the physical function", undefined).map((item) => {
        const text = `of ${item.insert}`;
        return { ...item, label: text, insert: text, filter: text };
      });
    default:
      return [];
  }
}

function choices(property: keyof typeof syntax.CHOICES): Ranked[] {
  return syntax.CHOICES[property].map((word) => ({
    label: word,
    kind: "word",
    insert: word,
    subject: { kind: "choice", property, word },
    rank: Rank.fits,
  }));
}

/** Sizes that a leaf can have. */
export function pageSizes(): Ranked[] {
  return [numberItem("4K", "a page"), numberItem("2M", "a large page"), numberItem("1G", "a huge page")];
}

/** The formats of page tables that the engine knows. */
export function formatItems(): Ranked[] {
  const known = [
    ["vtd", "VT-d"],
    ["smmuv3", "Arm SMMUv3"],
    ["amd", "AMD"],
  ] as const;
  return known.map(([word, detail]) => ({
    label: word,
    kind: "word",
    detail,
    insert: word,
    rank: Rank.fits,
  }));
}

/** Widths of a PASID: no wider than that of the IOMMU around. */
function widths(spot: Spot): Ranked[] {
  const { statement, platform } = spot;
  const pdev = spot.as("pdev");
  const behind = pdev?.iommu && platform.iommus.find(({ name }) => name === pdev.iommu?.text);
  const limit = (behind ?? (platform.iommus.length === 1 ? platform.iommus[0] : undefined))?.pasidWidth ?? 20;
  const most = statement?.kind === "iommu" ? 20 : limit;
  const numbers = [...new Set([most, 20, 16, 8])].filter((width) => width <= most);
  return numbers.map((width) => {
    const isWidest = width === most && statement?.kind !== "iommu";
    const detail =
      width === 20 ? "all PASIDs" : isWidest ? "as wide as the IOMMU's" : `PASIDs below ${2 ** width}`;
    return numberItem(`${width}`, detail, width === most ? Rank.best : Rank.fits);
  });
}

/** Categories of the kind of device, those without their hardware last (C001, C004). */
function categories(spot: Spot): Ranked[] {
  const mdev = spot.as("mdev");
  const fitting: readonly Category[] = mdev ? [1, 2, 4, 5] : [0, 3, 4];
  const parent = spot.platform.devices[spot.device(mdev?.parent) ?? -1];
  return fitting.map((category) => {
    const missing = mdev ? missingFor(category, parent, spot) : undefined;
    const rank = missing === undefined ? Rank.fits : Rank.unlikely;
    const item = numberItem(`${category}`, missing ?? categoryTitle(category), rank);
    return { ...item, subject: { kind: "category", category } };
  });
}

function missingFor(category: number, parent: Device | undefined, { platform }: Spot): string | undefined {
  if (!parent) return undefined;
  if (category > 1 && parent.pasidWidth === 0) return `needs \`pasid-width\` on ${parent.name}`;
  if (category !== 5) return undefined;
  if (!parent.enqcmd) return `needs \`enqcmd\` on ${parent.name}`;
  return platform.cpu.pasidTranslation ? undefined : "needs `pasid-translation` of the cpu";
}
