import { fromBytes } from "../../engine/address/index.js";
import type { Program, Span } from "../../engine/language/index.js";
import type { Platform } from "../../engine/simulator/index.js";

const GIB = 2 ** 30;

/** Two guests with 1 GiB of `ram` each, behind one VT-d unit: a network card and a slice of an accelerator. */
export function platform({ guests = ["vm0", "vm1"] } = {}): Platform {
  const device = {
    ats: true,
    pageRequests: true,
    exec: false,
    priv: false,
    hidePasid: false,
    hideEnqcmd: false,
    iommu: 0,
    origin: 0,
  };
  return {
    uapi: "v2",
    uapiOrigin: -1,
    pasidPolicy: "precise",
    kvmMap: "ioasid",
    cpu: { enqcmd: true, pasidTranslation: true, origin: 0 },
    iommus: [
      {
        name: "vtd",
        form: "vtd",
        format: "vtd",
        pasidWidth: 20,
        addressWidth: 48,
        nesting: "hardware",
        pasidTable: "kernel",
        ats: true,
        pageRequests: true,
        pageSizes: [1],
        reserved: [],
        noSnoopControl: false,
        dirtyTracking: false,
        noPasid: "terminate",
        origin: 0,
      },
    ],
    devices: [
      {
        ...device,
        name: "nic",
        kind: "pdev",
        category: 3,
        rid: 0x3b00,
        wire: 0,
        pasidWidth: 16,
        enqcmd: false,
        queue: undefined,
        group: 0,
      },
      {
        ...device,
        name: "dsa",
        kind: "pdev",
        category: undefined,
        rid: 0x6a08,
        wire: 1,
        pasidWidth: 20,
        enqcmd: true,
        queue: undefined,
        group: 1,
      },
      {
        ...device,
        name: "wq0",
        kind: "mdev",
        category: 5,
        rid: 0x6a08,
        wire: 1,
        pasidWidth: 20,
        enqcmd: true,
        queue: "shared",
        group: 2,
      },
    ],
    groups: [],
    owners: guests.map((name) => ({ name, kind: "guest", viommuPasidWidth: undefined, origin: 0 })),
    memories: guests.map((_, owner) => ({
      name: "ram",
      owner,
      virtual: { start: fromBytes(GIB), last: fromBytes(2 * GIB - 1) },
      physical: fromBytes((4 + owner) * GIB),
      origin: 0,
    })),
    processes: [],
  };
}

/** A program of one text, for functions that only look up places in it. */
export function programOf(text: string, file = "a.ioasid"): Program {
  return {
    file,
    platform: platform(),
    start: [],
    scenarios: [],
    origins: [],
    diagnostics: [],
    sources: new Map([[file, text]]),
  };
}

/** The place of the first `part` in a text. */
export function placeOf(text: string, part: string, file = "a.ioasid"): Span {
  const start = text.indexOf(part);
  return { file, start, end: start + part.length };
}
