import { flagsText } from "../language/index.js";
import { type Capability, capabilityOf, type Machine, type Platform } from "../simulator/index.js";

/** What the user of a device must do, told by its reported capability alone (T-KT-0603). */
export type UserDuty = "nothing" | "vpasid" | "pasid-table" | "vpasid-and-kvm";

/** What one device reports to its user, and what follows from it. */
export interface DeviceReport {
  readonly device: string;
  readonly category: number;
  /** Flags in the language's words: `none`, or some of `pasid delegated cpu cpu-virt`. */
  readonly reports: string;
  /** Bits of a vPASID; 0 without PASID. */
  readonly width: number;
  readonly duty: UserDuty;
  /** Its declaration. */
  readonly origin: number;
}

/** Every device with a category, in order of declaration: those that an owner can be given. */
export function deviceReports(machine: Machine): DeviceReport[] {
  const { platform } = machine;
  return platform.devices.flatMap((device, index) =>
    device.category === undefined ? [] : [reportOf(platform, index, device.name, device.category)],
  );
}

/** What one device reports; `undefined` for one without a category. @param index in the platform */
export function deviceReport(platform: Platform, index: number): DeviceReport | undefined {
  const { name, category } = platform.devices[index]!;
  return category === undefined ? undefined : reportOf(platform, index, name, category);
}

function reportOf(platform: Platform, index: number, device: string, category: number): DeviceReport {
  const capability = capabilityOf(platform, index);
  return {
    device,
    category,
    reports: flagsText(capability),
    width: capability.width,
    duty: dutyOf(capability),
    origin: platform.devices[index]!.origin,
  };
}

/** The user's policy of RFC v2 §1.4.4, which needs no knowledge of what kind of device it is. */
function dutyOf(capability: Capability): UserDuty {
  if (!capability.pasid) return "nothing";
  if (capability.cpuVirtual) return "vpasid-and-kvm";
  return capability.delegated ? "pasid-table" : "vpasid";
}
