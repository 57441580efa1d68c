import { formatRange } from "../../address/index.js";
import type { IommufdObject } from "./objects.js";
import type { IommufdState } from "./state.js";

/** The objects of all contexts as text, one fact per line: what two states are compared by. */
export function* iommufdLines(state: IommufdState): IterableIterator<string> {
  for (const [, object] of state.objects.entries()) yield* objectLines(object);
  for (const [group, attachments] of state.groups.entries()) {
    for (const [pasid, { hwpt, devices, handle }] of attachments.entries()) {
      yield `group ${group} pasid ${pasid} hwpt ${hwpt} devices ${devices.join()} handle ${handle}`;
    }
  }
  for (const [owner] of state.accountsMm.entries()) yield `owner ${owner} accounts to the mm`;
}

function* objectLines(object: IommufdObject): IterableIterator<string> {
  const { type, number, owner, users, origin } = object;
  const name = `${type} ${number}`;
  yield `${name} owner ${owner} users ${users} @${origin} ${JSON.stringify(facts(object))}`;
  if (object.type !== "ioas") return;
  for (const area of object.areas.entries()) {
    yield `${name} area ${formatRange(area)} -> ${area.target.page} ${area.target.offset} ${area.access}`;
  }
}

/** Everything of an object that is plain data. */
function facts(object: IommufdObject): object {
  if (object.type !== "ioas") return object;
  const { areas, ...rest } = object;
  return { ...rest, size: areas.size };
}
