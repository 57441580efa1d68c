import type { Category } from "../simulator/index.js";

/** What a category means for who works with a device (domain of the list in [T-JG-0528a], RFC v2 §1.2). */
export interface CategoryPolicy {
  /** What the device does with a PASID of the guest. */
  readonly meaning: string;
  /** How requests of its default space are told apart. */
  readonly routing: string;
  /** Where its pPASIDs come from; `undefined` for one that has none. */
  readonly numbers: string | undefined;
  /** Who turns a vPASID into the number on the wire. */
  readonly translation: string | undefined;
}

const POLICIES: Readonly<Record<Category, CategoryPolicy>> = {
  0: {
    meaning: "it cannot issue a PASID, so it has one space and no other",
    routing: "by its RID",
    numbers: undefined,
    translation: undefined,
  },
  1: {
    meaning: "a software mdev: the driver of the parent moves the data, and nothing of it is in the IOMMU",
    routing: "by software, through what is mapped in the space",
    numbers: undefined,
    translation: undefined,
  },
  2: {
    meaning: "a slice with one PASID that the host fixed; it takes none from the guest",
    routing: "by the parent's RID and its defPASID",
    numbers: "the parent's own pool; the global one when a slice of the parent is of category 5",
    translation: undefined,
  },
  3: {
    meaning: "it puts the guest's number on the wire as it is, so that vPASID and pPASID are equal",
    routing: "by its RID",
    numbers: "the PASID space of its RID, which is the guest's alone",
    translation: "nobody; the CPU must not translate either",
  },
  4: {
    meaning: "it takes any vPASID, and the device or its driver translates it",
    routing: "by its RID; a slice by the parent's RID and its defPASID",
    numbers: "the pool of its RID; the global one when a slice of the parent is of category 5",
    translation: "the device, or its driver",
  },
  5: {
    meaning: "a slice that takes any vPASID, and relies on the CPU to translate that of ENQCMD",
    routing: "by the parent's RID and its defPASID",
    numbers: "the global pool, one number for each space",
    translation: "the CPU for ENQCMD, once KVM was told (`kvm map`), and the driver for MMIO",
  },
};

export function categoryPolicy(category: Category): CategoryPolicy {
  return POLICIES[category];
}
