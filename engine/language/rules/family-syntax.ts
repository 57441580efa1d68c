/** S001 to S039: what is not a sentence of the language. */
import type { Rule } from "./rule.js";
import { rule as S001 } from "./S001-unknown-character.js";
import { rule as S002 } from "./S002-unterminated-string.js";
import { rule as S003 } from "./S003-unterminated-comment.js";
import { rule as S004 } from "./S004-number-too-large.js";
import { rule as S005 } from "./S005-malformed-number.js";
import { rule as S006 } from "./S006-malformed-pci-address.js";
import { rule as S007 } from "./S007-mark-apart.js";
import { rule as S008 } from "./S008-not-text.js";
import { rule as S009 } from "./S009-unknown-statement.js";
import { rule as S010 } from "./S010-unexpected.js";
import { rule as S011 } from "./S011-missing.js";
import { rule as S012 } from "./S012-missing-open-brace.js";
import { rule as S013 } from "./S013-missing-close-brace.js";
import { rule as S014 } from "./S014-stray-close-brace.js";
import { rule as S015 } from "./S015-misplaced-statement.js";
import { rule as S016 } from "./S016-unknown-property.js";
import { rule as S017 } from "./S017-property-twice.js";
import { rule as S018 } from "./S018-missing-value.js";
import { rule as S019 } from "./S019-unknown-choice.js";
import { rule as S020 } from "./S020-no-range.js";
import { rule as S021 } from "./S021-uapi-not-first.js";
import { rule as S022 } from "./S022-uapi-twice.js";
import { rule as S023 } from "./S023-detach-from.js";
import { rule as S024 } from "./S024-unknown-outcome.js";
import { rule as S025 } from "./S025-unknown-fault.js";
import { rule as S026 } from "./S026-reserved-word-as-name.js";
import { rule as S027 } from "./S027-vm-exit-reason.js";
import { rule as S028 } from "./S028-too-many.js";
import { rule as S029 } from "./S029-outcome-of-nothing.js";
import { rule as S030 } from "./S030-no-rule-id.js";
import { rule as S031 } from "./S031-declared-with-owner.js";
import { rule as S032 } from "./S032-space-in-body.js";

export const SYNTAX_RULES: readonly Rule[] = [
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
] as readonly Rule[];
