import type { Machine } from "../../machine.js";
import type { Iommu } from "../../platform.js";
import type { IommufdDriver } from "../driver.js";
import { amd } from "./amd.js";
import { smmuv3 } from "./smmuv3.js";
import { vtd } from "./vtd.js";

const BY_FORM: Readonly<Record<Iommu["form"], IommufdDriver>> = { vtd, smmuv3, amd };

/** The driver of the IOMMU that a device is behind. */
export function driverOf(machine: Machine, device: number): IommufdDriver {
  return driverOfIommu(machine, machine.platform.devices[device]!.iommu);
}

/** The driver of an IOMMU: that of its form, unless the platform brings its own. */
export function driverOfIommu({ platform }: Machine, iommu: number): IommufdDriver {
  const { driver, form } = platform.iommus[iommu]!;
  return driver ?? BY_FORM[form];
}
