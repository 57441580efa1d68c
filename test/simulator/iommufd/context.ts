import assert from "node:assert/strict";
import {
  apply,
  boot,
  Call,
  iommufd,
  type Machine,
  type Outcome,
  type Platform,
  type Refusal,
} from "../../../engine/simulator/index.js";
import { at, bytes } from "../platform.js";

/** Virtual address of the memory that every owner of these tests has. */
export const RAM = 0x4000_0000;

/** One owner's iommufd context on a machine, told what to do in few words. */
export class Context {
  machine: Machine;
  #number = 0;
  #statement = 0;

  constructor(
    platform: Platform,
    readonly owner = 0,
  ) {
    this.machine = boot(platform);
  }

  call(): Call {
    this.#statement += 1;
    // As for every operation that is no DMA.
    this.machine.accelerator.clear();
    return new Call(this.machine, this.#statement, undefined);
  }

  ioas(name = "ioas"): number {
    const number = this.#draw();
    iommufd.createIoas(this.call(), this.owner, number, name);
    return number;
  }

  /** IOMMU_IOAS_MAP of the owner's memory, readable and writeable. */
  map(ioas: number, iova: number, length: number, offset = 0): Refusal | undefined {
    const call = this.call();
    const object = iommufd.get(this.machine, ioas, "ioas");
    return iommufd.mapUser(call, object, 7, at(iova), at(RAM + offset), at(length));
  }

  unmap(ioas: number, iova: number, length: number): unknown {
    const object = iommufd.get(this.machine, ioas, "ioas");
    return iommufd.unmap(this.call(), object, bytes(iova, length), false);
  }

  bind(device: number): number {
    const number = this.#draw();
    iommufd.bindDevice(this.call(), this.owner, number, device);
    return number;
  }

  attach(device: number, pt: number, pasid = 0): number | Refusal {
    return iommufd.attach(this.call(), iommufd.get(this.machine, device, "device"), pasid, pt);
  }

  replace(device: number, pt: number, pasid = 0): number | Refusal {
    return iommufd.replace(this.call(), iommufd.get(this.machine, device, "device"), pasid, pt);
  }

  detach(device: number, pasid = 0): void {
    iommufd.detach(this.call(), iommufd.get(this.machine, device, "device"), pasid);
  }

  /** IOMMU_HWPT_ALLOC; the number of the table, or why there is none. */
  hwpt(device: number, pt: number, flags = 0, more: Partial<iommufd.HwptRequest> = {}): number | Refusal {
    const number = this.#draw();
    const name = `hwpt${number}`;
    const request = { owner: this.owner, number, name, device, pt, flags, data: iommufd.NO_DATA, fault: -1 };
    return iommufd.allocHwpt(this.call(), { ...request, ...more }) ?? number;
  }

  /** A nested table with data of a type, its table at an address of the parent. */
  nested(device: number, pt: number, type: number, flags = 0, table?: number): number | Refusal {
    const place = table === undefined ? {} : { at: at(table) };
    return this.hwpt(device, pt, flags, { data: { type, length: 16, fields: {}, ...place } });
  }

  viommu(device: number, hwpt: number, type = 1): number | Refusal {
    const number = this.#draw();
    const request = { owner: this.owner, number, name: "viommu", device, hwpt, type, flags: 0 };
    return iommufd.allocViommu(this.call(), request) ?? number;
  }

  vdevice(viommu: number, device: number, id: number): number | Refusal {
    const number = this.#draw();
    const request = { owner: this.owner, number, name: "vdevice", viommu, device, virtualId: at(id) };
    return iommufd.allocVdevice(this.call(), request) ?? number;
  }

  destroy(number: number): Refusal | undefined {
    return iommufd.destroy(this.call(), this.owner, number);
  }

  /** A read by a device. */
  dma(device: number, address: number, pasid?: number): Outcome {
    return apply(this.machine, {
      kind: "dma",
      origin: 0,
      device,
      range: { start: at(address), last: at(address) },
      access: 1,
      priv: false,
      ...(pasid === undefined ? {} : { pasid }),
    });
  }

  /** Offset in the owner's memory that a read reaches, or the name of the fault. */
  reads(device: number, address: number, pasid?: number): number | string {
    const outcome = this.dma(device, address, pasid);
    if (outcome.kind === "fault") return outcome.fault.name;
    if (outcome.kind !== "reached") return outcome.kind;
    const { physical } = this.machine.platform.memories[outcome.memory!]!;
    return (outcome.physical.page - physical.page) * 4096 + outcome.physical.offset;
  }

  #draw(): number {
    this.#number += 1;
    return this.#number;
  }
}

/** The number that a call gave; it must not be refused. */
export function made(answer: number | Refusal): number {
  assert.equal(typeof answer, "number", JSON.stringify(answer));
  return answer as number;
}

/** Rule and errno of a refusal. */
export function refusal(answer: unknown): string {
  const { rule, errno } = answer as Partial<Refusal>;
  return `${rule} ${errno}`;
}
