import type { Call } from "../call.js";
import type { Refusal } from "../refusal.js";
import { setHugePages } from "./ioas.js";
import { find } from "./table.js";

const RLIMIT_MODE = 0;
const HUGE_PAGES = 1;
const SET = 0;
const GET = 1;

/** One IOMMU_OPTION. */
export interface OptionRequest {
  readonly option: number;
  readonly op: number;
  readonly object: number;
  /** 0 or 1; anything else is no value of these options. */
  readonly value: number;
}

/**
 * IOMMU_OPTION (`iommufd_option`): how pinned memory is accounted, and whether an IOAS maps huge pages.
 * @returns the value for GET; U120 for an option, operation or value that there is not, EBUSY for a mode that
 *   comes too late; U102 ENOENT, and what `setHugePages` refuses
 */
export function option(call: Call, owner: number, request: OptionRequest): number | Refusal | undefined {
  switch (request.option) {
    case RLIMIT_MODE:
      return rlimitMode(call, owner, request);
    case HUGE_PAGES:
      return hugePages(call, owner, request);
    default:
      return refuse(call, "EOPNOTSUPP", `option ${request.option}`, "the kernel has no such option");
  }
}

function refuse(call: Call, errno: "EOPNOTSUPP" | "EINVAL" | "EBUSY", name: string, reason: string): Refusal {
  return call.refuse("U120", errno, { option: name, reason });
}

function rlimitMode(call: Call, owner: number, request: OptionRequest): number | Refusal | undefined {
  const { machine } = call;
  const name = "IOMMU_OPTION_RLIMIT_MODE";
  if (request.object !== 0) return refuse(call, "EOPNOTSUPP", name, "it is of the context, not of an object");
  if (request.op === GET) return machine.iommufd.accountsMm.has(owner) ? 1 : 0;
  if (request.op !== SET) return refuse(call, "EOPNOTSUPP", name, "an option is set or got");
  for (const [, object] of machine.iommufd.objects.entries()) {
    if (object.owner === owner)
      return refuse(call, "EBUSY", name, "it is set before the first object is made");
  }
  if (request.value !== 0 && request.value !== 1)
    return refuse(call, "EINVAL", name, "its values are 0 and 1");
  const { accountsMm } = machine.ownIommufd();
  if (request.value === 1) accountsMm.set(owner, true);
  else accountsMm.delete(owner);
  return undefined;
}

function hugePages(call: Call, owner: number, request: OptionRequest): number | Refusal | undefined {
  const name = "IOMMU_OPTION_HUGE_PAGES";
  const ioas = find(call, owner, request.object, "ioas", "IOMMU_OPTION");
  if ("rule" in ioas) return ioas;
  if (request.op === GET) return ioas.hugePages ? 1 : 0;
  if (request.op !== SET) return refuse(call, "EOPNOTSUPP", name, "an option is set or got");
  if (request.value !== 0 && request.value !== 1)
    return refuse(call, "EINVAL", name, "its values are 0 and 1");
  return setHugePages(call, ioas, request.value === 1);
}
