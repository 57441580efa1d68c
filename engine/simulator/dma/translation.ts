import { emptyLeaf, type Leaf } from "../../address/index.js";

/**
 * Where the last translation of a machine led. One object for all of them, so that a translation allocates
 * nothing; it is scratch paper and no part of the state.
 */
export class Translation {
  /** Host-physical frame of the address asked for. */
  page = 0;
  /** Frames from the one asked for to the end of the block that was translated with it. */
  framesLeft = 1;
  /** Space that the PASID entry named; -1 for a host process. */
  space = -1;
  /** Native owner whose process it is, for `space` -1. */
  process = -1;
  hit = false;
  /** Statement that mapped the page. */
  origin = 0;
  readonly leaf: Leaf = emptyLeaf();
  readonly parentLeaf: Leaf = emptyLeaf();
}
