/* Names of the nodes; numbers are those of the platform and the machine. */

export const ownerId = (owner: number): string => `owner ${owner}`;
export const processId = (process: number): string => `process ${process}`;
export const kvmId = (owner: number, vpasid: number): string => `kvm ${owner} ${vpasid}`;
export const deviceId = (device: number): string => `device ${device}`;
/** @param wire index of the device whose RID it is */
export const ridId = (wire: number): string => `rid ${wire}`;
/** @param slot number in the table of the RID */
export const pasidId = (wire: number, slot: number): string => `pasid ${wire} ${slot}`;
export const spaceId = (space: number): string => `space ${space}`;
/** The page table of a native owner's process. */
export const hostProcessId = (owner: number): string => `host-process ${owner}`;
export const memoryId = (memory: number): string => `memory ${memory}`;
