import { Call, isRefusal } from "./call.js";
import { capabilityOf } from "./capability.js";
import { attachDefault, attachPasid, checkBound } from "./device/attach.js";
import { unbind } from "./device/bind.js";
import { detachDefault, detachPasid } from "./device/detach.js";
import { bindProcess } from "./device/sva.js";
import { enqcmd } from "./dma/enqcmd.js";
import { respond } from "./dma/page-request.js";
import { Recorder } from "./dma/recorder.js";
import { submit } from "./dma/submit.js";
import { kvmMap, kvmTranslation, kvmUnmap } from "./kvm/calls.js";
import type { Machine } from "./machine.js";
import { migrate } from "./migrate.js";
import type { IommufdOperation, Operation } from "./operation.js";
import type { Outcome } from "./outcome.js";
import { MAX_PASID } from "./pasid/entries.js";
import type { Refusal } from "./refusal.js";
import { freeSpace } from "./space/create.js";
import { invalidate, writePageTable, writePasidTable } from "./space/guest-table.js";
import { findSpace } from "./space/lookup.js";
import { map, unmap } from "./space/map.js";
import type { Space } from "./state.js";
import type { Answer, FrontDoor, OperationOf } from "./uapi/door.js";
import { iommufdCall, respondThroughQueue } from "./uapi/iommufd/index.js";
import { rfcV1 } from "./uapi/rfc-v1.js";
import { rfcV2 } from "./uapi/rfc-v2.js";

export interface ApplyOptions {
  /** Keep the stages of the walk in the outcome. */
  readonly record?: boolean;
  /** For `migrate`: the host that the owner moves to, in which its devices are free. Not written to. */
  readonly destination?: Machine;
}

/** What most calls come to: nothing to return, and nothing noticed. */
const OK: Outcome = Object.freeze({ kind: "ok", findings: Object.freeze([]) });

/**
 * Carries one operation out on a machine: DMA and guest events are the hardware's, calls go through the
 * front door of the file's uAPI. A refused operation changes nothing; a faulting DMA is recorded in the
 * outcome and may have filled the IOTLB.
 */
export function apply(machine: Machine, operation: Operation, options: ApplyOptions = {}): Outcome {
  const call = new Call(machine, operation.origin, operation.allow);
  const door = machine.platform.uapi === "v1" ? rfcV1 : rfcV2;
  const recorder = options.record ? new Recorder() : undefined;
  switch (operation.kind) {
    case "dma":
      return submit(call, { ...operation, pasid: operation.pasid }, recorder);
    case "enqcmd": {
      const { owner, name } = machine.platform.processes[operation.process]!;
      const pasid = machine.processPasids.get(operation.process);
      return enqcmd(call, { ...operation, owner, process: name, pasid, reason: 72 }, recorder);
    }
    case "enqcmds":
      return enqcmd(call, { ...operation, process: undefined, reason: 73 }, recorder);
    case "respond": {
      machine.accelerator.clear();
      if (machine.platform.uapi === "iommufd") {
        return respondThroughQueue(call, operation, recorder !== undefined);
      }
      const space = findSpace(call, operation.owner, operation.space);
      if (isRefusal(space)) return { kind: "refused", refusal: space, findings: call.findings };
      const { address, success, device, pasid } = operation;
      const response = { address, success, device, pasid };
      return respond(call, space, response, { named: door.namedResponses, record: recorder !== undefined });
    }
    default: {
      machine.accelerator.clear();
      const answer = perform(call, door, operation, options);
      if (isRefusal(answer)) return { kind: "refused", refusal: answer, findings: call.findings };
      const { findings } = call;
      if (answer) return { kind: "ok", result: answer, findings };
      return findings.length === 0 ? OK : { kind: "ok", findings };
    }
  }
}

type CallOperation = Exclude<Operation, { kind: "dma" | "enqcmd" | "enqcmds" | "respond" }>;
type RfcOperation = Exclude<CallOperation, { kind: IommufdOperation["kind"] }>;

/** Events of the guest and questions about hardware are the same for all; the calls differ. */
function perform(call: Call, door: FrontDoor, operation: CallOperation, options: ApplyOptions): Answer {
  const { machine } = call;
  if (operation.kind === "set-pasid") return setPasid(call, operation);
  if (operation.kind === "info-device") return { kind: "capability", ...capability(call, operation.device) };
  if (machine.platform.uapi === "iommufd") return iommufdCall(call, operation, options.destination);
  return isIommufdOperation(operation)
    ? onlyIommufd(call, operation, machine.platform.uapi)
    : performCall(call, door, operation, options);
}

/** What the RFC has in the place of a statement of iommufd. */
const RFC_INSTEAD: Readonly<Record<IommufdOperation["kind"], string>> = {
  ioas: "`ioasid NAME`",
  hwpt: "`ioasid NAME`, or `ioasid NAME on PARENT` for a nested table",
  "fault-queue": "nothing: page requests are answered at the space",
  viommu: "nothing: nested tables stand on their parent",
  vdevice: "nothing: devices are named by their attach",
  replace: "`detach` and `attach`",
  copy: "a second `map`",
  "allow-iovas": "nothing: reserved ranges are those of the IOMMU",
  destroy: "`free NAME`",
};

function isIommufdOperation(operation: CallOperation): operation is OperationOf<IommufdOperation["kind"]> {
  return Object.hasOwn(RFC_INSTEAD, operation.kind);
}

