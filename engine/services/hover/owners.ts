import { type Block, paragraph, plural } from "../../report/index.js";
import { type Machine, vmxIndex } from "../../simulator/index.js";
import { capital, fewOf, lineOf, listBlock, type Source } from "../explain/lines.js";
import { spaceText } from "./devices.js";
import type { StateAt } from "./state.js";

/** What an owner has: devices, spaces, and for a guest what KVM translates. */
export function ownerBlocks(source: Source, index: number, { machine, when }: StateAt): Block[] {
  const { platform } = machine;
  const { kind, viommuPasidWidth } = platform.owners[index]!;
  const { devices, handles, translation, mmPasid } = machine.owner(index);
  const names = [...devices.entries()].map(([device]) => platform.devices[device]!.name);
  const spaces = [...handles.entries()].map(([, space]) => machine.spaces.get(space)?.name ?? "");
  const slots = [...machine.owner(index).vmx.entries()].map(
    ({ pasid, physical, origin }) =>
      `vPASID ${pasid} is translated to pPASID ${physical}${lineOf(source, origin)}`,
  );
  return [
    paragraph(`${capital(when)}:`),
    ...listBlock([
      names.length === 0 ? "no device is bound to it" : `bound: ${fewOf(names, "devices").join(", ")}`,
      spaces.length === 0 ? "it has no IOASID" : `IOASIDs: ${fewOf(spaces, "spaces").join(", ")}`,
      ...(viommuPasidWidth === undefined
        ? []
        : [`its virtual IOMMU announces PASIDs of ${viommuPasidWidth} bits`]),
      ...(kind === "guest"
        ? [`CPU PASID translation ${translation}, ${plural(slots.length, "slot")} in the table`]
        : []),
      ...(mmPasid === undefined ? [] : [`its process has pPASID ${mmPasid}`]),
      ...fewOf(slots, "slots"),
    ]),
  ];
}

/** What IA32_PASID of a guest process holds, and what ENQCMD makes of it. */
export function processBlocks(source: Source, index: number, { machine, when }: StateAt): Block[] {
  const { owner } = machine.platform.processes[index]!;
  const pasid = machine.processPasids.get(index);
  if (pasid === undefined) return [paragraph(`IA32_PASID is not valid ${when}: ENQCMD raises #GP(0).`)];
  return [
    paragraph(`IA32_PASID holds vPASID ${pasid} ${when}.`),
    ...listBlock([slotLine(source, machine, owner, pasid), ...attachedUnder(source, machine, owner, pasid)]),
  ];
}

/** What the CPU of a VM makes of a vPASID. */
export function slotLine(source: Source, machine: Machine, owner: number, pasid: number): string {
  const { name } = machine.platform.owners[owner]!;
  const { directory, directoryIndex, tableIndex } = vmxIndex(pasid);
  const place = `${directory} directory ${directoryIndex}, entry ${tableIndex}`;
  const { translation, vmx } = machine.owner(owner);
  const found = vmx.translate(pasid);
  const off = translation === "off" ? "; the translation is off" : "";
  return found.valid
    ? `the CPUs of ${name} translate it to pPASID ${found.physical} (${place})${lineOf(source, found.origin)}${off}`
    : `the CPUs of ${name} have no slot for it (${place})${off}`;
}

/** The devices of an owner that have something attached under a vPASID. */
export function attachedUnder(source: Source, machine: Machine, owner: number, pasid: number): string[] {
  const lines: string[] = [];
  for (const [device] of machine.owner(owner).devices.entries()) {
    const attachment = machine.device(device).attachments.get(pasid);
    if (!attachment) continue;
    const { name } = machine.platform.devices[device]!;
    const number = attachment.physical === undefined ? "" : ` as pPASID ${attachment.physical}`;
    lines.push(
      `${name}: ${spaceText(machine, attachment.space)}${number}${lineOf(source, attachment.origin)}`,
    );
  }
  return lines;
}
