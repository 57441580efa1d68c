import fc from "fast-check";
import type { SiblingPasids } from "../../../engine/language/rules/P027-sibling-vpasids.js";
import type { InterruptPasid } from "../../../engine/language/rules/P030-interrupt-pasid.js";
import type { OutcomeDiffers } from "../../../engine/language/rules/U090-outcome-differs.js";
import type { AssertionFailed } from "../../../engine/language/rules/U091-assertion-failed.js";
import type { WrongSpace } from "../../../engine/language/rules/U092-wrong-space.js";
import type { StaleEntry } from "../../../engine/language/rules/U093-stale-entry.js";
import type { DelegationDiffers } from "../../../engine/language/rules/U094-delegation-differs.js";
import type { MappingUnused } from "../../../engine/language/rules/U095-mapping-unused.js";
import type { SpaceUnreached } from "../../../engine/language/rules/U096-space-unreached.js";
import type { DeviceNeverAttached } from "../../../engine/language/rules/U097-device-never-attached.js";
import type { ProcessWithoutSpace } from "../../../engine/language/rules/U098-process-without-space.js";
import type { StaleAtEnd } from "../../../engine/language/rules/U099-stale-at-end.js";
import type { RefusalArguments, RuleId } from "../../../engine/simulator/index.js";

/** Facts of rules that no call refuses with. */
interface FindingFacts {
  P027: SiblingPasids;
  P030: InterruptPasid;
  U090: OutcomeDiffers;
  U091: AssertionFailed;
  U092: WrongSpace;
  U093: StaleEntry;
  U094: DelegationDiffers;
  U095: MappingUnused;
  U096: SpaceUnreached;
  U097: DeviceNeverAttached;
  U098: ProcessWithoutSpace;
  U099: StaleAtEnd;
}

type Samples = { readonly [R in RuleId]: fc.Arbitrary<RefusalArguments[R]> } & {
  readonly [R in keyof FindingFacts]: fc.Arbitrary<FindingFacts[R]>;
};

const name = fc.stringMatching(/^w[a-z]{3,6}[0-9]{3}$/);
const names = fc.uniqueArray(name, { minLength: 1, maxLength: 3 }).map((list) => list.join(", "));
const pasid = fc.integer({ min: 0, max: 0xf_ffff });
const tagged = fc.integer({ min: 1, max: 0xf_ffff });
const wide = fc.integer({ min: 0, max: 0xffff_ffff });
const width = fc.integer({ min: 1, max: 20 });
const flag = fc.boolean();
const range = fc.integer({ min: 0, max: 0xffff }).map((page) => `0x${page.toString(16)}000 + 4K`);
const address = fc.integer({ min: 0, max: 0xffff_ffff }).map((value) => `0x${value.toString(16)}`);
const phrase = fc.array(name, { minLength: 2, maxLength: 5 }).map((words) => words.join(" "));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const orEmpty = (arbitrary: fc.Arbitrary<string>) => fc.oneof(arbitrary, fc.constant(""));
const nothing = fc.constant(undefined);
const { record, constantFrom } = fc;

