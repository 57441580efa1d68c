/** Errno numbers as Linux gives them on every architecture that matters here (include/uapi/asm-generic). */
export const ERRNO = {
  EPERM: 1,
  ENOENT: 2,
  EIO: 5,
  ENXIO: 6,
  E2BIG: 7,
  EACCES: 13,
  ENOMEM: 12,
  EFAULT: 14,
  EBUSY: 16,
  EEXIST: 17,
  ENODEV: 19,
  EINVAL: 22,
  ENOTTY: 25,
  ENOSPC: 28,
  ESPIPE: 29,
  EDEADLK: 35,
  EOVERFLOW: 75,
  EOPNOTSUPP: 95,
  EADDRINUSE: 98,
} as const;

/** The name of an errno; only these are ever an answer of the simulated kernel. */
export type Errno = keyof typeof ERRNO;
