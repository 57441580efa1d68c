import { MAX_ADDRESS, toHex, ZERO } from "../../../address/index.js";
import { compose, type Machine, memoryAt, type Piece } from "../../../simulator/index.js";
import { placeText } from "../../run/words.js";
import { accessText, rangeText } from "../text.js";
import type { Plan } from "./plan.js";

const EVERYTHING = { start: ZERO, last: MAX_ADDRESS };

/** The tables that a VMM keeps in the place of software nesting: what each child comes to in memory. */
export class Shadows {
  /** By space: the areas that are mapped, by what each is. */
  private areas = new Map<number, ReadonlyMap<string, Piece>>();

  constructor(private readonly plan: Plan) {}

  /** Goes on with a copy. @returns puts back what there was */
  fork(): () => void {
    const before = this.areas;
    this.areas = new Map(before);
    return () => {
      this.areas = before;
    };
  }

  /**
   * What a VMM has to do after a call, for every child.
   * @param ref how a space is written
   */
  follow(machine: Machine, ref: (space: number) => string): string[] {
    const lines: string[] = [];
    for (const [number, space] of machine.spaces.entries()) {
      if (space.kind !== "shadow") continue;
      const before = this.areas.get(number) ?? new Map<string, Piece>();
      const after = new Map(
        compose(machine, space, EVERYTHING)
          .filter(({ access }) => access !== 0)
          .map((piece) => [keyOf(piece), piece]),
      );
      for (const [key, { input }] of before) {
        if (!after.has(key)) lines.push(`unmap ${ref(number)} ${rangeText(input)}`);
      }
      for (const [key, { input, physical, access }] of after) {
        if (before.has(key)) continue;
        const { platform } = this.plan;
        const place = placeText(platform, memoryAt(platform, physical), physical);
        lines.push(`map ${ref(number)} ${rangeText(input)} -> ${place}${accessText(access)}`);
      }
      this.areas.set(number, after);
    }
    return lines;
  }
}

function keyOf({ input, physical, access }: Piece): string {
  return [toHex(input.start), toHex(input.last), toHex(physical), access].join(" ");
}
