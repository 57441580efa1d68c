export {
  createAccess,
  destroyAccess,
  keepPin,
  pin,
  readWrite,
  replaceAccess,
  unpin,
} from "./access.js";
export { attach, attachedTable, detach, replace } from "./attach.js";
export { bindDevice, boundDevice, unbindDevice } from "./bind.js";
export { destroy } from "./destroy.js";
export * from "./driver.js";
export { driverOf, driverOfIommu } from "./drivers/index.js";
export { closeQueue, createQueue, readQueue, replyTo, report } from "./faults.js";
export { allocHwpt, type HwptRequest, setDirtyTracking } from "./hwpt.js";
export { invalidate } from "./invalidate.js";
export { allowIovas, createIoas, iovaRanges, reserve, setHugePages } from "./ioas.js";
export {
  checkedUnmapRange,
  checkMapArguments,
  copy,
  MAP_FIXED,
  MAP_READABLE,
  MAP_WRITEABLE,
  mapUser,
  unmap,
} from "./map.js";
export type * from "./objects.js";
export { option } from "./option.js";
export { attachedAt, drawNumber, find, findAny, get, missing, put, remove, TYPE_WORDS } from "./table.js";
export { keepAreas } from "./tables.js";
export { allocVdevice, allocViommu, deviceOfId } from "./viommu.js";
