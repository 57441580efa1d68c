export { type ApplyOptions, apply } from "./apply.js";
export { boot } from "./boot.js";
export { Call, isRefusal } from "./call.js";
export { type Capability, capabilityOf } from "./capability.js";
export { formatRid, qualifiedSpaceName } from "./describe.js";
export { cachedStreams } from "./dma/iotlb.js";
export * from "./errno.js";
export { FAULTS, type Fault, type FaultName, type FaultStage, faultMatches, hardwareCodes } from "./fault.js";
export { stateHash, stateLines } from "./hash.js";
export {
  kvmEntry,
  kvmRequirement,
  kvmRequirements,
  kvmTable,
  pasidTableRows,
  pasidTableSizes,
  pasidTables,
  physicalPasid,
} from "./inspect.js";
export { iotlbRows, streamRows } from "./inspect-iotlb.js";
export {
  attachmentCount,
  attachmentRows,
  attachmentsTo,
  guestEntryRows,
  mappingRows,
  spaceRows,
} from "./inspect-spaces.js";
export { DIRTY_TRACKING, NEST_PARENT, PASID as HWPT_PASID } from "./iommufd/driver.js";
export * as iommufd from "./iommufd/index.js";
export { vmxIndex } from "./kvm/vmx-table.js";
export { Machine } from "./machine.js";
export * from "./operation.js";
export * from "./outcome.js";
export { MAX_PASID, vtdIndex } from "./pasid/entries.js";
export { namespaceOf } from "./pasid/pool.js";
export { pieceOf } from "./piece.js";
export * from "./platform.js";
export { proveIsolated, proveReaches, type Way, waysTo } from "./reach/prove.js";
export { ALLOWABLE, type Refusal, type RefusalArguments, type Related, type RuleId } from "./refusal.js";
export { compose, memoryAt, type Piece } from "./space/compose.js";
export { behind, ownerOfPhysical, type Trace, type TraceStep, traceAddress } from "./space/trace.js";
export type { PasidEntry, SpaceKind, Stream } from "./state.js";
export type {
  AttachmentRow,
  Endpoint,
  GuestEntryRow,
  IotlbRow,
  Isolation,
  KvmRequirement,
  KvmRow,
  PasidTableRow,
  Reachability,
  SpaceRow,
  StreamRow,
  Witness,
} from "./view.js";
