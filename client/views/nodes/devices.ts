import type { DeviceGroup, DeviceItem } from "../../../server/protocol/index.js";
import { iconFor, listing, problemNodes, type TreeNode, tooltip } from "./node.js";

/** The devices, by category. */
export function deviceNodes(groups: readonly DeviceGroup[]): TreeNode[] {
  return groups.map(({ category, title, devices }) => ({
    key: `category ${category ?? "none"}`,
    label: category === undefined ? "No category" : `Category ${category}`,
    description: title,
    isOpen: true,
    children: [listing(devices, deviceNode)],
  }));
}

function deviceNode(device: DeviceItem): TreeNode {
  const { name, form, rid, reports, problems, place, category } = device;
  const facts = category === undefined ? [] : [reports === "none" ? "no PASID" : reports];
  return {
    key: name,
    label: name,
    description: [rid, ...facts].join(" · "),
    tooltip: deviceTooltip(device),
    icon: iconFor(problems, [form === "mdev" ? "layers" : "circuit-board"]),
    context: "named ",
    place,
    name,
    children: [...problemNodes(problems), ...factNodes(device)],
  };
}

function factNodes({ reports, width, duty, owners, defPasid, queue, parent, iommu }: DeviceItem): TreeNode[] {
  const facts: readonly (readonly [label: string, description: string])[] = [
    ...(duty === ""
      ? []
      : ([
          ["reports", widthText(reports, width)],
          ["its user must", duty],
        ] as const)),
    ...(owners.length > 0 ? ([["bound to", owners.join(", ")]] as const) : []),
    ...(defPasid === undefined ? [] : ([["default space", `pPASID ${defPasid}`]] as const)),
    ...(queue ? ([["queue", queue]] as const) : []),
    ["behind", parent ? `${parent}, ${iommu}` : iommu],
  ];
  return facts.map(([label, description]) => ({
    key: label,
    label,
    description,
    ...(label === "default space" && { context: "ppasid ", copied: String(defPasid) }),
  }));
}

function widthText(reports: string, width: number): string {
  return width === 0 ? reports : `${reports}, vPASIDs of ${width} bits`;
}

function deviceTooltip(device: DeviceItem): string {
  const { name, form, category, rid, reports, width, duty, problems } = device;
  return tooltip(
    `${form} ${name}`,
    `RID \`${rid}\`${category === undefined ? "" : `, category ${category}`}`,
    duty && `Reports \`${reports}\`${width > 0 ? `, vPASIDs of ${width} bits` : ""}. Its user must ${duty}.`,
    ...problems.map(({ code, message }) => `**${code}** ${message}`),
  );
}
