import type { StateItem } from "../../../server/protocol/index.js";
import type { TableRow } from "../../tables-page/messages.js";

type Kind = StateItem["kind"];

/** How the items of one kind stand in a table. */
interface Form<K extends Kind> {
  readonly columns: readonly string[];
  readonly cells: (item: Extract<StateItem, { kind: K }>) => readonly (string | number | undefined)[];
  readonly sign?: (item: Extract<StateItem, { kind: K }>) => TableRow["sign"];
}

function form<K extends Kind>(made: Form<K>): Form<never> {
  return made as unknown as Form<never>;
}

/** By the first word of the name of a list, which says what it is a list of. */
const FORMS: Readonly<Record<string, Form<never>>> = {
  pasids: form<"pasid-entry">({
    columns: ["PASID", "vPASID", "Device", "Space", "Made by", "Number from"],
    cells: ({ ppasid, vpasid, device, space, use, pool }) => [
      ppasid ?? "none",
      vpasid,
      device,
      space,
      use,
      pool,
    ],
  }),
  kvm: form<"kvm-mapping">({
    columns: [
      "vPASID",
      "Directory",
      "Directory entry",
      "Table entry",
      "pPASID",
      "Space",
      "State",
      "Needed by",
    ],
    cells: ({ vpasid, at, slot, state, needs }) => [
      vpasid,
      at.directory,
      at.directoryIndex,
      at.tableIndex,
      slot?.ppasid ?? "not valid",
      slot?.space ?? needs[0]?.space,
      state,
      needs.map(({ device, ppasid }) => `${device} (pPASID ${ppasid})`).join(", "),
    ],
    sign: ({ state }) => (state === "missing" || state === "conflict" ? "bad" : undefined),
  }),
  mappings: form<"mapping">({
    columns: ["Range", "Target", "Access"],
    cells: ({ range, target, access }) => [range, target, access],
  }),
  entries: form<"entry">({ columns: ["PASID", "Space"], cells: ({ pasid, space }) => [pasid, space] }),
  translations: form<"translation">({
    columns: ["Range", "Target", "Access", "Tables"],
    cells: ({ range, target, access, stale }) => [range, target, access, stale ? "stale" : "agree"],
    sign: ({ stale }) => (stale ? "warning" : undefined),
  }),
  requests: form<"request">({
    columns: ["Space", "Address", "Device", "vPASID", "Access", "Why"],
    cells: ({ space, address, device, pasid, access, fault }) => [
      space,
      address,
      device,
      pasid,
      access,
      fault,
    ],
  }),
  faults: form<"fault">({
    columns: ["Step", "Statement", "Outcome", "Why"],
    cells: ({ step, statement, outcome, reason }) => [step + 1, statement, outcome, reason],
  }),
  history: form<"history">({
    columns: ["Step", "Statement", "Outcome", "Stated", "When"],
    cells: ({ step, statement, outcome, stated, when, isStart }) => [
      step + 1,
      statement,
      when === "here" ? "" : outcome,
      stated,
      `${when === "here" ? "now" : when === "later" ? "not yet" : "ran"}${isStart ? ", start state" : ""}`,
    ],
    sign: ({ when, passed }) => (when === "here" ? "here" : passed || when === "later" ? undefined : "bad"),
  }),
};

/** The columns and rows of a piece of a list. @param list its name */
export function tableOf(
  list: string,
  items: readonly StateItem[],
): { readonly columns: readonly string[]; readonly rows: readonly TableRow[] } {
  const found = FORMS[list.split(":")[0] ?? ""];
  if (!found) return { columns: [], rows: [] };
  const { columns, cells, sign } = found;
  return {
    columns,
    rows: items.map((item) => ({
      cells: cells(item as never).map((each) => (each === undefined ? "" : String(each))),
      sign: sign?.(item as never),
    })),
  };
}
