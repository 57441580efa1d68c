import type { Address } from "../../address/index.js";
import type { Call } from "../call.js";
import { formatRid } from "../describe.js";
import { isBound } from "../device/bind.js";
import { vmxIndex } from "../kvm/vmx-table.js";
import type { Outcome } from "../outcome.js";
import { MAX_PASID } from "../pasid/entries.js";
import type { Device, Origin } from "../platform.js";
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
  const { platform } = machine;
  const device = platform.devices[work.device]!;
  const end = endings(call, recorder);
  if (!platform.cpu.enqcmd) return end.refused("the host CPU has no ENQCMD", platform.cpu.origin);
  const { pasid } = work;
  if (pasid === undefined)
    return end.gp("IA32_PASID is not valid: bit 31 is clear until the guest sets a PASID");
  if (pasid > MAX_PASID)
    return end.gp(`the descriptor's PASID ${pasid} sets bits above 19, which are reserved`);
  const on = machine.owner(work.owner).translation === "on";
  let physical = pasid;
  if (on) {
    const found = lookUp(call, work.owner, pasid, recorder);
    if (found === undefined) {
      const registered = machine.device(work.device).attachments.has(pasid) && device.category === 5;
      return end.exit(work.reason, pasid, registered ? missingMapping(call, work, false) : undefined);
    }
    physical = found;
  }
  if (!isBound(call, work.device, work.owner)) {
    const owner = platform.owners[work.owner]!.name;
    const args = { owner, process: work.process ?? owner };
    const text = `${device.name} is not bound to ${owner}, so it has no portal there`;
    return end.refused(text, device.origin, call.refuse("U037", "ENOENT", args));
  }
  if (device.category === 4) {
    const refusal = call.object("P029", "EOPNOTSUPP", { device: device.name }, [
      { origin: device.origin, note: `${device.name} is of category 4` },
    ]);
    if (refusal) return end.noService(refusal, `${device.name} is of category 4, which takes no ENQCMD`);
  }
  const closed = closedPortal(device, on);
  if (closed) {
    const missing = device.category === 5 && !on ? missingMapping(call, work, true) : undefined;
    return end.refused(closed, device.origin, missing);
  }
  const text = `${device.name} takes the work and issues it as ${formatRid(device.rid)} with PASID ${physical}`;
  recorder?.stage("device", text, device.origin);
  const range = { start: work.address, last: work.address };
  const dma = { device: work.device, wire: device.wire, physical, pasid, range, access: work.access };
  return issue(call, { ...dma, priv: false }, recorder);
}

/** Why the portal of a device takes no work; `undefined` when it does. */
function closedPortal(device: Device, on: boolean): string | undefined {
  const { name, category } = device;
  if (category === undefined || category <= 2) return `${name} takes no PASID, so it has no shared portal`;
  if (category === 3 && !device.enqcmd) return `${name} does not accept DMWr`;
  // G7: until the CPU translates, a vPASID would meet another guest's table on the shared parent.
  if (category === 5 && !on)
    return `CPU PASID translation is off, so the portal of ${name} is not mapped yet`;
  if (category === 5 && device.queue === "dedicated") {
    return `${name} has a dedicated queue, which takes no ENQCMD`;
  }
  return device.hideEnqcmd || device.hidePasid ? `ENQCMD of ${name} is hidden from the guest` : undefined;
}

/** The ways in which the instruction ends before any DMA, each with its last stage. */
function endings(call: Call, recorder: Recorder | undefined) {
  const { findings } = call;
  const stages = recorder ? { stages: recorder.stages } : {};
  return {
    gp(text: string): Outcome {
      recorder?.stage("cpu-directory", `${text}; the CPU looks nothing up and raises #GP(0)`);
      return { kind: "gp", text, findings, ...stages };
    },
    exit(reason: 72 | 73, pasid: number, refusal: Refusal | undefined): Outcome {
      return { kind: "vm-exit", reason, pasid, ...(refusal ? { refusal } : {}), findings, ...stages };
    },
    refused(text: string, origin: Origin, refusal?: Refusal): Outcome {
      recorder?.stage("device", text, origin);
      return { kind: "portal-refused", text, ...(refusal ? { refusal } : {}), findings, ...stages };
    },
    noService(refusal: Refusal, text: string): Outcome {
      recorder?.stage("device", text, refusal.related[0]?.origin);
      return { kind: "refused", refusal, findings, ...stages };
    },
  };
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
  const needs = `kvm map of vPASID ${pasid} would write it`;
  const at = { index: index.directoryIndex };
  if (!found.valid && found.missing === "directory-entry") {
    recorder?.stage("cpu-directory", `vPASID ${pasid}: ${directory} is not present; ${needs}`, undefined, at);
    return undefined;
  }
  recorder?.stage(
    "cpu-directory",
    `vPASID ${pasid}: ${directory} is present`,
    found.valid ? found.origin : undefined,
    at,
  );
  const entry = `vPASID ${pasid}: table entry ${index.tableIndex}`;
  const slot = { index: index.tableIndex };
  if (!found.valid) {
    recorder?.stage("cpu-table", `${entry} is not valid; ${needs}`, undefined, slot);
    return undefined;
  }
  recorder?.stage("cpu-table", `${entry} gives pPASID ${found.physical}`, found.origin, slot);
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
    space: attachment && machine.spaces.get(attachment.space)?.name,
    blocked,
  };
  const related = attachment ? [{ origin: attachment.origin, note: `vPASID ${pasid} is attached here` }] : [];
  return call.refuse("P010", "ENOENT", args, related);
}
