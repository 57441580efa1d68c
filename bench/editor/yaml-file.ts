/**
 * A YAML file of about as many lines as `generatedFile` makes, that says the same things, and a JSON schema
 * that checks each value as far as a schema can: kinds, patterns, enumerations, required keys.
 */
export function yamlFile(lines: number): string {
  const parts = ["iommus:", "  - name: vtd", "    pasid-width: 20", "    nesting: hardware", "guests:"];
  const guests = Math.max(1, Math.round((lines - parts.length) / (MAPPINGS + 12)));
  for (let guest = 0; guest < guests; guest += 1) parts.push(...guestLines(guest));
  return `${parts.join("\n")}\n`;
}

const MAPPINGS = 72;

function guestLines(guest: number): string[] {
  const lines = [
    `  - name: vm${guest}`,
    "    memory: { name: ram, at: 0x4000_0000, size: 1G }",
    "    process: { name: db, pasid: 7 }",
    "    devices:",
    `      - { name: nic${guest}, category: 3, pasid-width: 16 }`,
    `      - { name: wq${guest}, category: 5, queue: shared }`,
    "    attach:",
    `      - { device: nic${guest}, space: gpa }`,
    `      - { device: wq${guest}, space: gpa }`,
    `      - { device: wq${guest}, space: gva, pasid: 7 }`,
    "    kvm: [{ pasid: 7, space: gva }]",
    "    ptes:",
  ];
  for (let mapping = 0; mapping < MAPPINGS; mapping += 1) {
    const from = 0x7f00_0000_0000 + mapping * 0x1000;
    const to = ((mapping * 37) % 0x4_0000) * 0x1000;
    lines.push(`      - { at: "0x${from.toString(16)}", size: 4K, to: "0x${to.toString(16)}", access: rw }`);
  }
  return lines;
}

const NAME = { type: "string", pattern: "^[A-Za-z_][A-Za-z0-9_-]*$" };
const ADDRESS = { type: "string", pattern: "^0x[0-9a-f_]+$" };
const PASID = { type: "integer", minimum: 0, maximum: 0xfffff };
const SIZE = { type: "string", pattern: "^[0-9]+[KMGTP]?$" };

function closed(properties: object, required: readonly string[]): object {
  return { type: "object", properties, required, additionalProperties: false };
}

export const YAML_SCHEMA = closed(
  {
    iommus: {
      type: "array",
      items: closed(
        {
          name: NAME,
          "pasid-width": { type: "integer", minimum: 0, maximum: 20 },
          nesting: { enum: ["hardware", "software", "none"] },
        },
        ["name"],
      ),
    },
    guests: {
      type: "array",
      items: closed(
        {
          name: NAME,
          memory: closed({ name: NAME, at: {}, size: SIZE }, ["name", "at", "size"]),
          process: closed({ name: NAME, pasid: PASID }, ["name", "pasid"]),
          devices: {
            type: "array",
            items: {
              oneOf: [
                closed({ name: NAME, category: { enum: [0, 3, 4] }, "pasid-width": PASID }, [
                  "name",
                  "category",
                  "pasid-width",
                ]),
                closed(
                  { name: NAME, category: { enum: [1, 2, 4, 5] }, queue: { enum: ["shared", "dedicated"] } },
                  ["name", "category", "queue"],
                ),
              ],
            },
          },
          attach: {
            type: "array",
            items: closed({ device: NAME, space: NAME, pasid: PASID }, ["device", "space"]),
          },
          kvm: { type: "array", items: closed({ pasid: PASID, space: NAME }, ["pasid", "space"]) },
          ptes: {
            type: "array",
            items: closed(
              { at: ADDRESS, size: SIZE, to: ADDRESS, access: { enum: ["r", "w", "rw", "rx", "rwx"] } },
              ["at", "size", "to"],
            ),
          },
        },
        ["name"],
      ),
    },
  },
  ["iommus", "guests"],
);
