import { type LineMap, lineMap, type Position, type Program, type Span } from "../language/index.js";

/**
 * Turns offsets into lines and characters, with one index of each file however often it is asked. The places
 * of a ported program are those of the file as it was written.
 */
export class Places {
  private readonly maps = new Map<string, LineMap>();

  constructor(readonly program: Program) {}

  startOf(span: Span): Position {
    const { file, start } = this.written(span);
    return this.mapOf(file).position(start);
  }

  endOf(span: Span): Position {
    const { file, end } = this.written(span);
    return this.mapOf(file).position(end);
  }

  /** Where a piece of the program was written: in the same place, unless it was ported. */
  written(span: Span): Span {
    return this.program.written?.spanOf(span) ?? span;
  }

  textOf(file: string): string {
    const { written, sources } = this.program;
    return (written?.sources ?? sources).get(file) ?? "";
  }

  /** Where the statement with this origin stands; `undefined` for a number that no statement has. */
  spanOf(origin: number | undefined): Span | undefined {
    return origin === undefined ? undefined : this.program.origins[origin];
  }

  private mapOf(file: string): LineMap {
    let map = this.maps.get(file);
    if (!map) {
      map = lineMap(this.textOf(file));
      this.maps.set(file, map);
    }
    return map;
  }
}
