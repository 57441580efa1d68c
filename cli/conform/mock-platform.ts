import { fromBytes, previous } from "../../engine/address/index.js";
import type { Platform } from "../../engine/simulator/index.js";
import type { Sequence } from "./corpus.js";
import { HAS_PASID, mockDriver } from "./mock-driver.js";
import { BUFFER, BUFFER_SIZE } from "./user-memory.js";

/**
 * The host that a sequence was recorded on: one process with its buffer, one mock IOMMU, and a mock device,
 * alone in its group, for each that the sequence makes.
 */
export function mockPlatform({ ops }: Sequence): Platform {
  const made = ops.filter(({ op }) => op === "mock" || op === "mock_flags");
  const flags = made.map(({ op, args }) => (op === "mock" ? 0 : Number(args[1] ?? 0)));
  const start = fromBytes(BUFFER);
  return {
    uapi: "iommufd",
    uapiOrigin: -1,
    pasidPolicy: "precise",
    kvmMap: "ioasid",
    iommus: [
      {
        name: "mock",
        form: "smmuv3",
        format: "mock",
        pasidWidth: 20,
        addressWidth: 48,
        nesting: "hardware",
        pasidTable: "kernel",
        ats: true,
        pageRequests: true,
        pageSizes: [1],
        reserved: [],
        noSnoopControl: false,
        dirtyTracking: true,
        noPasid: "terminate",
        driver: mockDriver(flags),
        origin: 0,
      },
    ],
    cpu: { enqcmd: false, pasidTranslation: false, origin: 0 },
    devices: flags.map((flag, index) => ({
      name: `mock${index}`,
      kind: "pdev",
      category: 3,
      rid: index,
      wire: index,
      iommu: 0,
      pasidWidth: (flag & HAS_PASID) === 0 ? 0 : 20,
      ats: false,
      pageRequests: true,
      enqcmd: false,
      exec: false,
      priv: false,
      queue: undefined,
      hidePasid: false,
      hideEnqcmd: false,
      group: index,
      origin: 0,
    })),
    groups: flags.map((_flag, index) => ({ name: undefined, members: [index], origin: 0 })),
    owners: [{ name: "process", kind: "native", viommuPasidWidth: undefined, origin: 0 }],
    memories: [
      {
        name: "buffer",
        owner: 0,
        virtual: { start, last: previous(fromBytes(BUFFER + BUFFER_SIZE)) },
        physical: { page: 0x10_0000, offset: 0 },
        origin: 0,
      },
    ],
    processes: [],
  };
}
