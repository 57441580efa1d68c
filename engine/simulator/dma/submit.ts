import { add, compare, next, type Range, subtract, toHex } from "../../address/index.js";
import type { Call } from "../call.js";
import { formatRid, qualifiedSpaceName } from "../describe.js";
import { registeredDefault } from "../device/relations.js";
import { FAULTS, type FaultName, softwareFault } from "../fault.js";
import type { Outcome } from "../outcome.js";
import type { Device } from "../platform.js";
import { compose, memoryAt } from "../space/compose.js";
import { type Issue, issue } from "./issue.js";
import type { Recorder } from "./recorder.js";
import { permissionText } from "./walk.js";

/** Work that a guest gave to a device over its MMIO registers, or that the device took up earlier. */
export interface Submission {
  readonly device: number;
  /** What the guest programmed; `undefined` for the default space. */
  readonly pasid: number | undefined;
  readonly range: Range;
  /** READ, WRITE or EXEC. */
  readonly access: number;
  readonly priv: boolean;
}

/**
 * A DMA through the MMIO path (domain.md 1.6): the category decides which RID and PASID go on the wire, and
 * who translates the guest's number.
 */
export function submit(call: Call, work: Submission, recorder: Recorder | undefined): Outcome {
  const { machine } = call;
  const device = machine.platform.devices[work.device]!;
  const { pasid } = work;
  const refuse = (name: FaultName): Outcome => {
    const text = `${device.name} is asked for vPASID ${pasid}: ${FAULTS[name].text}`;
    const isDriver = name === "vpasid-not-registered";
    const needs = isDriver ? `; an attach of ${device.name} with this vPASID would register it` : "";
    recorder?.stage(isDriver ? "driver-table" : "device", text + needs, device.origin);
    return {
      kind: "fault",
      wire: { rid: undefined, pasid: undefined },
      fault: softwareFault(name, "device", work.range.start),
      findings: call.findings,
      ...(recorder ? { stages: recorder.stages } : {}),
    };
  };
  const send = (physical: number | undefined): Outcome => {
    recorder?.stage("device", wireText(device, work, physical), device.origin);
    const dma: Issue = { ...work, wire: device.wire, physical };
    return issue(call, dma, recorder);
  };
  switch (device.category) {
    case 0:
      return pasid === undefined ? send(undefined) : refuse("device-cannot-issue-pasid");
    case 1:
      return pasid === undefined ? softwareAccess(call, work, recorder) : refuse("device-cannot-issue-pasid");
    case 2:
      return pasid === undefined
        ? send(machine.device(work.device).defPasid)
        : refuse("guest-pasid-not-accepted");
    case 4:
    case 5: {
      if (pasid === undefined) return send(machine.device(work.device).defPasid);
      const attachment = machine.device(work.device).attachments.get(pasid);
      if (!attachment) return refuse("vpasid-not-registered");
      const physical = attachment.physical ?? pasid;
      const text = `the driver of ${device.name} turns vPASID ${pasid} into pPASID ${physical}`;
      recorder?.stage("driver-table", text, attachment.origin);
      return send(physical);
    }
    default:
      // Category 3 puts the number on the wire as it is, attached or not; so does a function in host use.
      return send(pasid);
  }
}

function wireText(device: Device, { pasid, range }: Submission, physical: number | undefined): string {
  const number = physical === undefined ? "no PASID" : `PASID ${physical}`;
  const asked = pasid === undefined ? "its default space" : `vPASID ${pasid}`;
  return `${device.name} asks for ${toHex(range.start)} of ${asked}: ${formatRid(device.rid)} with ${number}`;
}

/** Category 1: the parent's driver copies the data by the metadata of the space; no IOMMU is involved. */
function softwareAccess(call: Call, work: Submission, recorder: Recorder | undefined): Outcome {
  const { machine } = call;
  const wire = { rid: undefined, pasid: undefined };
  const stages = recorder ? { stages: recorder.stages } : {};
  const number = registeredDefault(machine, machine.device(work.device));
  const space = number === undefined ? undefined : machine.spaces.get(number);
  const pieces = space ? compose(machine, space, work.range) : [];
  const name = machine.platform.devices[work.device]!.name;
  const looked = space ? `the metadata of ${space.name}` : "no space, for it is attached nowhere";
  recorder?.stage("device", `the driver of ${name} looks in ${looked}`, space?.origin);
  const fail = (name: "not-mapped" | "no-access", address = work.range.start): Outcome => {
    const fault = softwareFault(name, "software", address);
    recorder?.stage("result", `the driver stops at ${toHex(address)}: ${fault.text}`, space?.origin);
    return { kind: "fault", wire, fault, findings: call.findings, ...stages };
  };
  const [first] = pieces;
  if (!first) return fail("not-mapped");
  let expected = work.range.start;
  let contiguous = true;
  for (const piece of pieces) {
    if (compare(piece.input.start, expected) !== 0) return fail("not-mapped", expected);
    if ((piece.access & work.access) !== work.access) {
      recorder?.stage("permission", permissionText(piece.access, work.access), piece.origins[0]);
      return fail("no-access", expected);
    }
    const straight = add(first.physical, subtract(piece.input.start, work.range.start));
    contiguous &&= straight !== undefined && compare(straight, piece.physical) === 0;
    if (compare(piece.input.last, work.range.last) === 0) {
      const reached = toHex(first.physical);
      recorder?.stage("permission", permissionText(piece.access, work.access), first.origins[0]);
      recorder?.stage("result", `the driver reaches host-physical ${reached}`, first.origins[0]);
      return {
        kind: "reached",
        wire,
        physical: first.physical,
        memory: memoryAt(machine.platform, first.physical),
        space: qualifiedSpaceName(machine, number!),
        hit: false,
        contiguous,
        findings: call.findings,
        ...stages,
      };
    }
    expected = next(piece.input.last);
  }
  return fail("not-mapped", expected);
}
