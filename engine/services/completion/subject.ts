import { spaceOn } from "./indices.js";
import type { Spot } from "./spot.js";

/** The name of the space that a line writes to: its own, or that of the statement around its braces. */
export function spaceNameOf({ statement, path }: Spot) {
  if (statement && "space" in statement && statement.space?.kind === "name") {
    if (statement.kind !== "entry") return statement.space;
  }
  if (statement?.kind === "entry" && statement.table) return statement.table;
  const around = path.at(-2);
  if (around?.kind === "ioasid" || around?.kind === "object") return around.name;
  return around?.kind === "bind-table" ? around.space : undefined;
}

/** The space that a line writes to, as it stands right before it. */
export function spaceOfLine(spot: Spot, what: "structure" | "all"): ReturnType<typeof spaceOn> {
  const machine = spot.machine(what);
  return machine && spaceOn(machine, spot.find(spaceNameOf(spot), "space"));
}
