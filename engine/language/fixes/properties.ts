import type { Node, Property, PropertyWord } from "../syntax/index.js";
import { choice, type Edit, type Fix } from "./fix.js";
import { lineStart } from "./layout.js";
import type { Site } from "./site.js";
import { beforeDeclaration } from "./versions.js";

/** A declaration of hardware, or of the virtual IOMMU or a process of a guest. */
export interface Declared {
  readonly file: string;
  readonly node: Extract<Node, { readonly properties: readonly Property[] }>;
}

type HardwareKind = "iommu" | "pdev" | "mdev" | "cpu";

/** The declaration of a device or IOMMU by its name, or of the CPU, in whatever file it stands. */
export function hardware(site: Site, kinds: readonly HardwareKind[], name?: string): Declared | undefined {
  for (const [file, tree] of site.analysis.trees) {
    for (const node of tree.items) {
      if (!isHardware(node, kinds)) continue;
      if (name === undefined || ("name" in node && node.name?.text === name)) return { file, node };
    }
  }
  return undefined;
}

function isHardware(node: Node, kinds: readonly string[]): node is Declared["node"] {
  return kinds.includes(node.kind) && "properties" in node;
}

/** The virtual IOMMU of a guest. */
export function viommuOf(site: Site, owner: string): Declared | undefined {
  for (const [file, tree] of site.analysis.trees) {
    for (const item of tree.items) {
      if (item.kind !== "guest" || item.name?.text !== owner) continue;
      for (const node of item.items) if (node.kind === "viommu") return { file, node };
    }
  }
  return undefined;
}

/** A property as it is written. */
export function propertyWords(site: Site, { file }: Declared, { start, end }: Property): string {
  return site.text({ file, start, end });
}

export function propertyIn({ node }: Declared, word: PropertyWord): Property | undefined {
  return node.properties.find(({ name }) => name === word);
}

/** A property with its value: the value anew where the property is there, else behind the last one. */
export function setProperty(site: Site, declared: Declared, word: PropertyWord, value?: string): Edit {
  const { file } = declared;
  const present = propertyIn(declared, word);
  const written = value === undefined ? word : `${word} ${value}`;
  if (present && word !== "hide") return site.replace(file, present, written);
  return addProperty(site, declared, written);
}

/** Some properties that are not there, behind the last one. */
export function setProperties(site: Site, declared: Declared, words: readonly string[]): Edit {
  return addProperty(site, declared, words.join("  "));
}

/** What a host CPU needs for a shared queue in a guest: in its declaration, or as one. */
export function giveCpu(site: Site): Fix[] {
  const { enqcmd, pasidTranslation } = site.platform.cpu;
  const words = [...(enqcmd ? [] : ["enqcmd"]), ...(pasidTranslation ? [] : ["pasid-translation"])];
  const title = `Write \`cpu { ${words.join("  ")} }\`, if the host has it`;
  const declared = hardware(site, ["cpu"]);
  if (words.length === 0) return [];
  if (declared)
    return [
      choice(
        `Give the CPU \`${words.join("  ")}\`, if the host has it`,
        setProperties(site, declared, words),
      ),
    ];
  const [root] = site.analysis.trees;
  const first = root?.[1].items.find(({ kind }) => kind !== "uapi" && kind !== "import");
  return root && first
    ? [choice(title, beforeDeclaration(site, root[0], first, `cpu { ${words.join("  ")} }`))]
    : [];
}

function addProperty(site: Site, { file, node }: Declared, written: string): Edit {
  const source = site.source(file);
  const last = node.properties.at(-1);
  if (last) {
    const line = lineStart(source, last.start);
    const indent = source.slice(line, last.start);
    const separator = indent.trim() === "" && line > node.start ? `\n${indent}` : "  ";
    return site.replace(file, { start: last.end, end: last.end }, separator + written);
  }
  const close = node.end - 1;
  if (source[close] !== "}") return site.replace(file, { start: node.end, end: node.end }, ` { ${written} }`);
  const gap = source[close - 1] === "{" ? " " : "";
  return site.replace(file, { start: close, end: close }, `${gap}${written} `);
}

/** Everything that SVA needs of a function and its IOMMU, and that they do not have. */
export function allowSva(site: Site, name: string): Fix[] {
  const device = site.device(name);
  const iommu = site.platform.iommus[device?.iommu ?? -1];
  if (device?.kind !== "pdev" || !iommu) return [];
  const width = Math.max(device.pasidWidth, iommu.pasidWidth) || 20;
  const parts = [
    { part: device, declared: hardware(site, ["pdev"], name) },
    { part: iommu, declared: hardware(site, ["iommu"], iommu.name) },
  ];
  const edits: Edit[] = [];
  const titles: string[] = [];
  for (const { part, declared } of parts) {
    const words = [
      ...(part.pasidWidth === 0 ? [`pasid-width ${width}`] : []),
      ...(part.ats ? [] : ["ats"]),
      ...(part.pageRequests ? [] : ["page-requests"]),
    ];
    if (words.length === 0) continue;
    if (!declared || (part.pasidWidth === 0 && propertyIn(declared, "pasid-width"))) return [];
    titles.push(`${part.name} \`${words.join("  ")}\``);
    edits.push(setProperties(site, declared, words));
  }
  return edits.length === 0 ? [] : [choice(`Give ${titles.join(" and ")}, if the hardware has it`, ...edits)];
}

/** A property taken away, with the blanks in front of it. */
export function dropProperty(site: Site, { file }: Declared, property: Property): Edit {
  return site.removePart(file, property);
}