function onlyIommufd(call: Call, { kind }: IommufdOperation, version: string): Refusal {
  const args = { call: `\`${kind}\``, version, instead: RFC_INSTEAD[kind], home: "iommufd" } as const;
  return call.refuse("U015", "ENOTTY", args);
}

function performCall(
  call: Call,
  door: FrontDoor,
  operation: Exclude<RfcOperation, { kind: "set-pasid" | "info-device" }>,
  options: ApplyOptions,
): Answer {
  const { machine } = call;
  switch (operation.kind) {
    case "ioasid":
      if (machine.spaces.has(operation.space))
        return call.refuse("U038", "EEXIST", { space: operation.name });
      return door.ioasid(call, operation);
    case "bind":
      return door.bind(call, operation);
    case "bind-table":
      return door.bindTable(call, operation);
    case "unbind-table":
      return door.unbindTable(call, operation);
    case "register":
      return door.register(call, operation);
    case "unregister":
      return door.unregister(call, operation);
    case "info-space":
      return door.infoSpace(call, operation);
    case "unbind":
      return unbind(call, operation.owner, operation.device);
    case "attach":
      return attach(call, door, operation);
    case "detach":
      return detach(call, operation);
    case "sva":
      return bindProcess(call, operation.owner, operation.device, operation.physical);
    case "kvm-map":
      return kvmMap(call, operation.owner, operation.pasid, operation.space);
    case "kvm-unmap":
      return kvmUnmap(call, operation.owner, operation.pasid);
    case "kvm-translation":
      return kvmTranslation(call, operation.owner, operation.on);
    case "migrate":
      return migrate(call, operation.owner, options.destination);
    default:
      return performOnSpace(call, door, operation);
  }
}

type SpaceOperation = OperationOf<"free" | "map" | "unmap" | "pte" | "entry" | "invalidate">;

/** Commands of a space, and writes of the guest to tables of its own, which ask no kernel. */
function performOnSpace(call: Call, door: FrontDoor, operation: SpaceOperation): Answer {
  switch (operation.kind) {
    case "free":
      return command(call, door, operation, "IOASID_FREE", () => freeSpace(call, operation.space));
    case "map":
      return command(call, door, operation, "IOASID_MAP_DMA", (space) =>
        map(call, space, operation.range, operation.target, operation.access),
      );
    case "unmap":
      return command(call, door, operation, "IOASID_UNMAP_DMA", (space) => {
        const unmapped = unmap(call, space, operation.range);
        return isRefusal(unmapped) ? unmapped : { kind: "unmapped", bytes: unmapped };
      });
    case "invalidate":
      return command(call, door, operation, "IOASID_INVALIDATE_CACHE", (space) =>
        invalidate(call, space, operation.range),
      );
    case "pte": {
      const space = findSpace(call, operation.owner, operation.space);
      const { range, target, access } = operation;
      return isRefusal(space) ? space : writePageTable(call, space, range, target, access);
    }
    case "entry":
      return onSpace(call, { owner: operation.owner, space: operation.table }, (table) => {
        if (operation.pasid > MAX_PASID) return tooLarge(call, table.name, operation.pasid);
        if (operation.space === undefined) return writePasidTable(call, table, operation.pasid, undefined);
        const target = findSpace(call, operation.owner, operation.space);
        return isRefusal(target) ? target : writePasidTable(call, table, operation.pasid, target);
      });
  }
}

function onSpace(call: Call, at: { owner: number; space: number }, act: (space: Space) => Answer): Answer {
  const space = findSpace(call, at.owner, at.space);
  return isRefusal(space) ? space : act(space);
}

function command(
  call: Call,
  door: FrontDoor,
  at: { owner: number; space: number },
  name: string,
  act: (space: Space) => Answer,
): Answer {
  return onSpace(call, at, (space) => door.beforeCommand(call, space, name) ?? act(space));
}

function attach(call: Call, door: FrontDoor, operation: OperationOf<"attach">): Answer {
  const { owner, device, pasid, physical } = operation;
  const space = findSpace(call, owner, operation.space);
  if (isRefusal(space)) return space;
  const bound = checkBound(call, owner, device, space);
  if (bound) return bound;
  if (pasid !== undefined) return attachPasid(call, space, device, pasid, physical);
  return door.beforeAttach(call, space, device) ?? attachDefault(call, space, device);
}

/** The RFC names the space; the parser has seen to that it does. */
function detach(call: Call, { owner, device, space: number = -1, pasid }: OperationOf<"detach">): Answer {
  return onSpace(call, { owner, space: number }, (space) =>
    pasid === undefined ? detachDefault(call, space, device) : detachPasid(call, space, device, pasid),
  );
}

function capability(call: Call, device: number) {
  return capabilityOf(call.machine.platform, device);
}

function setPasid(call: Call, { process, pasid }: OperationOf<"set-pasid">): Refusal | undefined {
  const { machine } = call;
  const pasids = machine.ownProcessPasids();
  if (pasid === undefined) {
    pasids.delete(process);
    return undefined;
  }
  if (pasid > MAX_PASID) {
    return call.refuse("U036", "EINVAL", { process: machine.platform.processes[process]!.name, pasid });
  }
  pasids.set(process, pasid);
  return undefined;
}

function tooLarge(call: Call, device: string, pasid: number): Refusal {
  return call.refuse("P003", "EINVAL", { device, pasid, width: 20, binding: "a PASID" });
}
