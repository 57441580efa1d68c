import { removeCall } from "./common.js";
import { choice, type Edit, type Fix } from "./fix.js";
import { headOf, type Site } from "./site.js";

/**
 * A call of a scenario with its owner written in it, once for each owner that could make it; an `unbind` of
 * what nobody has bound is taken away.
 * @param candidates names of owners, with commas between them
 */
export function sayOwner(site: Site, candidates: string): Fix[] {
  if (candidates === "") return [];
  if (site.statement("unbind")) return removeCall(site, "which nothing has bound", false);
  return candidates.split(", ").flatMap((owner) => {
    const edit = insertion(site, owner);
    return edit ? [choice(`Write \`${headOf(written(site, edit))}\``, edit)] : [];
  });
}

function insertion(site: Site, owner: string): Edit | undefined {
  const { file } = site.span;
  const at = (offset: number, text: string): Edit => ({ file, start: offset, end: offset, text });
  const bind = site.statement("bind");
  if (bind?.node.device) return at(bind.node.device.end, ` to ${owner}`);
  const kvm = site.statement("kvm-unmap", "kvm-translation");
  const words = kvm && /^kvm\s+\w+/.exec(site.words(kvm))?.[0];
  if (words !== undefined) return at(kvm!.node.start + words.length, ` ${owner}`);
  return site.node("ioasid") ? at(site.span.start, `${owner}.`) : undefined;
}

/** The text at the finding as it will be. */
function written(site: Site, edit: Edit): string {
  const { span } = site;
  const source = site.source(span.file);
  return source.slice(span.start, edit.start) + edit.text + source.slice(edit.start, span.end);
}

/** The owner declared as one of the other kind, or the statement that is not for its kind taken away. */
export function otherOwner(site: Site, statement: string, owner: string, kind: string): Fix[] {
  const removal = choice(`Remove \`${statement}\``, site.removeLine(site.span));
  const instead = kind === "native" ? "guest" : "native";
  for (const [file, tree] of site.analysis.trees) {
    const declared = tree.items.find(
      (item) => item.kind === kind && "name" in item && item.name?.text === owner,
    );
    if (!declared) continue;
    const word = { start: declared.start, end: declared.start + kind.length };
    return [choice(`Declare ${owner} as \`${instead}\``, site.replace(file, word, instead)), removal];
  }
  return [removal];
}
