import { attachedAt } from "./attached.js";
import { removeCall } from "./common.js";
import { choice, type Edit, type Fix } from "./fix.js";
import { pasidOf } from "./pasids.js";
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

/** What keeps an owner from migrating, ended: a request that waits is answered, a native owner is a guest. */
export function letMigrate(site: Site, owner: string): Fix[] {
  const call = site.statement("migrate");
  if (!call) return [];
  const waiting = site.related("dma");
  if (waiting.length === 0) return otherOwner(site, site.text(site.span), owner, "native");
  return waiting.flatMap(({ file, node }) => {
    const { device, pasid, address } = node;
    const first = address?.kind === "range" ? address.first : address;
    const space = attachedAt(
      site,
      call,
      (attach) =>
        attach.device?.text === device?.text && pasidOf(attach.pasid?.number) === pasidOf(pasid?.number),
    ).at(-1)?.node.space?.text;
    if (!device || !first || space === undefined) return [];
    const number = pasid ? ` ${site.text({ file, ...pasid })}` : "";
    return ["success", "invalid"].map((code) => {
      const words = `respond ${owner}.${space} ${first.text} ${code} for ${device.text}${number}`;
      return choice(`Write \`${words}\` before \`${site.name(call)}\``, site.before(call, words));
    });
  });
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
