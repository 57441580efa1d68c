import { formatRange, MAX_ADDRESS } from "../../address/index.js";
import type { Call } from "../call.js";
import { delegatesTable } from "../capability.js";
import type { Device, Iommu } from "../platform.js";
import type { Refusal } from "../refusal.js";
import { iommusOf } from "../space/limits.js";
import type { Space } from "../state.js";
import { frameLimit } from "../table-shape.js";

/**
 * Whether the IOMMU behind a device can walk a space together with the IOMMUs already there (RFC v1 §1:
 * incompatible devices get an error, and the user makes another IOASID).
 * @returns P019 EINVAL, P024 EOPNOTSUPP, U029 EADDRINUSE, or nothing
 */
export function checkCompatible(call: Call, space: Space, device: Device): Refusal | undefined {
  // A software mdev never reaches an IOMMU: its parent's driver reads the space's metadata.
  if (device.category === 1) return undefined;
  const { platform } = call.machine;
  const iommu = platform.iommus[device.iommu]!;
  if (space.kind === "pasid-table" && !delegatesTable(platform, device)) {
    return hostOwnsTable(call, space, device);
  }
  const reason =
    nestingReason(space, iommu) ?? companyReason(call, space, iommu) ?? widthReason(space, iommu);
  if (reason) {
    return call.refuse("P019", "EINVAL", { device: device.name, space: space.name, reason }, [
      { origin: iommu.origin, note: `${iommu.name} is declared here` },
    ]);
  }
  return reservedInUse(call, space, device, iommu);
}

/** P024 EOPNOTSUPP: the kernel writes the PASID table of the device, because of its IOMMU or of what it is. */
export function hostOwnsTable(call: Call, space: Space, device: Device): Refusal {
  const iommu = call.machine.platform.iommus[device.iommu]!;
  const delegated = iommu.pasidTable === "guest";
  const args = { space: space.name, device: device.name, iommu: iommu.name, delegated };
  const decides = delegated
    ? { origin: device.origin, note: `${device.name} is declared here` }
    : { origin: iommu.origin, note: `${iommu.name} keeps the PASID table in the kernel` };
  return call.refuse("P024", "EOPNOTSUPP", args, [decides]);
}

function nestingReason(space: Space, iommu: Iommu): string | undefined {
  if (space.kind === "root") return undefined;
  if (iommu.nesting === "none") return `${iommu.name} cannot nest`;
  if (space.kind === "shadow") return undefined;
  if (iommu.nesting !== "hardware") return `${iommu.name} does not nest in hardware`;
  const format = space.table?.format;
  return format === undefined || format === iommu.format
    ? undefined
    : `the table has format ${format}, and ${iommu.name} walks format ${iommu.format}`;
}

function companyReason(call: Call, space: Space, iommu: Iommu): string | undefined {
  for (const other of iommusOf(call.machine, space)) {
    if (other.format !== iommu.format) {
      return `${other.name} walks it as a table of format ${other.format}, and ${iommu.name} walks format ${iommu.format}`;
    }
    if (other.noSnoopControl !== iommu.noSnoopControl) {
      const able = other.noSnoopControl ? other : iommu;
      return `${able.name} controls no-snoop traffic and ${able === other ? iommu.name : other.name} cannot`;
    }
  }
  return undefined;
}

function widthReason(space: Space, iommu: Iommu): string | undefined {
  if (space.kind !== "root" && space.kind !== "shadow") return undefined;
  const limit = frameLimit(iommu);
  if (limit > MAX_ADDRESS.page) return undefined;
  const beyond = space.ranges.firstAtOrAfter({ page: limit, offset: 0 });
  return beyond && `${formatRange(beyond)} is mapped and ${iommu.name} translates ${iommu.addressWidth} bits`;
}

/** A reservation that comes with the device must not meet what is mapped already (LX: EADDRINUSE). */
function reservedInUse(call: Call, space: Space, device: Device, iommu: Iommu): Refusal | undefined {
  if (space.kind !== "root" && space.kind !== "shadow") return undefined;
  for (const reserved of iommu.reserved) {
    const mapping = space.ranges.overlapping(reserved);
    if (!mapping) continue;
    const args = {
      device: device.name,
      space: space.name,
      reserved: formatRange(reserved),
      mapping: formatRange(mapping),
    };
    return call.refuse("U029", "EADDRINUSE", args, [
      { origin: mapping.origin, note: `${args.mapping} was mapped here` },
      { origin: iommu.origin, note: `${iommu.name} reserves ${args.reserved}` },
    ]);
  }
  return undefined;
}
