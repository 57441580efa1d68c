import { type LineMap, lineMap, type Position, type Program, type Span } from "../language/index.js";

/** Turns offsets into lines and characters, with one index of each file however often it is asked. */
export class Places {
  private readonly maps = new Map<string, LineMap>();

  constructor(readonly program: Program) {}

  startOf(span: Span): Position {
    return this.mapOf(span.file).position(span.start);
  }

  endOf(span: Span): Position {
    return this.mapOf(span.file).position(span.end);
  }

  textOf(file: string): string {
    return this.program.sources.get(file) ?? "";
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
