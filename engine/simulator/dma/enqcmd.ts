import type { Address } from "../../address/index.js";
import type { Call } from "../call.js";
import { formatRid } from "../describe.js";
import { isBound } from "../device/bind.js";
import { vmxIndex } from "../kvm/vmx-table.js";
import type { Outcome } from "../outcome.js";
import type { Refusal } from "../refusal.js";
import { issue } from "./issue.js";
import type { Recorder } from "./recorder.js";

/** One ENQCMD or ENQCMDS that a guest executes, and the DMA that the work asks for. */
export interface Enqcmd {
  readonly owner: number;
  /** Name of the guest process; `undefined` for ENQCMDS, which the guest's kernel executes. */
  readonly process: string | undefined;
  readonly device: number;
  /** IA32_PASID for ENQCMD, the descriptor's PASID for ENQCMDS; `undefined` when the MSR is not valid. */
  readonly pasid: number | undefined;
  /** Exit reason of a failed translation: 72 for ENQCMD, 73 for ENQCMDS. */
  readonly reason: 72 | 73;
  readonly access: number;
  readonly address: Address;
}

/**
 * The instruction in the order of the CPU (domain.md 4.4): IA32_PASID valid, PASID translation, then the
 * portal of the device, then the DMA with what came out.
 * @returns `gp`, `vm-exit`, `portal-refused`, P029 EOPNOTSUPP, or what became of the DMA
 */
export function enqcmd(call: Call, work: Enqcmd, recorder: Recorder | undefined): Outcome {
  const { machine } = call;
  const { platform, findings } = { platform: machine.platform, findings: call.findings };
  const device = platform.devices[work.device]!;
  const stages = recorder ? { stages: recorder.stages } : {};
  const refuse = (text: string, refusal?: Refusal): Outcome => ({
    kind: "portal-refused",
    text,
    ...(refusal ? { refusal } : {}),
    findings,
    ...stages,
  });
  if (!platform.cpu.enqcmd) return refuse("the host CPU has no ENQCMD");
  const { pasid } = work;
  if (pasid === undefined) return { kind: "gp", text: "IA32_PASID is not valid", findings, ...stages };
  const on = machine.owner(work.owner).translation === "on";
  let physical = pasid;
  if (on) {
    const found = lookUp(call, work.owner, pasid, recorder);
    if (found === undefined) {
      const registered = machine.device(work.device).attachments.has(pasid) && device.category === 5;
      const refusal = registered ? { refusal: missingMapping(call, work, false) } : {};
      return { kind: "vm-exit", reason: work.reason, pasid, ...refusal, findings, ...stages };
    }
    physical = found;
  }
  if (!isBound(call, work.device, work.owner)) {
    const owner = platform.owners[work.owner]!.name;
    const args = { owner, process: work.process ?? owner };
    const text = `${device.name} is not bound to ${owner}, so it has no portal there`;
    return refuse(text, call.refuse("U037", "ENOENT", args));
  }
  switch (device.category) {
    case 3:
      if (!device.enqcmd) return refuse(`${device.name} does not accept DMWr`);
      break;
    case 4: {
      const refusal = call.object("P029", "EOPNOTSUPP", { device: device.name }, [
        { origin: device.origin, note: `${device.name} is of category 4` },
      ]);
      if (refusal) return { kind: "refused", refusal, findings };
      break;
    }
    case 5:
      if (!on) {
        return refuse(
          `CPU PASID translation is off, so the portal of ${device.name} is not mapped yet`,
          missingMapping(call, work, true),
        );
      }
      if (device.queue === "dedicated")
        return refuse(`${device.name} has a dedicated queue, which takes no ENQCMD`);
      break;
    default:
      return refuse(`${device.name} takes no PASID, so it has no shared portal`);
  }
  if (device.hideEnqcmd || device.hidePasid)
    return refuse(`ENQCMD of ${device.name} is hidden from the guest`);
  const text = `${device.name} takes the work and issues it as ${formatRid(device.rid)} with PASID ${physical}`;
  recorder?.stage("device", text, device.origin);
  const range = { start: work.address, last: work.address };
  const dma = { device: work.device, wire: device.wire, physical, pasid, range, access: work.access };
  return issue(call, { ...dma, priv: false }, recorder);
}

/** VMX PASID translation, directory entry then table entry. */
function lookUp(
  call: Call,
  owner: number,
  pasid: number,
  recorder: Recorder | undefined,
): number | undefined {
  const { vmx } = call.machine.owner(owner);
  const index = vmxIndex(pasid);
  const found = vmx.translate(pasid);
  const directory = `${index.directory} directory entry ${index.directoryIndex}`;
  if (!found.valid && found.missing === "directory-entry") {
    recorder?.stage("cpu-directory", `vPASID ${pasid}: ${directory} is not present`);
    return undefined;
  }
  recorder?.stage("cpu-directory", `vPASID ${pasid}: ${directory} is present`);
  if (!found.valid) {
    recorder?.stage("cpu-table", `vPASID ${pasid}: table entry ${index.tableIndex} is not valid`);
    return undefined;
  }
  const text = `vPASID ${pasid}: table entry ${index.tableIndex} gives pPASID ${found.physical}`;
  recorder?.stage("cpu-table", text, found.origin);
  return found.physical;
}

/** P010: the attach made a KVM mapping necessary, and it is not there. */
function missingMapping(call: Call, work: Enqcmd, blocked: boolean): Refusal {
  const { machine } = call;
  const pasid = work.pasid ?? 0;
  const attachment = machine.device(work.device).attachments.get(pasid);
  const args = {
    owner: machine.platform.owners[work.owner]!.name,
    device: machine.platform.devices[work.device]!.name,
    pasid,
    blocked,
  };
  const related = attachment ? [{ origin: attachment.origin, note: `vPASID ${pasid} is attached here` }] : [];
  return call.refuse("P010", "ENOENT", args, related);
}
