import type { Place } from "./places.js";
import type { Punctuation } from "./tokens.js";
import type { PropertyWord } from "./tree.js";
import type { DeclarationWithProperties } from "./words.js";

/** What a name stands for that a statement uses, in the words of its messages. */
export type NameRole =
  | "a device"
  | "a device or an owner"
  | "a guest"
  | "an IOMMU"
  | "an owner"
  | "a PASID table"
  | "a process"
  | "a region of a memory"
  | "a region of a memory or an address"
  | "a second device or owner"
  | "a fault queue"
  | "a vIOMMU"
  | "an HWPT"
  | "an IOAS"
  | "an IOAS or an HWPT"
  | "an IOAS, an HWPT or a vIOMMU"
  | "an object of iommufd"
  | "an IOASID"
  | "an IOASID or a device"
  | "the parent IOASID"
  | "the physical device below"
  | "the physical function";

/** What a name stands for that a statement makes. */
export type NewNameRole =
  | "the name of the device"
  | "the name of the driver"
  | "the name of the group"
  | "the name of the guest"
  | "the name of the IOMMU"
  | "the name of the memory"
  | "the name of the new IOASID"
  | "the name of the new object"
  | "the name of the process";

/** What a number is. */
export type NumberRole =
  | "a host-physical address"
  | "a number"
  | "a PASID"
  | "a PASID, or `any`"
  | "a PASID, or `none`"
  | "a physical PASID, or `none`"
  | "a range"
  | "a size"
  | "an address"
  | "an address or a range"
  | "an offset or a range"
  | "the address of the page request"
  | "the id that the guest knows"
  | "the IOVA of the copy"
  | "the address of the table in the parent"
  | "the last address of the range"
  | "the length of the range"
  | "the PASID on the wire, or `none`"
  | "the physical PASID"
  | "the virtual addresses of the memory";

/** A word of no list. */
export type WordRole = "the id of a rule, such as `P009`" | "the name of a page table format";

/** One thing that the parser would take where a text ends. */
export type Part =
  /** The first word of a statement. */
  | { readonly kind: "statement"; readonly place: Place }
  | { readonly kind: "property"; readonly of: DeclarationWithProperties }
  | { readonly kind: "value"; readonly property: PropertyWord }
  | { readonly kind: "word"; readonly word: string }
  | { readonly kind: "mark"; readonly mark: Punctuation }
  /** The last part of a name; `qualifier` is the owner in front of it, when its dot is there. */
  | { readonly kind: "name"; readonly role: NameRole; readonly qualifier: string | undefined }
  | { readonly kind: "new-name"; readonly role: NewNameRole }
  | { readonly kind: "number"; readonly role: NumberRole }
  | { readonly kind: "any-word"; readonly role: WordRole }
  | { readonly kind: "string" | "pci-address" | "member" | "outcome" | "fault" | "exit-reason" };

/** A part with the statement that it would belong to. */
export type Wanted = Part & {
  /** Where the statement begins; for the first word of one, the statement around it; -1 in a file. */
  readonly from: number;
};

/** Hears, from the end of a text, what the parser would take there. */
export class Listener {
  readonly wanted: Wanted[] = [];
  private takes: "everything" | "beginnings" | "nothing" = "everything";

  want(part: Part, from: number): void {
    if (this.takes === "nothing" || (this.takes === "beginnings" && !BEGINNINGS.has(part.kind))) return;
    this.wanted.push({ ...part, from });
  }

  /** Something that has to be there is missing: what could follow it is no part of this place. */
  stop(): void {
    this.takes = "nothing";
  }

  /** The same at the beginning of a line, where another statement or property may begin all the same. */
  stopUnlessNew(): void {
    if (this.takes === "everything") this.takes = "beginnings";
  }
}

const BEGINNINGS: ReadonlySet<Part["kind"]> = new Set(["statement", "property", "member"]);
