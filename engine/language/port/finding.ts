import type { Counterpart } from "./counterparts.js";

/** One thing that a port could not bring along, or had to change. */
export interface PortFinding {
  /** UTF-16 offsets in the text that was ported, `end` exclusive. */
  readonly start: number;
  readonly end: number;
  /** A sentence that says what it is. */
  readonly message: string;
  /** What a VMM does instead, and where that is written; absent for what merely answers otherwise. */
  readonly counterpart?: Counterpart;
}

export function lacking(at: { start: number; end: number }, counterpart: Counterpart): PortFinding {
  const { what } = counterpart;
  const message = `There is no counterpart for ${what}.`;
  return { start: at.start, end: at.end, message, counterpart };
}
