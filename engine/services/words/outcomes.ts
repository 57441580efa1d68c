import type { syntax } from "../../language/index.js";
import { ERRNO, type Errno, FAULTS, type FaultName } from "../../simulator/index.js";
import type { WordHelp } from "./help.js";

const OUTCOMES: Readonly<Record<(typeof syntax.OUTCOME_WORDS)[number] | "#gp", WordHelp>> = {
  ok: { form: "=> ok", text: "The call succeeds, whatever it returns." },
  fault: {
    form: "=> fault [NAME|CODE]",
    text: "The request ends in a fault: any, one by its name, or one by its exact hardware code.",
  },
  "page-request": {
    form: "=> page-request",
    text: "The fault waits for a page response. Device, IOMMU and a page table of the guest must all support that.",
  },
  "vm-exit": {
    form: "=> vm-exit [72|73]",
    text: "The CPU finds no valid slot for the vPASID and leaves the guest: exit reason 72 for ENQCMD, 73 for ENQCMDS. Nothing is on the wire.",
  },
  refused: {
    form: "=> refused",
    text: "The portal of the device does not take the work. Nothing is on the wire.",
  },
  "#gp": {
    form: "=> #gp",
    text: "The instruction raises #GP(0): IA32_PASID is not valid, or sets reserved bits.",
  },
};

/** The kernel's words for each errno, and what it means of a call here. */
const ERRNOS: Readonly<Record<Errno, string>> = {
  EPERM: "Operation not permitted: the caller may not do this to somebody else's thing.",
  ENOENT: "No such thing: the IOASID, the attach or the entry that the call names is not there.",
  EIO: "I/O error.",
  ENXIO: "No such device or address.",
  E2BIG: "The argument is longer than the kernel knows.",
  EACCES: "Permission denied.",
  ENOMEM: "Out of memory.",
  EFAULT: "Bad address: no memory of the owner lies there.",
  EBUSY: "Busy: somebody else holds it, or it is still in use.",
  EEXIST: "It exists already.",
  ENODEV: "No device: none is attached that could carry this out.",
  EINVAL: "Invalid argument: the call makes no sense as it is.",
  ENOTTY: "No such call in this uAPI.",
  ENOSPC: "No number is left in the pool.",
  ESPIPE: "The size is no multiple of what the file reads or writes.",
  EDEADLK: "The attached devices are only a part of their IOMMU group.",
  EOVERFLOW: "The value does not fit the width.",
  EOPNOTSUPP: "The device or the platform cannot do this.",
  EADDRINUSE: "The address range is in use.",
};

/** What stands after `=>`: one of the words, or `#gp`. */
export function outcomeHelp(word: keyof typeof OUTCOMES): WordHelp {
  return OUTCOMES[word];
}

/** Why a request ends in this fault. */
export function faultHelp(name: FaultName): WordHelp {
  return { form: `=> fault ${name}`, text: `${capital(FAULTS[name].text)}.` };
}

/** What an errno says, in the words of the kernel and of this language. */
export function errnoHelp(name: Errno): WordHelp & { readonly number: number } {
  return { form: `=> ${name}`, text: ERRNOS[name], number: ERRNO[name] };
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
