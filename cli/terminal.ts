import { PLAIN, type Style } from "../engine/report/index.js";

const sgr = (on: number, off: number) => (text: string) => `\u001b[${on}m${text}\u001b[${off}m`;

/** Emphasis by the escape codes that every terminal of the last thirty years knows. */
const COLORS: Style = {
  bold: sgr(1, 22),
  dim: sgr(2, 22),
  red: sgr(31, 39),
  green: sgr(32, 39),
  yellow: sgr(33, 39),
  cyan: sgr(36, 39),
};

/** What decides about colours. */
export interface Surroundings {
  readonly isTerminal: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Colours on a terminal that has them, unless `--no-color` or a non-empty NO_COLOR says otherwise.
 * @param wanted false when the command line said `--no-color`
 */
export function styleFor(wanted: boolean, { isTerminal, environment }: Surroundings): Style {
  const refused = !wanted || (environment.NO_COLOR ?? "") !== "" || environment.TERM === "dumb";
  return isTerminal && !refused ? COLORS : PLAIN;
}
