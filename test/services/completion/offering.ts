import { type Completion, type CompletionList, completionsAt } from "../../../engine/services/index.js";
import { marked } from "../../helpers/cursor.js";
import { FILE, viewOf } from "../view.js";

/** Devices of several kinds, and a guest that has one of each bound and attached; both blocks may be gone on with. */
export const HARDWARE = `iommu vtd { pasid-width 20  ats  page-requests }
cpu { enqcmd  pasid-translation }
pdev dsa at 6a:01.0 behind vtd { pasid-width 20  ats  page-requests  enqcmd }
mdev wq0 on dsa { category 5  queue shared }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16  ats }
pdev disk at 4c:00.0 behind vtd { category 0 }
`;

/** The block of a guest on that hardware, still open. */
export const GUEST = `${HARDWARE}guest vm0 {
  memory ram at 0x4000_0000 + 1G
  process db { pasid 7 }
  ioasid gpa
  bind wq0
  bind nic
  attach wq0 -> gpa
  attach nic -> gpa
  map gpa 0x0 + 1G -> ram
  ioasid gva on gpa page-table { pte 0x7f00_0000_0000 + 2M -> 0x20_0000 }
`;

/** A scenario behind that guest, still open. */
export const SCENARIO = `${GUEST}  attach wq0 pasid 7 -> gva
  kvm map pasid 7 -> gva
}
scenario "one" {
`;

/** What is offered at the `$0` of a text, with the run of the text as far as it can be understood. */
export function offered(
  source: string,
  {
    paths = [],
    imports = {},
  }: { readonly paths?: readonly string[]; readonly imports?: Readonly<Record<string, string>> } = {},
): CompletionList {
  const { text, at } = marked(source);
  return completionsAt({ view: viewOf(text, imports), file: FILE, text, offset: at(), paths });
}

/** The labels of what is offered, in their order. */
export function labels(source: string): string[] {
  return offered(source).items.map(({ label }) => label);
}

/** One offered text by its label. @throws when it is not offered */
export function itemAt(source: string, label: string): Completion {
  const found = offered(source).items.find((item) => item.label === label);
  if (!found) throw new Error(`"${label}" is not offered, but ${labels(source).join(", ")}.`);
  return found;
}

/** The text after an offered one was accepted as it is, without tab stops. */
export function accepted(source: string, label: string): string {
  const { text } = marked(source);
  const { replace } = offered(source);
  const { insert } = itemAt(source, label);
  return text.slice(0, replace.start) + insert + text.slice(replace.end);
}
