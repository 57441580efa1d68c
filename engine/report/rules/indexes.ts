import { CALLS, type CallAnswers, RULES, type Rule } from "../../language/index.js";
import { type Block, heading, paragraph } from "./blocks.js";
import { findingOf } from "./example.js";
import { severityText } from "./page.js";

/** What the first letter of an id stands for. */
const FAMILIES = [
  { letter: "P", title: "Conflicts", about: "between devices, PASIDs, spaces and owners" },
  { letter: "U", title: "Calls", about: "and what came of them" },
  { letter: "C", title: "Shape", about: "declarations that do not fit together" },
  { letter: "S", title: "Language", about: "text that is no sentence of the language, and names" },
] as const;

/** Every rule in one table for each family. */
export function rulesIndex(): Block[] {
  return [
    heading(1, "Rules"),
    paragraph(
      "Everything that `ioasid` can find has a rule, and every rule has a page: why it exists, where it comes from, an example that meets it, and the same done right. `ioasid explain CODE` prints the page of a rule.",
    ),
    {
      kind: "list",
      items: [
        "[By errno and call](errnos.md): I got EBUSY from VFIO_ATTACH_IOASID, what can it be?",
        "[By device category](categories.md): which rules can a device of category 5 meet?",
      ],
    },
    ...familyTables(link),
  ];
}

/** The same tables for a terminal, where a rule is named by its id alone. */
export function rulesList(): Block[] {
  return familyTables(({ id }) => id);
}

function familyTables(name: (rule: Rule) => string): Block[] {
  return FAMILIES.flatMap(({ letter, title, about }): Block[] => [
    heading(2, `${title}: ${about}`),
    {
      kind: "table",
      heads: ["rule", "what", "severity", "errno", "categories"],
      rows: [...RULES.values()]
        .filter(({ id }) => id.startsWith(letter))
        .map((rule) => [
          name(rule),
          rule.title,
          severityText(rule),
          rule.errno?.join(", ") ?? "",
          rule.categories?.join(", ") ?? "",
        ]),
    },
  ]);
}

/** What each category of RFC v1 is, in one line (Gunthorpe, 28 May 2021). */
const CATEGORIES = [
  "a device that cannot issue a PASID",
  "a mediated device in software, which cannot issue a PASID",
  "a mediated device with one PASID that its driver fixed, and none from the guest",
  "a device that sends the guest's PASID as it is",
  "a device that takes the guest's PASID and translates it itself, or whose driver does",
  "a device that takes the guest's PASID by ENQCMD, translated by the CPU",
];

/** The rules that a device of each category can meet. */
export function categoriesIndex(): Block[] {
  return [
    heading(1, "Rules by device category"),
    paragraph(
      "What the user of a device of each category has to do is told in [device-capabilities.md](../device-capabilities.md). A rule that has nothing to do with categories is not listed here; see [all rules](README.md).",
    ),
    ...CATEGORIES.flatMap((about, category): Block[] => [
      heading(2, `Category ${category}: ${about}`),
      {
        kind: "list",
        items: [...RULES.values()]
          .filter(({ categories }) => categories?.includes(category))
          .map((rule) => `${link(rule)} ${rule.title}${errnoText(rule)}`),
      },
    ]),
  ];
}

/** For each call and errno, the rules that can be the reason, each with the words of its example. */
export function errnosIndex(): Block[] {
  return [
    heading(1, "Rules by errno and call"),
    paragraph(
      "Find the call, then the errno that it returned. Each rule below it can be the reason; what stands behind it is what `ioasid check` says of the example on its page.",
    ),
    {
      kind: "list",
      items: CALLS.map((call) => `[${call.names[0]}](#${anchorOf(titleOf(call))})${errnosOf(call)}`),
    },
    ...CALLS.flatMap(callBlocks),
  ];
}

function callBlocks(call: CallAnswers): Block[] {
  const others = call.names.slice(1);
  const also = others.length === 0 ? "" : ` The same statement stands for ${others.join(" and ")}.`;
  return [
    heading(2, titleOf(call)),
    paragraph(
      `In a file: ${call.statement
        .split(", ")
        .map((word) => `\`${word}\``)
        .join(", ")}.${also}`,
    ),
    ...Object.entries(call.answers).flatMap(([errno, ids]): Block[] => [
      heading(3, errno),
      { kind: "list", items: ids.map((id) => reasonText(RULES.get(id)!)) },
    ]),
  ];
}

function titleOf({ names }: CallAnswers): string {
  return names[0]!;
}

function errnosOf({ answers }: CallAnswers): string {
  return `: ${Object.keys(answers).join(", ")}`;
}

function reasonText(rule: Rule): string {
  const said = findingOf(rule)?.first.message;
  return `**${link(rule)} ${rule.title}**${said === undefined ? "" : `: ${said}`}`;
}

function errnoText({ errno }: Rule): string {
  return errno ? ` (${errno.join(", ")})` : "";
}

function link({ id }: Rule): string {
  return `[${id}](${id}.md)`;
}

/** The address that GitHub gives a heading. */
function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\w\s-]/g, "")
    .replace(/\s/g, "-");
}
