import type { syntax } from "../../language/index.js";
import { type Statement, statementsIn } from "../structure/statements.js";
import type { TextRange } from "../view.js";

/** One thing that leads to another one: a DMA goes on from the first to the second, or the first uses the second. */
export interface Edge extends TextRange {
  readonly from: syntax.Name;
  readonly to: syntax.Name;
}

/**
 * What a statement, and those inside it, make lead where. A process leads to the device to which it submits; an
 * owner to the devices that it binds and the IOASIDs that it maps into its KVM table; a device to the IOASIDs to
 * which it is attached, to the process whose memory it shares, and to its pdev or IOMMU; a PASID table to the
 * IOASIDs in it; an IOASID to its parent and to the memory that it maps.
 * @param path the statements around it and itself, the outermost first
 */
export function* edgesOf(path: readonly Statement[]): Generator<Edge> {
  const statement = path.at(-1);
  if (!statement) return;
  const [from, to] = endsOf(statement, path.slice(0, -1));
  if (from?.text && to?.text) yield { from, to, ...between([from, to], statement) };
  // What scenarios do is no one thing's, so nobody asks for all of it.
  if (statement.kind === "scenario") return;
  for (const inner of statementsIn(statement)) yield* edgesOf([...path, inner]);
}

type Ends = readonly [syntax.Name | undefined, syntax.Name | undefined];

function endsOf(statement: Statement, around: readonly Statement[]): Ends {
  switch (statement.kind) {
    case "mdev":
      return [statement.name, statement.parent];
    case "pdev":
      return [statement.name, statement.iommu];
    case "ioasid":
    case "object":
      return [statement.name, statement.parent];
    case "copy":
      return [statement.destination, statement.space];
    case "attach":
    case "replace":
      return [statement.device, statement.space];
    case "map":
    case "pte":
      return [statement.space ?? tableIn(around), memoryOf(statement.target)];
    case "entry":
      return [statement.table ?? tableIn(around), nameOf(statement.space)];
    case "bind":
      return [statement.owner ?? ownerIn(around), statement.device];
    case "sva":
      return [statement.device, ownerIn(around)];
    case "kvm-map":
      return [statement.owner ?? ownerIn(around), statement.space];
    case "enqcmd":
      return [statement.process, statement.device];
    case "enqcmds":
      return [statement.owner, statement.device];
    default:
      return [undefined, undefined];
  }
}

/** The space in whose body a line stands. */
function tableIn(around: readonly Statement[]): syntax.Name | undefined {
  const table = around.at(-1);
  if (table?.kind === "ioasid" || table?.kind === "object") return table.name;
  return table?.kind === "bind-table" ? table.space : undefined;
}

function ownerIn(around: readonly Statement[]): syntax.Name | undefined {
  const owner = around.find(({ kind }) => kind === "guest" || kind === "native");
  return owner && "name" in owner ? owner.name : undefined;
}

function memoryOf(target: syntax.PteStep["target"]): syntax.Name | undefined {
  return target?.kind === "region" ? target.memory : undefined;
}

function nameOf(space: syntax.EntryStep["space"]): syntax.Name | undefined {
  return space?.kind === "name" ? space : undefined;
}

/** The part of a statement from one name to the other; what stands around the statement is not in it. */
function between(names: readonly TextRange[], { start, end }: TextRange): TextRange {
  const inside = names.filter((name) => start <= name.start && name.end <= end);
  return {
    start: Math.min(...inside.map((name) => name.start)),
    end: Math.max(...inside.map((name) => name.end)),
  };
}
