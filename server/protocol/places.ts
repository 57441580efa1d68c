/** A place as the protocol counts it: lines and characters from 0, the end exclusive. */
export interface RangeIn {
  readonly uri: string;
  readonly range: { readonly start: PositionIn; readonly end: PositionIn };
}

export interface PositionIn {
  readonly line: number;
  readonly character: number;
}

/** Argument of the command that shows places. */
export interface ShownPlaces {
  /** Where they were asked for. */
  readonly from: { readonly uri: string; readonly position: PositionIn };
  readonly places: readonly RangeIn[];
}
