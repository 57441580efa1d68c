import type { syntax } from "../../language/index.js";
import type { Statement } from "../structure/statements.js";

/**
 * The names in a statement whose things it makes or changes; it only uses all others. A device and a space
 * are both changed when one is attached to the other, and so are a guest and a space by a KVM mapping; a DMA,
 * a question and an assertion change nothing that anybody configured.
 */
export function changedNames(statement: Statement): readonly syntax.Name[] {
  return changed(statement).filter((name) => name !== undefined);
}

function changed(statement: Statement): readonly (syntax.Name | undefined)[] {
  switch (statement.kind) {
    case "iommu":
    case "pdev":
    case "mdev":
    case "group":
    case "guest":
    case "native":
    case "memory":
    case "process":
    case "ioasid":
    case "object":
      return [statement.name];
    case "copy":
      return [statement.destination];
    case "free":
    case "destroy":
    case "allow-iovas":
    case "bind-table":
    case "unbind-table":
    case "map":
    case "unmap":
    case "pte":
    case "invalidate":
    case "respond":
      return [statement.space];
    case "entry":
      return [statement.table];
    case "register":
    case "unregister":
      return [statement.region?.memory];
    case "bind":
    case "unbind":
    case "sva":
      return [statement.device];
    case "attach":
    case "replace":
    case "detach":
      return [statement.device, statement.space];
    case "kvm-map":
      return [statement.owner, statement.space];
    case "kvm-unmap":
    case "kvm-translation":
    case "migrate":
      return [statement.owner];
    case "set-pasid":
      return [statement.process];
    default:
      return [];
  }
}
