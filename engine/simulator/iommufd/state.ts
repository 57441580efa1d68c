import { EpochMap } from "../../address/index.js";
import type { GroupAttachment, IommufdObject } from "./objects.js";

/**
 * Numbers from here on belong to objects that no statement names. A million of them fit below 2^24, where a
 * map of objects still finds each in four steps.
 */
const FIRST_UNNAMED = 2 ** 24 - 2 ** 20;

/** Everything that the contexts of all owners hold. Objects are values: a change puts another in their place. */
export interface IommufdState {
  epoch: number;
  objects: EpochMap<IommufdObject>;
  /** Attachments of each IOMMU group, by PASID below 2^31. */
  groups: EpochMap<EpochMap<GroupAttachment>>;
  /** Device of the platform to the number that it has in the context it is bound to. */
  bound: EpochMap<number>;
  /** Bound device to the access through which it reads memory in software. */
  accesses: EpochMap<number>;
  /** Owners whose contexts account pinned memory to the mm (IOMMU_OPTION_RLIMIT_MODE 1). */
  accountsMm: EpochMap<true>;
  /** Objects that are gone, so that who keeps names of them knows when to look. */
  removed: number;
  next: number;
  handles: number;
}

export function emptyIommufd(epoch: number): IommufdState {
  return {
    epoch,
    objects: EpochMap.empty(epoch),
    groups: EpochMap.empty(epoch),
    bound: EpochMap.empty(epoch),
    accesses: EpochMap.empty(epoch),
    accountsMm: EpochMap.empty(epoch),
    removed: 0,
    next: FIRST_UNNAMED,
    handles: 0,
  };
}

/** The same state for another epoch to write; O(1). */
export function ownIommufd(state: IommufdState, epoch: number): IommufdState {
  if (state.epoch === epoch) return state;
  return {
    ...state,
    epoch,
    objects: state.objects.own(epoch),
    groups: state.groups.own(epoch),
    bound: state.bound.own(epoch),
    accesses: state.accesses.own(epoch),
    accountsMm: state.accountsMm.own(epoch),
  };
}
