import type { Call } from "../call.js";
import type { Refusal } from "../refusal.js";
import { removeSpace } from "../space/remove.js";
import { destroyHwpt } from "./hwpt.js";
import type { IommufdObject } from "./objects.js";
import { findAny, get, hold, missing, remove } from "./table.js";
import { destroyVdevice } from "./viommu.js";

/**
 * IOMMU_DESTROY of any object (`iommufd_object_remove`).
 * @returns U102 ENOENT, or U104 EBUSY while somebody has a reference to it
 */
export function destroy(call: Call, owner: number, number: number): Refusal | undefined {
  const { machine } = call;
  const object = findAny(machine, owner, number);
  if (!object) return missing(call, "IOMMU_DESTROY", "an object", undefined);
  if (object.users > 0) {
    const users = usersOf(call, object);
    const related = users.map(({ name, origin }) => ({ origin, note: `${name} uses ${object.name}` }));
    const args = { object: object.name, users: users.map(({ name }) => name).join(", ") };
    return call.refuse("U104", "EBUSY", args, related);
  }
  switch (object.type) {
    case "hwpt-paging":
    case "hwpt-nested":
      destroyHwpt(call, object);
      return undefined;
    case "vdevice":
      destroyVdevice(call, object);
      return undefined;
    case "ioas":
      removeSpace(machine, number);
      remove(machine, number);
      return undefined;
    case "viommu":
      hold(machine, object.hwpt, -1);
      remove(machine, number);
      return undefined;
    default:
      remove(machine, number);
      return undefined;
  }
}

/** The objects that hold a reference to one, for people. */
function usersOf({ machine }: Call, object: IommufdObject): IommufdObject[] {
  const found: IommufdObject[] = [];
  for (const [, other] of machine.iommufd.objects.entries()) {
    if (other.owner === object.owner && references(other).includes(object.number)) found.push(other);
  }
  for (const [, group] of machine.iommufd.groups.entries()) {
    for (const [, attachment] of group.entries()) {
      if (attachment.hwpt !== object.number) continue;
      for (const device of attachment.devices) found.push(get(machine, device, "device"));
    }
  }
  return found;
}

function references(object: IommufdObject): readonly (number | undefined)[] {
  switch (object.type) {
    case "hwpt-paging":
      return [object.ioas, object.fault];
    case "hwpt-nested":
      return [object.viommu ?? object.parent, object.fault];
    case "viommu":
      return [object.hwpt];
    case "vdevice":
      return [object.viommu];
    case "access":
      return [object.ioas];
    default:
      return [];
  }
}