/** For every rule about calls and runs, the facts that the place which finds it can give. */
export const SAMPLES: Samples = {
  P001: record({ device: name, category: fc.integer({ min: 0, max: 5 }), pasid, hidden: flag }),
  P002: record({ device: name, space: name, current: name }),
  P003: record({ device: name, pasid: wide, width, binding: name }),
  P004: record({ device: name }),
  P005: record({ device: name, pasid, space: name, current: name }),
  P006: record({ device: name, rid: name, pasid, holder: name }),
  P007: record({ device: name, pool: name, limit: wide }),
  P008: record({ device: name, space: name, pasid, width }),
  P009: record({ owner: name, device: name, plain: name, mediated: name }),
  P010: record({ owner: name, device: name, pasid, space: maybe(name), blocked: flag }),
  P011: record({ owner: name, pasid, current: pasid, wanted: pasid, space: name, currentSpace: name }),
  P012: record({ owner: name, space: name }),
  P013: record({ owner: name, pasid, device: orEmpty(name) }),
  P014: record({ owner: name, pasid }),
  P015: record({ device: name, space: name, parent: name }),
  P016: fc
    .record({ space: name, devices: orEmpty(names), children: orEmpty(names) })
    .filter(({ devices, children }) => devices !== "" || children !== ""),
  P017: record({ space: name, attached: names, missing: names }),
  P018: record({ space: name, operation: name }),
  P019: record({ device: name, space: name, reason: phrase }),
  P020: record({ device: name, owner: name, current: name }),
  P021: record({ device: name, owner: name }),
  P022: record({ space: name, reason: constantFrom("root", "software") }),
  P023: record({ space: name, kind: constantFrom("page-table", "pasid-table", "unbound") }),
  P024: record({ space: name, device: name, iommu: name, delegated: flag }),
  P025: record({ space: name, parent: name }),
  P026: record({ space: name, owner: name, holder: name, nesting: flag }),
  P027: record({
    device: name,
    owner: name,
    sibling: name,
    siblingOwner: name,
    parent: name,
    pasid,
    physical: pasid,
    siblingPhysical: pasid,
  }),
  P028: record({ device: name, pasid, space: name, owner: name, physical: pasid }),
  P029: record({ device: name }),
  P030: record({ device: name, pasid, physical: pasid }),
  C005: record({ device: name, child: name }),
  C008: record({ device: name }),
  U001: record({ space: name, range, existing: range }),
  U002: record({ space: name, range, reserved: range, iommu: name }),
  U003: record({ space: name, range, mapping: range }),
  U004: record({ space: name, range }),
  U005: record({ space: name, what: phrase, size: constantFrom("4K", "2M") }),
  U006: record({ space: name, range, width: constantFrom(39, 48, 57), iommu: name }),
  U007: record({ space: name, target: range, owner: name }),
  U008: record({ space: name, target: range }),
  U009: record({ memory: name, space: name }),
  U010: record({ memory: name }),
  U011: record({ memory: name }),
  U012: record({ space: name }),
  U013: record({ space: name }),
  U014: record({ space: name, freed: flag }),
  U015: record({
    call: name,
    version: constantFrom("v1", "v2", "iommufd"),
    instead: phrase,
    home: constantFrom("v1", "v2", "iommufd"),
  }),
  U016: record({ space: name, needs: constantFrom("page-table", "pasid-table") }),
  U017: record({ space: name }),
  U018: record({ space: name, operation: name }),
  U019: record({ space: name, iommu: name }),
  U020: record({ device: name, space: name, pasid: maybe(pasid), attached: orEmpty(names) }),
  U021: record({ device: name, space: name, child: name }),
  U022: record({ device: name, spaces: names }),
  U023: record({ device: name, owner: name }),
  U024: record({ device: name, pasid, physical: pasid }),
  U025: record({ space: name, physical: pasid, current: pasid }),
  U026: record({ device: name, physical: wide, width, binding: name }),
  U027: record({ device: name, group: name, holder: name, owner: name }),
  U028: record({ device: name, space: name, sibling: name, current: name }),
  U029: record({ device: name, space: name, reserved: range, mapping: range }),
  U030: record({ space: name, address }),
  U031: record({ space: name }),
  U032: record({ owner: name }),
  U033: record({ owner: name, space: name }),
  U034: record({ owner: name, reason: phrase }),
  U035: record({ device: name, reason: phrase }),
  U036: record({ process: name, pasid: wide }),
  U037: record({ owner: name, process: name }),
  U038: record({ space: name }),
  U102: record({ call: name, wanted: phrase, found: maybe(phrase) }),
  U103: record({ device: name, object: name, type: phrase }),
  U104: record({ object: name, users: orEmpty(names) }),
  U106: record({ call: name, what: address }),
  U107: record({ ioas: name, what: phrase, alignment: constantFrom(2048, 4096) }),
  U108: record({ ioas: name, range, reserved: range }),
  U109: record({ ioas: name, range, existing: range }),
  U110: record({ ioas: name, range, owner: name }),
  U111: record({ ioas: name, range, area: range, removed: address }),
  U112: record({ ioas: name, range }),
  U113: record({ ioas: name, range, hole: address }),
  U114: record({ ioas: name, range }),
  U116: record({ ioas: name, reason: phrase }),
  U117: record({ ioas: name, range, reserved: range }),
  U118: record({ ioas: name, range, holder: phrase, by: phrase }),
  U119: record({ ioas: name, area: range, alignment: constantFrom(2048, 4096), by: phrase }),
  U121: record({ hwpt: name, flags: address, reason: phrase }),
  U122: record({ hwpt: name, reason: phrase }),
  U123: record({ hwpt: name, reason: phrase }),
  U124: record({ device: name, pasid: tagged, hwpt: name, current: name }),
  U125: record({ device: name, pasid: tagged, hwpt: name, current: name }),
  U126: record({ device: name, pasid, hwpt: name }),
  U127: record({ device: name, pasid, ioas: name }),
  U128: record({ device: name, pasid, hwpt: name, auto: flag }),
  U129: record({ device: name, pasid, hwpt: name, auto: flag }),
  U130: record({ device: name, rid: name, pasid: wide, limit: fc.integer({ min: 0, max: 0x10_0000 }) }),
  U131: record({ device: name, pasid, holder: phrase }),
  U150: record({ device: name, pasid: tagged, hwpt: name, table: name }),
  U149: record({ device: name, pasid: fc.integer({ min: 0x8000_0000, max: 0xffff_ffff }) }),
  U148: record({ device: name, hwpt: name, queue: name, physical: name }),
  U132: record({ device: name, pasid: tagged, hwpt: name, reason: phrase }),
  U133: record({ device: name, pasid: tagged }),
  U135: record({ device: name, hwpt: name, viommu: name }),
  U137: record({ viommu: name, type: address, device: maybe(name) }),
  U138: record({ viommu: name, hwpt: name }),
  U139: record({ vdevice: name, reason: phrase }),
  U140: record({ viommu: name, device: name }),
  U141: record({ object: name, reason: phrase }),
  U144: record({ device: name, owner: name, call: phrase }),
  U145: record({ call: name }),
  U146: record({ device: name, category: constantFrom(2, 4, 5) }),
  U147: record({ device: name, owner: name, current: name }),
  U090: record({ expected: name, actual: phrase, reason: orEmpty(phrase), stated: fc.constant(true) }),
  U091: record({ assertion: phrase, expected: name, actual: phrase }),
  U092: record({ device: name, pasid: maybe(pasid), reached: name, registered: maybe(name) }),
  U093: record({ device: name, pasid: maybe(pasid), space: name, table: maybe(name) }),
  U094: record({ owner: name, delegated: name, other: name }),
  U095: record({ space: name, owner: name }),
  U096: record({ space: name, owner: name }),
  U097: record({ device: name, owner: name }),
  U098: record({ process: name, owner: name, pasid }),
  U099: fc.oneof(
    record({ device: name, space: name, address, table: nothing, pasid: nothing }),
    record({ device: name, space: name, address: nothing, table: name, pasid: maybe(pasid) }),
  ),
};

/** Facts that choose the words and are not themselves among them. */
export const NOT_NAMED: ReadonlySet<string> = new Set([
  "P022 reason",
  "P023 kind",
  "U015 home",
  "U016 needs",
  "U107 alignment",
  "U111 removed",
  "U119 alignment",
  "U125 hwpt",
  "U130 limit",
]);
