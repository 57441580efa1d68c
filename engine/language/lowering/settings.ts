import type { Platform } from "../../simulator/index.js";
import type { SourceItem } from "../names/load.js";
import type { CpuDeclaration, UapiDeclaration } from "../syntax/index.js";
import { type Context, has, propertyOf } from "./context.js";

/**
 * The version of the calls with its options, and the host CPU.
 * @param policy the `pasid-policy` of a file that states none
 */
export function lowerSettings(
  context: Context,
  file: string,
  items: readonly SourceItem[],
  policy: Platform["pasidPolicy"] = "precise",
): Pick<Platform, "uapi" | "uapiOrigin" | "pasidPolicy" | "kvmMap" | "cpu"> {
  const uapi = onlyOne<UapiDeclaration>(
    context,
    items.filter((each) => each.file === file),
    "uapi",
  );
  const version = uapi?.item.version;
  const cpu = onlyOne<CpuDeclaration>(context, items, "cpu");
  const options = uapi?.item.properties ?? [];
  return {
    uapi: version?.text ?? "v2",
    uapiOrigin: uapi && version ? context.origin(uapi.file, uapi.item, version.end) : -1,
    pasidPolicy: propertyOf(options, "pasid-policy")?.text ?? policy,
    kvmMap: propertyOf(options, "kvm-map")?.text ?? "ioasid",
    cpu: {
      enqcmd: cpu !== undefined && has(cpu.item.properties, "enqcmd"),
      pasidTranslation: cpu !== undefined && has(cpu.item.properties, "pasid-translation"),
      origin: cpu ? context.origin(cpu.file, cpu.item, cpu.item.start + "cpu".length) : -1,
    },
  };
}

/** The first block of a kind; every other one is reported with the place of the first. */
function onlyOne<T extends UapiDeclaration | CpuDeclaration>(
  context: Context,
  items: readonly SourceItem[],
  kind: T["kind"],
): { readonly file: string; readonly item: T } | undefined {
  let first: { readonly file: string; readonly item: T } | undefined;
  for (const { file, item } of items) {
    if (item.kind !== kind) continue;
    if (!first) {
      first = { file, item: item as T };
      continue;
    }
    // Both `uapi` stand in this file, and the parser has told about the second.
    if (kind === "uapi") continue;
    const span = { file, start: item.start, end: item.start + kind.length };
    const { start } = first.item;
    const place = { file: first.file, start, end: start + kind.length };
    context.reporter.report("S047", { block: kind, place: "this program" }, span, [
      { span: place, message: "the first one counts" },
    ]);
  }
  return first;
}
