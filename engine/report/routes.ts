import { formatRid, type Machine, type Origin, pasidTables } from "../simulator/index.js";
import { deviceName } from "./names.js";

/** One way by which requests get to a space, and the statement that made it. */
export interface Route {
  /** `RID 3b:00.0`, `RID 6a:01.0 PASID 2`, `RID 3b:00.0 all PASIDs`, `vgpu in software`. */
  readonly text: string;
  readonly origin: Origin;
}

const known = new WeakMap<Machine, ReadonlyMap<number, readonly Route[]>>();

/**
 * The routing information that leads to a space as the machine stands: the entries of the PASID tables that
 * name it, the RIDs whose PASID table it is, and the software mdevs whose default space it is.
 * @param machine one that does not change any more
 * @param space its number
 */
export function routesTo(machine: Machine, space: number): readonly Route[] {
  let routes = known.get(machine);
  if (!routes) {
    routes = allRoutes(machine);
    known.set(machine, routes);
  }
  return routes.get(space) ?? [];
}

/** `RID 6a:01.0 PASID 2`. @param pasid on the wire; `undefined` for requests without one */
export function routeText(rid: number, pasid: number | undefined): string {
  return pasid === undefined ? `RID ${formatRid(rid)}` : `RID ${formatRid(rid)} PASID ${pasid}`;
}

function allRoutes(machine: Machine): Map<number, Route[]> {
  const routes = new Map<number, Route[]>();
  const add = (space: number, route: Route): void => {
    const list = routes.get(space);
    if (list) list.push(route);
    else routes.set(space, [route]);
  };
  const { devices } = machine.platform;
  for (const { wire, physical, use, space, origin } of pasidTables(machine)) {
    const isTable = use === "default" && machine.device(wire).guestTable === space;
    const pasid = use === "default" ? undefined : physical;
    const text = isTable ? wholeText(devices[wire]!.rid) : routeText(devices[wire]!.rid, pasid);
    add(space, { text, origin });
  }
  for (const [index, { category, rid }] of devices.entries()) {
    const { defaults, guestTable } = machine.device(index);
    const last = defaults.at(-1);
    if (!last) continue;
    const { space, origin } = last;
    const isRouted = machine.device(index).entries.get(0)?.space === space;
    if (guestTable === space && !isRouted) add(space, { text: wholeText(rid), origin });
    if (category === 1) add(space, { text: `${deviceName(machine.platform, index)} in software`, origin });
  }
  return routes;
}

function wholeText(rid: number): string {
  return `RID ${formatRid(rid)} all PASIDs`;
}
