import type { Device, Platform } from "./platform.js";

/** The PASID capability of a device as its user sees it (RFC v2 `VFIO_DEVICE_INFO_CAP_PASID`). */
export interface Capability {
  /** The device takes vPASIDs; the user must give one for each space besides the default. */
  readonly pasid: boolean;
  /** PASID_DELEGATED: the guest owns the whole PASID table. */
  readonly delegated: boolean;
  /** PASID_CPU: work can be submitted with ENQCMD. */
  readonly cpu: boolean;
  /** PASID_CPU_VIRT: the CPU must translate the vPASID, so the user must call KVM. */
  readonly cpuVirtual: boolean;
  /** Bits of a vPASID: the narrower of device and IOMMU; 0 without the capability. */
  readonly width: number;
}

const NONE: Capability = { pasid: false, delegated: false, cpu: false, cpuVirtual: false, width: 0 };

/**
 * What the user of a device is told about PASIDs, whatever the device is behind the scenes
 * ([T-KT-0603]: the user follows the report; the table is domain.md 1.2).
 */
export function capabilityOf(platform: Platform, device: number): Capability {
  const found = platform.devices[device]!;
  if (!takesVpasid(found)) return NONE;
  const iommu = platform.iommus[found.iommu]!;
  const plainCpu = found.category === 3 && found.enqcmd && !found.hideEnqcmd;
  const mediatedCpu = found.category === 5 && !found.hideEnqcmd;
  const width = Math.min(found.pasidWidth, iommu.pasidWidth);
  // IOMMU_GET_HW_INFO tells the width alone: the flags of the RFC have no counterpart in iommufd.
  if (platform.uapi === "iommufd") return { ...NONE, pasid: width > 0, width };
  return {
    pasid: true,
    delegated: found.category === 3 && !plainCpu && iommu.pasidTable === "guest",
    cpu: plainCpu || mediatedCpu,
    cpuVirtual: mediatedCpu,
    width,
  };
}

/** Category 3 to 5, unless the VMM hides the capability. */
export function takesVpasid(device: Device): boolean {
  return device.category !== undefined && device.category >= 3 && !device.hidePasid;
}

/** Whether a guest can reach the device with ENQCMD at all: the two classes that G2 keeps apart. */
export function exposesEnqcmd(device: Device): "plain" | "mediated" | undefined {
  if (device.hideEnqcmd || device.hidePasid) return undefined;
  if (device.category === 3 && device.enqcmd) return "plain";
  return device.category === 5 ? "mediated" : undefined;
}

/**
 * Whether the guest owns the PASID table of this device's RID (N2): never for a slice of a shared RID (N3),
 * nor for a function whose driver translates vPASIDs and so needs the kernel to choose the pPASIDs.
 */
export function delegatesTable(platform: Platform, device: Device): boolean {
  return (
    device.kind === "pdev" && device.category !== 4 && platform.iommus[device.iommu]!.pasidTable === "guest"
  );
}
