import { rule as P001 } from "./P001-pasid-not-supported.js";
import { rule as P002 } from "./P002-default-space-taken.js";
import { rule as P003 } from "./P003-pasid-width.js";
import { rule as P004 } from "./P004-pasid-zero.js";
import { rule as P005 } from "./P005-pasid-taken.js";
import { rule as P006 } from "./P006-ppasid-conflict.js";
import { rule as P007 } from "./P007-pool-exhausted.js";
import { rule as P008 } from "./P008-global-pasid-too-wide.js";
import { rule as P009 } from "./P009-enqcmd-mix.js";
import { rule as P010 } from "./P010-kvm-map-missing.js";
import { rule as P011 } from "./P011-kvm-slot-taken.js";
import { rule as P012 } from "./P012-kvm-map-without-ppasid.js";
import { rule as P013 } from "./P013-kvm-map-unneeded.js";
import { rule as P014 } from "./P014-kvm-unmap-unmapped.js";
import { rule as P015 } from "./P015-not-attached-to-parent.js";
import { rule as P016 } from "./P016-free-in-use.js";
import { rule as P017 } from "./P017-group-incomplete.js";
import { rule as P018 } from "./P018-before-first-attach.js";
import { rule as P019 } from "./P019-incompatible-iommu.js";
import { rule as P020 } from "./P020-bound-elsewhere.js";
import { rule as P021 } from "./P021-attach-before-bind.js";
import { rule as P022 } from "./P022-bind-table-on-kernel-managed.js";
import { rule as P023 } from "./P023-map-on-user-managed.js";
import { rule as P024 } from "./P024-pasid-table-kernel-owned.js";
import { rule as P025 } from "./P025-nesting-depth.js";
import { rule as P026 } from "./P026-foreign-space.js";
import { rule as P027 } from "./P027-sibling-vpasids.js";
import { rule as P028 } from "./P028-stale-kvm-mapping.js";
import { rule as P029 } from "./P029-enqcmd-to-category-4.js";
import { rule as P030 } from "./P030-interrupt-pasid.js";

/** P001 to P030: conflicts between devices, PASIDs, spaces and owners (the conflict catalogue). */
export const CONFLICT_RULES = {
  P001,
  P002,
  P003,
  P004,
  P005,
  P006,
  P007,
  P008,
  P009,
  P010,
  P011,
  P012,
  P013,
  P014,
  P015,
  P016,
  P017,
  P018,
  P019,
  P020,
  P021,
  P022,
  P023,
  P024,
  P025,
  P026,
  P027,
  P028,
  P029,
  P030,
};
