import { page as U001 } from "./U001-mapping-overlap.js";
import { page as U002 } from "./U002-reserved-range.js";
import { page as U003 } from "./U003-partial-unmap.js";
import { page as U004 } from "./U004-unmap-nothing.js";
import { page as U005 } from "./U005-page-alignment.js";
import { page as U006 } from "./U006-address-width.js";
import { page as U007 } from "./U007-target-outside-memory.js";
import { page as U008 } from "./U008-target-not-registered.js";
import { page as U009 } from "./U009-unregister-mapped.js";
import { page as U010 } from "./U010-unregister-unknown.js";
import { page as U011 } from "./U011-registered-already.js";
import { page as U012 } from "./U012-invalidate-kernel-managed.js";
import { page as U013 } from "./U013-info-before-attach.js";
import { page as U014 } from "./U014-no-such-ioasid.js";
import { page as U015 } from "./U015-other-uapi.js";
import { page as U016 } from "./U016-not-a-guest-table.js";
import { page as U017 } from "./U017-table-bound.js";
import { page as U018 } from "./U018-no-table-bound.js";
import { page as U019 } from "./U019-cannot-nest.js";
import { page as U020 } from "./U020-not-attached.js";
import { page as U021 } from "./U021-parent-before-child.js";
import { page as U022 } from "./U022-unbind-attached.js";
import { page as U023 } from "./U023-unbind-not-bound.js";
import { page as U024 } from "./U024-physical-differs.js";
import { page as U025 } from "./U025-second-global-pasid.js";
import { page as U026 } from "./U026-physical-out-of-range.js";
import { page as U027 } from "./U027-group-bound-elsewhere.js";
import { page as U028 } from "./U028-group-split.js";
import { page as U029 } from "./U029-mapping-in-reserved-range.js";
import { page as U030 } from "./U030-no-page-request.js";
import { page as U031 } from "./U031-response-without-device.js";
import { page as U032 } from "./U032-no-pasid-translation.js";
import { page as U033 } from "./U033-pasid-not-authorized.js";
import { page as U034 } from "./U034-cannot-migrate.js";
import { page as U035 } from "./U035-sva-not-possible.js";
import { page as U036 } from "./U036-pasid-register-width.js";
import { page as U037 } from "./U037-process-of-another-guest.js";
import { page as U038 } from "./U038-name-in-use.js";
import { page as U090 } from "./U090-outcome-differs.js";
import { page as U091 } from "./U091-assertion-failed.js";
import { page as U092 } from "./U092-wrong-space.js";
import { page as U093 } from "./U093-stale-entry.js";
import { page as U094 } from "./U094-delegation-differs.js";
import { page as U095 } from "./U095-mapping-unused.js";
import { page as U096 } from "./U096-space-unreached.js";
import { page as U097 } from "./U097-device-never-attached.js";
import { page as U098 } from "./U098-process-without-space.js";
import { page as U099 } from "./U099-stale-at-end.js";
import { page as U102 } from "./U102-no-such-object.js";
import { page as U103 } from "./U103-not-a-page-table.js";
import { page as U104 } from "./U104-object-busy.js";
import { page as U106 } from "./U106-field-overflow.js";
import { page as U107 } from "./U107-iova-alignment.js";
import { page as U108 } from "./U108-iova-reserved.js";
import { page as U109 } from "./U109-iova-mapped.js";
import { page as U110 } from "./U110-memory-not-pinned.js";
import { page as U111 } from "./U111-partial-area.js";
import { page as U112 } from "./U112-nothing-mapped.js";
import { page as U113 } from "./U113-copy-hole.js";
import { page as U114 } from "./U114-copy-writeable.js";
import { page as U116 } from "./U116-allowed-ranges.js";
import { page as U117 } from "./U117-allowed-reserved.js";
import { page as U118 } from "./U118-reservation-conflict.js";
import { page as U119 } from "./U119-alignment-conflict.js";
import { page as U121 } from "./U121-hwpt-unsupported.js";
import { page as U122 } from "./U122-hwpt-data.js";
import { page as U123 } from "./U123-hwpt-parent.js";
import { page as U124 } from "./U124-group-elsewhere.js";
import { page as U125 } from "./U125-attached-already.js";
import { page as U126 } from "./U126-hwpt-without-pasid.js";
import { page as U127 } from "./U127-ioas-at-pasid.js";
import { page as U128 } from "./U128-rid-without-pasid.js";
import { page as U129 } from "./U129-rid-with-pasids.js";
import { page as U130 } from "./U130-pasid-beyond-device.js";
import { page as U131 } from "./U131-pasid-in-use.js";
import { page as U132 } from "./U132-hwpt-incompatible.js";
import { page as U133 } from "./U133-replace-nothing.js";
import { page as U135 } from "./U135-vdevice-missing.js";
import { page as U137 } from "./U137-viommu-unsupported.js";
import { page as U138 } from "./U138-viommu-parent.js";
import { page as U139 } from "./U139-vdevice-taken.js";
import { page as U140 } from "./U140-vdevice-other-iommu.js";
import { page as U141 } from "./U141-invalidate-refused.js";
import { page as U144 } from "./U144-not-bound.js";
import { page as U145 } from "./U145-no-kvm-pasid.js";
import { page as U146 } from "./U146-slice-needs-pasid.js";
import { page as U147 } from "./U147-bound-already.js";
import { page as U148 } from "./U148-vf-fault-queue.js";
import { page as U149 } from "./U149-pasid-beyond-vfio.js";
import { page as U150 } from "./U150-pasid-in-guest-table.js";

/** The pages of the rules about calls, by their ids. */
export const CALL_PAGES = {
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
