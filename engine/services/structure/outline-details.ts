import type { syntax } from "../../language/index.js";
import { plural } from "../../report/index.js";
import type { TextRange, View } from "../view.js";
import { type Statement, statementsAt } from "./statements.js";

/** What details are read from. */
export interface OutlineSource extends Pick<View, "analysis"> {
  readonly tree: syntax.SourceFile;
  readonly file: string;
}

/** What matters of a declaration in a few words, such as `category 5 · 6a:01.0`; may be empty. */
export function detailOf(statement: Statement, source: OutlineSource): string {
  switch (statement.kind) {
    case "iommu":
      return words(source, propertiesOf(statement, ["pasid-width", "nesting"]));
    case "cpu":
    case "viommu":
    case "process":
      return words(source, statement.properties);
    case "pdev":
    case "mdev":
      return words(source, propertiesOf(statement, ["category"]), deviceDetail(statement, source));
    case "group":
      return statement.members.map(({ text }) => text).join(", ");
    case "memory":
      return words(source, statement.range ? [statement.range] : []);
    case "ioasid":
      return spaceDetail(statement, source);
    case "object":
      return statement.parent ? `${statement.makes} on ${statement.parent.text}` : statement.makes;
    case "scenario":
      return plural(statement.steps.length, "step");
    default:
      return statement.kind;
  }
}

function spaceDetail({ parent, table }: syntax.IoasidStep, { tree }: OutlineSource): string {
  const place = parent ? `on ${tree.text.slice(parent.start, parent.end)}` : "root";
  return table ? `${place} · ${table.text}` : place;
}

function propertiesOf(
  { properties }: { readonly properties: readonly syntax.Property[] },
  names: readonly syntax.PropertyWord[],
): readonly syntax.Property[] {
  return properties.filter(({ name }) => names.includes(name));
}

/** Pieces of the text and other words, with a dot between them. */
function words({ tree }: OutlineSource, pieces: readonly TextRange[], ...more: readonly string[]): string {
  const texts = pieces.map(({ start, end }) => tree.text.slice(start, end).replace(/\s+/g, " "));
  return [...texts, ...more].filter((text) => text !== "").join(" · ");
}

/** Where a device is on the bus, as written: the PCI address of a pdev, that of its pdev for an mdev. */
function deviceDetail(
  device: syntax.PdevDeclaration | syntax.MdevDeclaration,
  { analysis, file }: OutlineSource,
): string {
  if (device.kind === "pdev") return device.address?.text ?? "";
  const { parent } = device;
  if (!parent) return "";
  const definition = analysis.symbols.at(file, parent.end)?.definition;
  const tree = definition && analysis.trees.get(definition.span.file);
  const pdev = tree && statementsAt(tree, definition.span.start).at(-1);
  return (pdev?.kind === "pdev" ? pdev.address?.text : undefined) ?? `on ${parent.text}`;
}
