import { page as S001 } from "./S001-unknown-character.js";
import { page as S002 } from "./S002-unterminated-string.js";
import { page as S003 } from "./S003-unterminated-comment.js";
import { page as S004 } from "./S004-number-too-large.js";
import { page as S005 } from "./S005-malformed-number.js";
import { page as S006 } from "./S006-malformed-pci-address.js";
import { page as S007 } from "./S007-mark-apart.js";
import { page as S008 } from "./S008-not-text.js";
import { page as S009 } from "./S009-unknown-statement.js";
import { page as S010 } from "./S010-unexpected.js";
import { page as S011 } from "./S011-missing.js";
import { page as S012 } from "./S012-missing-open-brace.js";
import { page as S013 } from "./S013-missing-close-brace.js";
import { page as S014 } from "./S014-stray-close-brace.js";
import { page as S015 } from "./S015-misplaced-statement.js";
import { page as S016 } from "./S016-unknown-property.js";
import { page as S017 } from "./S017-property-twice.js";
import { page as S018 } from "./S018-missing-value.js";
import { page as S019 } from "./S019-unknown-choice.js";
import { page as S020 } from "./S020-no-range.js";
import { page as S021 } from "./S021-uapi-not-first.js";
import { page as S022 } from "./S022-uapi-twice.js";
import { page as S023 } from "./S023-detach-from.js";
import { page as S024 } from "./S024-unknown-outcome.js";
import { page as S025 } from "./S025-unknown-fault.js";
import { page as S026 } from "./S026-reserved-word-as-name.js";
import { page as S027 } from "./S027-vm-exit-reason.js";
import { page as S028 } from "./S028-too-many.js";
import { page as S029 } from "./S029-outcome-of-nothing.js";
import { page as S030 } from "./S030-no-rule-id.js";
import { page as S031 } from "./S031-declared-with-owner.js";
import { page as S032 } from "./S032-space-in-body.js";
import { page as S040 } from "./S040-unknown-name.js";
import { page as S041 } from "./S041-ambiguous-name.js";
import { page as S042 } from "./S042-wrong-kind.js";
import { page as S043 } from "./S043-duplicate-name.js";
import { page as S044 } from "./S044-import-not-readable.js";
import { page as S045 } from "./S045-import-cycle.js";
import { page as S046 } from "./S046-import-of-other-uapi.js";
import { page as S047 } from "./S047-second-block.js";
import { page as S048 } from "./S048-memory-backing.js";
import { page as S049 } from "./S049-memory-overlap.js";
import { page as S050 } from "./S050-page-sizes.js";
import { page as S051 } from "./S051-group-member.js";
import { page as S052 } from "./S052-allow-of-unknown-rule.js";
import { page as S053 } from "./S053-statement-of-other-owner.js";
import { page as S054 } from "./S054-outcome-without-call.js";
import { page as S055 } from "./S055-owner-needed.js";
import { page as S056 } from "./S056-number-out-of-range.js";
import { page as S057 } from "./S057-iommu-needed.js";
import { page as S058 } from "./S058-pci-address-taken.js";
import { page as S059 } from "./S059-vf-of-vf.js";
import { page as S061 } from "./S061-outside-memory.js";
import { page as S062 } from "./S062-too-many-mistakes.js";
import { page as S063 } from "./S063-unreadable-switch.js";
import { page as S064 } from "./S064-switch-of-unknown-rule.js";
import { page as S065 } from "./S065-ignore-without-reason.js";
import { page as S066 } from "./S066-ignore-of-nothing.js";
import { page as S067 } from "./S067-unreadable-config.js";
import { page as S068 } from "./S068-config-value.js";
import { page as S069 } from "./S069-internal-error.js";
import { page as S070 } from "./S070-hidden-failure.js";

/** The pages of the rules about the text, names and switches, by their ids. */
export const TEXT_PAGES = {
  S001,
  S002,
  S003,
  S004,
  S005,
  S006,
  S007,
  S008,
  S009,
  S010,
  S011,
  S012,
  S013,
  S014,
  S015,
  S016,
  S017,
  S018,
  S019,
  S020,
  S021,
  S022,
  S023,
  S024,
  S025,
  S026,
  S027,
  S028,
  S029,
  S030,
  S031,
  S032,
  S040,
  S041,
  S042,
  S043,
  S044,
  S045,
  S046,
  S047,
  S048,
  S049,
  S050,
  S051,
  S052,
  S053,
  S054,
  S055,
  S056,
  S057,
  S058,
  S059,
  S061,
  S062,
  S063,
  S064,
  S065,
  S066,
  S067,
  S068,
  S069,
  S070,
};
