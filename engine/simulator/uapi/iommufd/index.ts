import type { Call } from "../../call.js";
import { bindProcess } from "../../device/sva.js";
import type { Machine } from "../../machine.js";
import type { Operation } from "../../operation.js";
import type { Answer } from "../door.js";
import * as device from "./devices.js";
import * as guest from "./guest-tables.js";
import { migrateContext } from "./migrate.js";
import * as object from "./objects.js";

export { respond as respondThroughQueue } from "./respond.js";

/** What takes the place of a call of the RFC. */
const INSTEAD = {
  ioasid: "`ioas NAME`, and `hwpt NAME on IOAS for DEV` for a page table of its own",
  free: "`destroy NAME`",
  "bind-table": "`hwpt NAME on HWPT for DEV data …`",
  "unbind-table": "`replace` or `detach`, and `destroy NAME`",
  register: "nothing: an IOAS pins what it maps, and `copy` shares the pages",
  unregister: "nothing: an IOAS pins what it maps, and `copy` shares the pages",
} as const;

/** Operations that are calls, and not DMA, instructions or events that every uAPI has. */
export type IommufdCall = Exclude<
  Operation,
  { kind: "dma" | "enqcmd" | "enqcmds" | "respond" | "set-pasid" | "info-device" }
>;

/** `/dev/iommu` and the VFIO and KVM calls beside it, as Linux 7.3 has them. */
export function iommufdCall(call: Call, operation: IommufdCall, destination: Machine | undefined): Answer {
  switch (operation.kind) {
    case "ioas":
      return object.makeIoas(call, operation);
    case "hwpt":
      return object.makeHwpt(call, operation);
    case "fault-queue":
      return object.makeQueue(call, operation);
    case "viommu":
      return object.makeViommu(call, operation);
    case "vdevice":
      return object.makeVdevice(call, operation);
    case "map":
      return object.mapRange(call, operation);
    case "unmap":
      return object.unmapRange(call, operation);
    case "copy":
      return object.copyRange(call, operation);
    case "allow-iovas":
      return object.allow(call, operation);
    case "destroy":
      return object.destroyObject(call, operation);
    case "invalidate":
      return object.invalidateRange(call, operation);
    case "info-space":
      return object.infoOf(call, operation);
    case "pte":
      return guest.writePte(call, operation);
    case "entry":
      return guest.writeEntry(call, operation);
    case "bind":
      return device.bind(call, operation);
    case "unbind":
      return device.unbind(call, operation);
    case "attach":
    case "replace":
      return device.attachDevice(call, operation);
    case "detach":
      return device.detachDevice(call, operation);
    case "sva":
      return bindProcess(call, operation.owner, operation.device, operation.physical);
    case "kvm-map":
      return object.noKvm(call, "KVM_MAP_PASID");
    case "kvm-unmap":
      return object.noKvm(call, "KVM_UNMAP_PASID");
    case "kvm-translation":
      return object.noKvm(call, "KVM_CAP_PASID_TRANSLATION");
    case "migrate":
      return migrateContext(call, operation.owner, destination);
    default: {
      const instead = INSTEAD[operation.kind];
      const args = { call: `\`${operation.kind}\``, version: "iommufd", instead, home: "v2" } as const;
      return call.refuse("U015", "ENOTTY", args);
    }
  }
}
