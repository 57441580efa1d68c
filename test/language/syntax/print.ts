import type { Node, SourceFile } from "../../../engine/language/syntax/index.js";

const HIDDEN = new Set([
  "kind",
  "start",
  "end",
  "textStart",
  "documentation",
  "rid",
  "bits",
  "form",
  "bracketed",
]);

/** A node as `(kind part=… part=…)`; what is missing is left out. */
export function print(node: Node | SourceFile): string {
  switch (node.kind) {
    case "file":
      return node.items.map(print).join("\n");
    case "name":
      return node.qualifier === undefined ? node.text : `${print(node.qualifier)}.${node.text}`;
    case "word":
    case "number":
    case "access":
    case "pci-address":
      return node.text;
    case "string":
      return JSON.stringify(node.value);
    case "range":
      return `${node.first.text}${node.form === "length" ? "+" : ".."}${part(node.second)}`;
    case "region":
      return print(node.memory) + (node.bracketed ? `[${part(node.index)}]` : "");
    case "numbers":
      return `[${node.items.map(print).join(" ")}]`;
    case "pasid":
      return part(node.number);
    case "endpoint":
      return node.qualified ? `(${print(node.name)} pasid ${part(node.pasid)})` : print(node.name);
    case "property":
      return node.value === undefined ? node.name : `(${node.name} ${print(node.value)})`;
    case "body":
      return `{${node.steps.map(print).join(" ")}}`;
    case "misplaced":
      return `(misplaced ${print(node.statement)})`;
    default:
      return `(${[node.kind, ...parts(node)].join(" ")})`;
  }
}

function part(node: Node | undefined): string {
  return node === undefined ? "?" : print(node);
}

function parts(node: Node): string[] {
  const shown: string[] = [];
  for (const [key, value] of Object.entries(node)) {
    if (HIDDEN.has(key) || value === undefined || value === false) continue;
    if (value === true) shown.push(key);
    else if (Array.isArray(value)) shown.push(`${key}=[${value.map(print).join(" ")}]`);
    else shown.push(`${key}=${typeof value === "object" ? print(value) : value}`);
  }
  return shown;
}
