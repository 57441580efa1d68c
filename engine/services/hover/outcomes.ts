import { codeText, RULES, syntax } from "../../language/index.js";
import { type Block, paragraph } from "../../report/index.js";
import { type Errno, FAULTS, type FaultName, hardwareCodes, type Iommu } from "../../simulator/index.js";
import { listBlock } from "../explain/lines.js";
import { ruleLink } from "../explain/rules.js";
import type { Statement } from "../structure/statements.js";
import { callsOf, errnoHelp, faultHelp } from "../words/index.js";
import { helpBlocks } from "./helps.js";

const UNITS: Readonly<Record<Iommu["form"], string>> = { vtd: "VT-d", smmuv3: "SMMUv3", amd: "AMD-Vi" };
const FORMS = Object.keys(UNITS) as readonly Iommu["form"][];

/** Why a fault of this name is raised, and the hardware codes that it stands for. */
export function faultBlocks(name: FaultName): Block[] {
  const codes = hardwareCodes(name);
  const lines = FORMS.filter((form) => codes[form].length > 0).map(
    (form) => `${UNITS[form]} ${codes[form].map(codeText).join(", ")}`,
  );
  const none = "No IOMMU reports it: the device, its driver or the kernel refuses the request itself.";
  return [
    ...helpBlocks(faultHelp(name)),
    ...(lines.length === 0 ? [paragraph(none)] : [paragraph("Hardware codes:"), ...listBlock(lines)]),
  ];
}

/** What a hardware code of a fault means, for each kind of IOMMU that has it. */
export function codeBlocks(code: number): Block[] {
  const lines = FORMS.flatMap((form) => {
    const names = syntax.FAULT_NAMES.filter((name) => hardwareCodes(name)[form].includes(code));
    return names.length === 0 ? [] : [`${UNITS[form]}: ${names.map(named).join("; ")}`];
  });
  if (lines.length === 0) return [paragraph(`No fault here has the code ${codeText(code)}.`)];
  return [paragraph(`Hardware code ${codeText(code)}:`), ...listBlock(lines)];
}

function named(name: FaultName): string {
  return `\`${name}\`, ${FAULTS[name].text}`;
}

/**
 * What an errno says, and by which rules a call returns it.
 * @param call as the table of calls has it
 */
export function errnoBlocks(errno: Errno, call: string): Block[] {
  const { number, ...help } = errnoHelp(errno);
  const calls = callsOf(call);
  const rules = calls.flatMap(({ answers }) => answers[errno] ?? []);
  const name = calls.flatMap(({ names }) => names).join(" or ");
  return [
    ...helpBlocks({ ...help, text: `${help.text} Its number is ${number}.` }),
    ...(calls.length === 0
      ? []
      : rules.length === 0
        ? [paragraph(`${name} never returns it.`)]
        : [paragraph(`${name} returns it by:`), ...listBlock(rules.map(ruleLine))]),
  ];
}

/** The id of a rule and what it is about. */
export function ruleLine(id: string): string {
  return `${ruleLink(id)} ${RULES.get(id)?.title ?? ""}`;
}

/** A statement as the table of calls has it. */
export function callName(statement: Statement): string {
  switch (statement.kind) {
    case "bind-table":
      return statement.table === "page-table" ? "bind-pgtable" : "bind-pasid-table";
    case "unbind-table":
      return statement.table === "page-table" ? "unbind-pgtable" : "unbind-pasid-table";
    case "kvm-map":
      return "kvm map";
    case "kvm-unmap":
      return "kvm unmap";
    case "kvm-translation":
      return "kvm translation";
    default:
      return statement.kind;
  }
}
