import type { Address } from "../address/index.js";
import type { Iommu } from "./platform.js";

/** Which part of the machine raised a fault; it decides the hardware code. */
export type FaultStage =
  | "device"
  | "context"
  | "pasid-directory"
  | "pasid-table"
  | "first"
  | "nested"
  | "second"
  | "software";

/**
 * Why a DMA ended without reaching memory: the name that a person writes after `=> fault`, and the VT-d
 * fault reasons that it stands for (domain.md 4.3; Linux `drivers/iommu/intel/dmar.c`). Names without a
 * code are refusals of a device or a driver, which no IOMMU reports.
 */
export const FAULTS = {
  "device-cannot-issue-pasid": { codes: [], text: "the device cannot put a PASID on its requests" },
  "guest-pasid-not-accepted": { codes: [], text: "the device takes no PASID from the guest" },
  "vpasid-not-registered": { codes: [], text: "the driver knows no pPASID for this vPASID" },
  "pasid-disabled": { codes: [0x45], text: "PASID Enable is clear in the context entry" },
  "pasid-too-big": { codes: [0x46], text: "the PASID is larger than the context entry's maximum" },
  "no-pasid-entry": { codes: [0x51, 0x59], text: "no PASID table entry is present" },
  "no-pasid-terminated": { codes: [], text: "requests without PASID are terminated" },
  "exec-disabled": { codes: [0x5c], text: "execute requests are not enabled in the PASID table entry" },
  "priv-disabled": { codes: [0x5d], text: "supervisor requests are not enabled in the PASID table entry" },
  "not-canonical": { codes: [0x80], text: "the address is not canonical for the first stage" },
  "beyond-width": { codes: [0x04, 0x83, 0x84], text: "the address is beyond the width of the table" },
  "reserved-address": { codes: [0x87], text: "the address lies in a reserved range" },
  "table-not-mapped": {
    codes: [0x74, 0x75, 0x76, 0x77],
    text: "the first-stage table itself is not mapped in the second stage",
  },
  "not-mapped": { codes: [0x05, 0x06, 0x71, 0x79], text: "nothing is mapped at the address" },
  "no-access": { codes: [0x85, 0x86], text: "the mapping does not permit the access" },
  "no-execute": { codes: [0x82], text: "the mapping does not permit execution" },
} as const satisfies Record<string, { codes: readonly number[]; text: string }>;

export type FaultName = keyof typeof FAULTS;

/** A DMA request that the IOMMU or the device did not let through. */
export interface Fault {
  readonly name: FaultName;
  /**
   * VT-d fault reason, SMMUv3 event id or AMD event code; `undefined` when a device or driver refused.
   */
  readonly code: number | undefined;
  readonly text: string;
  readonly stage: FaultStage;
  /** Address whose translation failed: of the request, or of the parent's space in a nested walk. */
  readonly address: Address;
}

/** SMMUv3 events (IHI 0070): bad SubstreamID, bad CD, stream disabled, translation, size, permission. */
const SMMU: Partial<Record<FaultName, number>> = {
  "pasid-disabled": 0x08,
  "pasid-too-big": 0x08,
  "no-pasid-entry": 0x0a,
  "no-pasid-terminated": 0x06,
  "exec-disabled": 0x13,
  "priv-disabled": 0x13,
  "not-canonical": 0x10,
  "beyond-width": 0x11,
  "reserved-address": 0x11,
  "table-not-mapped": 0x10,
  "not-mapped": 0x10,
  "no-access": 0x13,
  "no-execute": 0x13,
};

/** AMD logs every refused translation as IO_PAGE_FAULT; the flags that tell them apart are in `text`. */
const AMD_IO_PAGE_FAULT = 0x02;

/**
 * The fault as this IOMMU reports it.
 * @param write the request was a write; some VT-d reasons tell reads from writes
 */
export function iommuFault(
  iommu: Iommu,
  name: FaultName,
  stage: FaultStage,
  address: Address,
  write: boolean,
): Fault {
  return { name, code: codeOf(iommu, name, stage, write), text: FAULTS[name].text, stage, address };
}

/** A refusal by the device, its driver, or the kernel's software path: no hardware code. */
export function softwareFault(name: FaultName, stage: "device" | "software", address: Address): Fault {
  return { name, code: undefined, text: FAULTS[name].text, stage, address };
}

function codeOf(iommu: Iommu, name: FaultName, stage: FaultStage, write: boolean): number | undefined {
  if (iommu.form === "smmuv3") return SMMU[name];
  if (iommu.form === "amd") return AMD_IO_PAGE_FAULT;
  switch (name) {
    case "no-pasid-entry":
      return stage === "pasid-directory" ? 0x51 : 0x59;
    case "not-mapped":
      return stage === "first" ? 0x71 : 0x79;
    case "no-access":
      if (stage !== "first") return 0x79;
      return write ? 0x85 : 0x86;
    case "beyond-width":
      return stage === "nested" ? 0x84 : 0x83;
    case "table-not-mapped":
      return 0x75;
    default:
      return FAULTS[name].codes[0];
  }
}

/**
 * The codes by which each form of IOMMU reports a fault of this name: VT-d fault reasons, SMMUv3 event ids,
 * AMD event codes. All are empty for what a device or driver refuses.
 */
export function hardwareCodes(name: FaultName): Readonly<Record<Iommu["form"], readonly number[]>> {
  const smmuv3 = SMMU[name];
  const { codes } = FAULTS[name];
  return {
    // The second stage tells a missing permission from a missing mapping by nothing.
    vtd: name === "no-access" ? [...codes, 0x79] : codes,
    smmuv3: smmuv3 === undefined ? [] : [smmuv3],
    amd: smmuv3 === undefined ? [] : [AMD_IO_PAGE_FAULT],
  };
}

/** Whether a stated fault name covers a fault: it is that one, or its code belongs to the name's group. */
export function faultMatches(fault: Fault, name: FaultName): boolean {
  const codes: readonly number[] = FAULTS[name].codes;
  return fault.name === name || (fault.code !== undefined && codes.includes(fault.code) && isVtdCode(fault));
}

/** Codes of other forms mean other things; VT-d scalable-mode reasons start at 0x30. */
function isVtdCode(fault: Fault): boolean {
  return fault.code !== undefined && fault.code >= 0x30;
}
