import { nodesAt } from "../syntax/index.js";
import { choice, type Fix } from "./fix.js";
import { hardware, setProperties } from "./properties.js";
import type { Site } from "./site.js";
import { beforeDeclaration } from "./versions.js";

/** A declaration of the top level that stands in a block, moved to before that block. */
export function moveOut(site: Site, statement: string, belongs: string): Fix[] {
  const { file, start } = site.span;
  const tree = site.analysis.trees.get(file);
  const path = tree ? nodesAt(tree, start) : [];
  const [top] = path;
  const node = path.find(({ kind }) => kind === "misplaced");
  if (!top || !node || node === top || !belongs.includes("top level") || statement === "uapi") return [];
  const words = site.text({ file, start: node.start, end: node.end });
  const edits = [beforeDeclaration(site, file, top, words), site.removeLine({ file, ...at(node) })];
  return [choice(`Move this \`${statement}\` out of the block`, ...edits)];
}

/** What a second block says written into the first, where it says something new; else it is taken away. */
export function mergeBlocks(site: Site, block: string): Fix[] {
  const second = block === "cpu" ? site.node("cpu") : site.node("viommu");
  if (!second) return [];
  const removal = site.removeLine({ file: site.span.file, ...at(second) });
  const first = block === "cpu" ? hardware(site, ["cpu"]) : undefined;
  const fixes = [choice(`Remove this \`${block}\``, removal)];
  if (!first || first.node === second) return fixes;
  const more = second.properties.filter(({ name }) =>
    first.node.properties.every((each) => each.name !== name),
  );
  if (more.length === 0) return fixes;
  const words = more.map((each) => site.text({ file: site.span.file, ...at(each) }));
  const title = `Write \`${words.join("  ")}\` into the first \`${block}\` instead`;
  return [choice(title, setProperties(site, first, words), removal), ...fixes];
}

/** A function put behind one of the IOMMUs that there are. @param candidates their names, with commas */
export function putBehind(site: Site, candidates: string): Fix[] {
  const address = site.node("pdev")?.address;
  if (!address || candidates === "") return [];
  const { file } = site.span;
  return candidates
    .split(", ")
    .map((name) =>
      choice(
        `Write \`behind ${name}\``,
        site.replace(file, { start: address.end, end: address.end }, ` behind ${name}`),
      ),
    );
}

/** The function that provides a VF, where another VF of it was named. */
export function physicalFunctionOf(site: Site, virtual: string): Fix[] {
  const above = hardware(site, ["pdev"], virtual)?.node.properties.find(({ name }) => name === "vf");
  const name = above?.value && "text" in above.value ? above.value.text : undefined;
  return name === undefined ? [] : [choice(`Write \`${name}\``, site.instead(name))];
}

/** A space that no other statement speaks of, taken away. */
export function leaveSpaceOut(site: Site, space: string): Fix[] {
  const made = site.statement("ioasid");
  const { symbols } = site.analysis;
  const named = made?.node.name && symbols.at(made.file, made.node.name.end);
  if (!made || !named || symbols.references(named.definition).length > 1) return [];
  return [choice(`Leave ${space} out`, site.remove(made))];
}

function at({ start, end }: { readonly start: number; readonly end: number }) {
  return { start, end };
}
