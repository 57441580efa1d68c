import { page as P001 } from "./P001-pasid-not-supported.js";
import { page as P002 } from "./P002-default-space-taken.js";
import { page as P003 } from "./P003-pasid-width.js";
import { page as P004 } from "./P004-pasid-zero.js";
import { page as P005 } from "./P005-pasid-taken.js";
import { page as P006 } from "./P006-ppasid-conflict.js";
import { page as P007 } from "./P007-pool-exhausted.js";
import { page as P008 } from "./P008-global-pasid-too-wide.js";
import { page as P009 } from "./P009-enqcmd-mix.js";
import { page as P010 } from "./P010-kvm-map-missing.js";
import { page as P011 } from "./P011-kvm-slot-taken.js";
import { page as P012 } from "./P012-kvm-map-without-ppasid.js";
import { page as P013 } from "./P013-kvm-map-unneeded.js";
import { page as P014 } from "./P014-kvm-unmap-unmapped.js";
import { page as P015 } from "./P015-not-attached-to-parent.js";
import { page as P016 } from "./P016-free-in-use.js";
import { page as P017 } from "./P017-group-incomplete.js";
import { page as P018 } from "./P018-before-first-attach.js";
import { page as P019 } from "./P019-incompatible-iommu.js";
import { page as P020 } from "./P020-bound-elsewhere.js";
import { page as P021 } from "./P021-attach-before-bind.js";
import { page as P022 } from "./P022-bind-table-on-kernel-managed.js";
import { page as P023 } from "./P023-map-on-user-managed.js";
import { page as P024 } from "./P024-pasid-table-kernel-owned.js";
import { page as P025 } from "./P025-nesting-depth.js";
import { page as P026 } from "./P026-foreign-space.js";
import { page as P027 } from "./P027-sibling-vpasids.js";
import { page as P028 } from "./P028-stale-kvm-mapping.js";
import { page as P029 } from "./P029-enqcmd-to-category-4.js";
import { page as P030 } from "./P030-interrupt-pasid.js";

/** The pages of the rules about conflicts, by their ids. */
export const CONFLICT_PAGES = {
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
