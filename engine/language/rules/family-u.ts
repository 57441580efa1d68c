import { rule as U001 } from "./U001-mapping-overlap.js";
import { rule as U002 } from "./U002-reserved-range.js";
import { rule as U003 } from "./U003-partial-unmap.js";
import { rule as U004 } from "./U004-unmap-nothing.js";
import { rule as U005 } from "./U005-page-alignment.js";
import { rule as U006 } from "./U006-address-width.js";
import { rule as U007 } from "./U007-target-outside-memory.js";
import { rule as U008 } from "./U008-target-not-registered.js";
import { rule as U009 } from "./U009-unregister-mapped.js";
import { rule as U010 } from "./U010-unregister-unknown.js";
import { rule as U011 } from "./U011-registered-already.js";
import { rule as U012 } from "./U012-invalidate-kernel-managed.js";
import { rule as U013 } from "./U013-info-before-attach.js";
import { rule as U014 } from "./U014-no-such-ioasid.js";
import { rule as U015 } from "./U015-other-uapi.js";
import { rule as U016 } from "./U016-not-a-guest-table.js";
import { rule as U017 } from "./U017-table-bound.js";
import { rule as U018 } from "./U018-no-table-bound.js";
import { rule as U019 } from "./U019-cannot-nest.js";
import { rule as U020 } from "./U020-not-attached.js";
import { rule as U021 } from "./U021-parent-before-child.js";
import { rule as U022 } from "./U022-unbind-attached.js";
import { rule as U023 } from "./U023-unbind-not-bound.js";
import { rule as U024 } from "./U024-physical-differs.js";
import { rule as U025 } from "./U025-second-global-pasid.js";
import { rule as U026 } from "./U026-physical-out-of-range.js";
import { rule as U027 } from "./U027-group-bound-elsewhere.js";
import { rule as U028 } from "./U028-group-split.js";
import { rule as U029 } from "./U029-mapping-in-reserved-range.js";
import { rule as U030 } from "./U030-no-page-request.js";
import { rule as U031 } from "./U031-response-without-device.js";
import { rule as U032 } from "./U032-no-pasid-translation.js";
import { rule as U033 } from "./U033-pasid-not-authorized.js";
import { rule as U034 } from "./U034-cannot-migrate.js";
import { rule as U035 } from "./U035-sva-not-possible.js";
import { rule as U036 } from "./U036-pasid-register-width.js";
import { rule as U037 } from "./U037-process-of-another-guest.js";
import { rule as U038 } from "./U038-name-in-use.js";
import { rule as U090 } from "./U090-outcome-differs.js";
import { rule as U091 } from "./U091-assertion-failed.js";
import { rule as U092 } from "./U092-wrong-space.js";
import { rule as U093 } from "./U093-stale-entry.js";
import { rule as U094 } from "./U094-delegation-differs.js";
import { rule as U095 } from "./U095-mapping-unused.js";
import { rule as U096 } from "./U096-space-unreached.js";
import { rule as U097 } from "./U097-device-never-attached.js";
import { rule as U098 } from "./U098-process-without-space.js";
import { rule as U099 } from "./U099-stale-at-end.js";
import { rule as U102 } from "./U102-no-such-object.js";
import { rule as U103 } from "./U103-not-a-page-table.js";
import { rule as U104 } from "./U104-object-busy.js";
import { rule as U106 } from "./U106-field-overflow.js";
import { rule as U107 } from "./U107-iova-alignment.js";
import { rule as U108 } from "./U108-iova-reserved.js";
import { rule as U109 } from "./U109-iova-mapped.js";
import { rule as U110 } from "./U110-memory-not-pinned.js";
import { rule as U111 } from "./U111-partial-area.js";
import { rule as U112 } from "./U112-nothing-mapped.js";
import { rule as U113 } from "./U113-copy-hole.js";
import { rule as U114 } from "./U114-copy-writeable.js";
import { rule as U116 } from "./U116-allowed-ranges.js";
import { rule as U117 } from "./U117-allowed-reserved.js";
import { rule as U118 } from "./U118-reservation-conflict.js";
import { rule as U119 } from "./U119-alignment-conflict.js";
import { rule as U121 } from "./U121-hwpt-unsupported.js";
import { rule as U122 } from "./U122-hwpt-data.js";
import { rule as U123 } from "./U123-hwpt-parent.js";
import { rule as U124 } from "./U124-group-elsewhere.js";
import { rule as U125 } from "./U125-attached-already.js";
import { rule as U126 } from "./U126-hwpt-without-pasid.js";
import { rule as U127 } from "./U127-ioas-at-pasid.js";
import { rule as U128 } from "./U128-rid-without-pasid.js";
import { rule as U129 } from "./U129-rid-with-pasids.js";
import { rule as U130 } from "./U130-pasid-beyond-device.js";
import { rule as U131 } from "./U131-pasid-in-use.js";
import { rule as U132 } from "./U132-hwpt-incompatible.js";
import { rule as U133 } from "./U133-replace-nothing.js";
import { rule as U135 } from "./U135-vdevice-missing.js";
import { rule as U137 } from "./U137-viommu-unsupported.js";
import { rule as U138 } from "./U138-viommu-parent.js";
import { rule as U139 } from "./U139-vdevice-taken.js";
import { rule as U140 } from "./U140-vdevice-other-iommu.js";
import { rule as U141 } from "./U141-invalidate-refused.js";
import { rule as U144 } from "./U144-not-bound.js";
import { rule as U145 } from "./U145-no-kvm-pasid.js";
import { rule as U146 } from "./U146-slice-needs-pasid.js";
import { rule as U147 } from "./U147-bound-already.js";
import { rule as U148 } from "./U148-vf-fault-queue.js";
import { rule as U149 } from "./U149-pasid-beyond-vfio.js";
import { rule as U150 } from "./U150-pasid-in-guest-table.js";

/** U001 to U038: calls refused for a reason of their own. U090 to U099: what a run finds. From U102: iommufd. */
export const CALL_RULES = {
  U001,
  U002,
  U003,
  U004,
  U005,
  U006,
  U007,
  U008,
  U009,
  U010,
  U011,
  U012,
  U013,
  U014,
  U015,
  U016,
  U017,
  U018,
  U019,
  U020,
  U021,
  U022,
  U023,
  U024,
  U025,
  U026,
  U027,
  U028,
  U029,
  U030,
  U031,
  U032,
  U033,
  U034,
  U035,
  U036,
  U037,
  U038,
  U090,
  U091,
  U092,
  U093,
  U094,
  U095,
  U096,
  U097,
  U098,
  U099,
  U102,
  U103,
  U104,
  U106,
  U107,
  U108,
  U109,
  U110,
  U111,
  U112,
  U113,
  U114,
  U116,
  U117,
  U118,
  U119,
  U121,
  U122,
  U123,
  U124,
  U125,
  U126,
  U127,
  U128,
  U129,
  U130,
  U131,
  U132,
  U133,
  U135,
  U137,
  U138,
  U139,
  U140,
  U141,
  U144,
  U145,
  U146,
  U147,
  U148,
  U149,
  U150,
};
