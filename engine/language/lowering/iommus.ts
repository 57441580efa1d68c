import type { Iommu, NoPasid } from "../../simulator/index.js";
import type { Entry } from "../names/definition.js";
import type { SourceItem } from "../names/load.js";
import type { IommuDeclaration, NumberList, Property } from "../syntax/index.js";
import { type Context, has, propertyOf } from "./context.js";

/** 4 KiB, 2 MiB and 1 GiB in frames. */
const PAGE_SIZES: readonly number[] = Object.freeze([1, 512, 512 * 512]);

/** The IOMMU of a file that declares none. */
const IMPLICIT: Iommu = Object.freeze({
  name: "iommu",
  form: "vtd",
  format: "vtd",
  pasidWidth: 20,
  addressWidth: 48,
  nesting: "hardware",
  pasidTable: "kernel",
  ats: false,
  pageRequests: false,
  pageSizes: PAGE_SIZES,
  reserved: Object.freeze([]),
  noSnoopControl: false,
  dirtyTracking: false,
  noPasid: "bypass",
  origin: -1,
});

export interface IommuUnit {
  readonly file: string;
  readonly item: IommuDeclaration;
  readonly entry: Entry;
}

/** Makes the names of all IOMMUs known. */
export function declareIommus(context: Context, items: readonly SourceItem[]): IommuUnit[] {
  const units: IommuUnit[] = [];
  for (const { file, item } of items) {
    if (item.kind !== "iommu") continue;
    const entry = context.declare(file, item, "iommu");
    if (entry) units.push({ file, item, entry });
  }
  return units;
}

/** The IOMMUs of the platform; what a block does not say is what a current VT-d unit has. */
export function lowerIommus(context: Context, units: readonly IommuUnit[]): readonly Iommu[] {
  const iommus = units.map(({ file, item, entry }, index) => {
    entry.index = index;
    return lowerIommu(context, file, item, entry);
  });
  return iommus.length > 0 ? iommus : [IMPLICIT];
}

function lowerIommu(context: Context, file: string, item: IommuDeclaration, entry: Entry): Iommu {
  const { properties } = item;
  const pasidTable = propertyOf(properties, "pasid-table")?.text ?? "kernel";
  const format = propertyOf(properties, "format")?.text ?? (pasidTable === "kernel" ? "vtd" : "smmuv3");
  const noPasid: NoPasid = propertyOf(properties, "no-pasid")?.text ?? "bypass";
  return {
    name: entry.name,
    form: formOf(format, pasidTable),
    format,
    pasidWidth: context.small(file, propertyOf(properties, "pasid-width"), "pasid-width", 0, 20) ?? 20,
    addressWidth: context.small(file, propertyOf(properties, "address-width"), "address-width", 30, 64) ?? 48,
    nesting: propertyOf(properties, "nesting")?.text ?? "hardware",
    pasidTable,
    ats: has(properties, "ats"),
    pageRequests: has(properties, "page-requests"),
    pageSizes: pageSizes(context, file, entry.name, propertyOf(properties, "page-sizes")),
    reserved: reservedOf(properties),
    noSnoopControl: has(properties, "no-snoop-control"),
    dirtyTracking: has(properties, "dirty-tracking"),
    noPasid,
    origin: context.origin(file, item, entry.span.end),
  };
}

/** Which fault codes and table forms the unit has, by the name of its page table format. */
function formOf(format: string, pasidTable: "kernel" | "guest"): Iommu["form"] {
  if (format.startsWith("smmu") || format.startsWith("arm")) return "smmuv3";
  if (format.startsWith("amd")) return "amd";
  return pasidTable === "kernel" ? "vtd" : "smmuv3";
}

function reservedOf(properties: readonly Property[]): Iommu["reserved"] {
  return properties.flatMap((property) =>
    property.name === "reserved" && property.value?.value ? [property.value.value] : [],
  );
}

function pageSizes(
  context: Context,
  file: string,
  iommu: string,
  list: NumberList | undefined,
): readonly number[] {
  if (!list || list.items.length === 0) return PAGE_SIZES;
  const sizes = new Set<number>();
  for (const { value, text, start, end } of list.items) {
    if (!value) continue;
    if (value.offset === 0 && isPowerOfTwo(value.page)) sizes.add(value.page);
    else context.reporter.report("S050", { iommu, size: text }, { file, start, end });
  }
  if (!sizes.has(1)) {
    const { start, end } = list;
    context.reporter.report("S050", { iommu, size: undefined }, { file, start, end });
    sizes.add(1);
  }
  return [...sizes].sort((a, b) => a - b);
}

function isPowerOfTwo(value: number): boolean {
  let rest = value;
  while (rest > 1 && rest % 2 === 0) rest /= 2;
  return rest === 1;
}
