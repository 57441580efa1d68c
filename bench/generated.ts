/**
 * A correct file of about `lines` lines as a large installation would have it: guests with memory, devices
 * of categories 3 and 5, a nested space for each process, mappings, and one scenario that uses them.
 * The same number gives the same text.
 */
export function generatedFile(lines: number): string {
  const head = [
    "uapi v2 { pasid-policy precise }",
    "iommu vtd { pasid-width 20  address-width 48  nesting hardware  pasid-table kernel  ats  page-requests }",
    "cpu { enqcmd  pasid-translation }",
    "pdev dsa at 0000:6a:01.0 behind vtd { pasid-width 20  ats  page-requests  enqcmd }",
  ];
  const guests = Math.max(1, Math.round((lines - head.length) / LINES_OF_A_GUEST));
  const parts = [...head];
  for (let guest = 0; guest < guests; guest += 1) parts.push(...guestLines(guest));
  parts.push('scenario "every guest submits" {');
  for (let guest = 0; guest < guests; guest += 1) parts.push(...scenarioLines(guest));
  parts.push("}");
  return `${parts.join("\n")}\n`;
}

const MAPPINGS = 72;
const LINES_OF_A_GUEST = MAPPINGS + 21;

function guestLines(guest: number): string[] {
  const rid = ridOf(guest);
  const lines = [
    `pdev nic${guest} at ${rid} behind vtd { category 3  pasid-width 16  ats  page-requests }`,
    `mdev wq${guest} on dsa { category 5  queue shared }`,
    `guest vm${guest} {`,
    "  memory ram at 0x4000_0000 + 1G",
    "  process db { pasid 7 }",
    `  bind wq${guest}`,
    `  bind nic${guest}`,
    "  ioasid gpa",
    `  attach wq${guest} -> gpa`,
    `  attach nic${guest} -> gpa`,
    "  map gpa 0x0 + 1G -> ram",
    "  ioasid gva on gpa page-table",
    `  attach wq${guest} pasid 7 -> gva`,
    "  kvm map pasid 7 -> gva",
    `  attach nic${guest} pasid 7 -> gva`,
  ];
  for (let mapping = 0; mapping < MAPPINGS; mapping += 1) {
    const from = 0x7f00_0000_0000 + mapping * 0x1000;
    const to = ((mapping * 37) % 0x4_0000) * 0x1000;
    lines.push(`  pte gva 0x${from.toString(16)} + 4K -> 0x${to.toString(16)} rw // page ${mapping}`);
  }
  return [...lines, "}"];
}

function scenarioLines(guest: number): string[] {
  return [
    `  enqcmd vm${guest}.db to wq${guest} write 0x7f00_0000_0010 => vm${guest}.ram[0x10]`,
    `  dma nic${guest} pasid 7 read 0x7f00_0000_0020 => vm${guest}.ram[0x20] wire 7`,
    `  assert reaches nic${guest} -> vm${guest}.ram[0x0 + 4K]`,
    `  dma nic${guest} pasid 9 read 0x2000 => fault no-pasid-entry`,
  ];
}

function ridOf(guest: number): string {
  const place = (number: number, digits: number) => number.toString(16).padStart(digits, "0");
  const device = guest % 32;
  const bus = Math.floor(guest / 32) % 256;
  const segment = 1 + Math.floor(guest / (32 * 256));
  return `${place(segment, 4)}:${place(bus, 2)}:${place(device, 2)}.0`;
}
