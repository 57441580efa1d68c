import { quote } from "./issues.js";
import { openBlock, parseProperties } from "./parse-properties.js";
import type { Parts } from "./parts.js";
import type { Place } from "./places.js";
import { Punctuation, TokenKind } from "./tokens.js";
import type {
  Declaration,
  GroupDeclaration,
  MemoryDeclaration,
  Name,
  OwnerDeclaration,
  OwnerItem,
  ProcessDeclaration,
  ScenarioDeclaration,
  ViommuDeclaration,
} from "./tree.js";
import { type OwnerWord, type TopWord, UAPI_VERSIONS } from "./words.js";

/** A declaration before its start, end and documentation are known. */
export type UnfinishedDeclaration<D = Declaration> = D extends unknown
  ? Omit<D, "start" | "end" | "documentation">
  : never;

/** Reads the statements of a block up to and with its closing brace. */
export type BlockParser = (place: Place, block: string) => OwnerItem[];

/** Reads what stands behind the word of a declaration of the top level. */
export function parseTop(p: Parts, word: TopWord, block: BlockParser): UnfinishedDeclaration<Declaration> {
  switch (word) {
    case "uapi":
      return uapi(p);
    case "import":
      return {
        kind: "import",
        path: p.string('the path of a file in double quotes, such as `"spr.ioasid"`'),
      };
    case "iommu": {
      const name = p.plainName("the name of the IOMMU");
      return { kind: "iommu", name, properties: parseProperties(p, "iommu", labelled("iommu", name)) };
    }
    case "cpu":
      return { kind: "cpu", properties: parseProperties(p, "cpu", "cpu") };
    case "pdev": {
      const name = p.plainName("the name of the device");
      p.needWord("at");
      const address = p.pciAddress();
      const iommu = p.acceptWord("behind") ? p.name("an IOMMU") : undefined;
      const properties = parseProperties(p, "pdev", labelled("pdev", name));
      return { kind: "pdev", name, address, iommu, properties };
    }
    case "mdev": {
      const name = p.plainName("the name of the device");
      p.needWord("on");
      const parent = p.name("the physical device below");
      return { kind: "mdev", name, parent, properties: parseProperties(p, "mdev", labelled("mdev", name)) };
    }
    case "group":
      return group(p);
    case "guest":
    case "native":
      return owner(p, word, block);
    case "scenario":
      return scenario(p, block);
  }
}

function labelled(word: string, name: Name | undefined): string {
  return name === undefined ? word : `${word} ${quote(name.text)}`;
}

function uapi(p: Parts): UnfinishedDeclaration<Declaration> {
  const version = p.oneOf(UAPI_VERSIONS, "the version of the uAPI");
  p.iommufd = version?.text === "iommufd";
  const block = p.mark === Punctuation.openBrace;
  p.want({ kind: "mark", mark: Punctuation.openBrace });
  return { kind: "uapi", version, properties: block ? parseProperties(p, "uapi", "uapi") : [] };
}

function group(p: Parts): UnfinishedDeclaration<GroupDeclaration> {
  const name = p.plainName("the name of the group");
  const label = labelled("group", name);
  const members: Name[] = [];
  const brace = openBlock(p, label, () => false);
  if (brace === undefined) return { kind: "group", name, members };
  p.beginList();
  while (!p.accept(Punctuation.closeBrace)) {
    if (p.accept(Punctuation.comma)) continue;
    if (p.atEnd || (p.atStatement && p.newline)) {
      p.want({ kind: "member" });
      p.wantNothingElse();
      p.neverClosed(brace, label);
      break;
    }
    if (p.kind === TokenKind.identifier) members.push(p.name("a device")!);
    else {
      p.missing("the name of a device");
      if (p.mark === Punctuation.openBrace) p.skipGroup();
      else p.advance();
    }
  }
  return { kind: "group", name, members };
}

function owner(
  p: Parts,
  kind: "guest" | "native",
  block: BlockParser,
): UnfinishedDeclaration<OwnerDeclaration> {
  const name = p.plainName(kind === "guest" ? "the name of the guest" : "the name of the driver");
  return { kind, name, items: block(kind, labelled(kind, name)) };
}

function scenario(p: Parts, block: BlockParser): UnfinishedDeclaration<ScenarioDeclaration> {
  const title = p.string("the title of the scenario in double quotes");
  const items = block("scenario", title === undefined ? "scenario" : `scenario "${quote(title.value)}"`);
  // In the place "scenario" the block parser wraps everything that is no step.
  return { kind: "scenario", title, steps: items as ScenarioDeclaration["steps"] };
}

/** Reads what stands behind the word of a declaration inside an owner. */
export function parseInOwner(
  p: Parts,
  word: OwnerWord,
): UnfinishedDeclaration<MemoryDeclaration | ProcessDeclaration | ViommuDeclaration> {
  switch (word) {
    case "memory": {
      const name = p.plainName("the name of the memory");
      p.needWord("at");
      const range = p.range("the virtual addresses of the memory");
      const backedBy = p.acceptWord("backed-by") ? p.number("a host-physical address") : undefined;
      return { kind: "memory", name, range, backedBy };
    }
    case "process": {
      const name = p.plainName("the name of the process");
      return { kind: "process", name, properties: parseProperties(p, "process", labelled("process", name)) };
    }
    case "viommu":
      return { kind: "viommu", properties: parseProperties(p, "viommu", "viommu") };
  }
}
