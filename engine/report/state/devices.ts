import { formatRid, type Machine } from "../../simulator/index.js";
import type { DeviceReport } from "../capabilities.js";
import { DUTIES } from "../rows/devices.js";
import { listOf, type Source } from "./pages.js";
import type { Reading } from "./reading.js";
import type { DeviceItem } from "./types.js";

/** What devices of each category can do, as a phrase. */
const CATEGORIES = [
  "cannot issue a PASID",
  "mdev in software, issues no PASID",
  "mdev with one PASID that the host fixed",
  "any PASID of the guest, as it is",
  "any PASID of the guest, translated by the device or its driver",
  "any PASID of the guest, translated by the CPU for ENQCMD",
];

/** The categories that some device has, with `undefined` for none at their end. */
export function categoriesOf({ platform }: Machine): (number | undefined)[] {
  const found = new Set(platform.devices.map(({ category }) => category));
  return [...found].sort((a, b) => (a ?? CATEGORIES.length) - (b ?? CATEGORIES.length));
}

export function categoryTitle(category: number | undefined): string {
  return category === undefined ? "host hardware, parents of mdevs" : CATEGORIES[category]!;
}

/** The devices of one category, in order of declaration. */
export function devicesOf<P>(reading: Reading<P>, category: number | undefined): Source<DeviceItem<P>> {
  const { devices } = reading.machine.platform;
  const indices = [...devices.keys()].filter((index) => devices[index]!.category === category);
  return listOf(indices, (index) => deviceItem(reading, index));
}

function deviceItem<P>(reading: Reading<P>, index: number): DeviceItem<P> {
  const { machine, problems } = reading;
  const { platform } = machine;
  const device = platform.devices[index]!;
  const state = machine.device(index);
  const report: DeviceReport | undefined = reading.deviceReports.get(device.name);
  return {
    kind: "device",
    name: device.name,
    form: device.kind,
    category: device.category,
    rid: formatRid(device.rid),
    parent: device.kind === "mdev" ? platform.devices[device.wire]!.name : undefined,
    iommu: platform.iommus[device.iommu]!.name,
    queue: device.queue,
    owners: state.bound.map(({ owner }) => platform.owners[owner]!.name),
    reports: report?.reports ?? "none",
    width: report?.width ?? 0,
    duty: report ? DUTIES[report.duty] : "",
    defPasid: state.defPasid,
    problems: problems.ofDevice(index),
    place: reading.placeOf(device.origin),
  };
}
