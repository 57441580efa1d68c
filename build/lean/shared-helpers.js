// What TypeScript means by these names, once for all files: see plugin.js.

export function __createBinding(target, module, key, as = key) {
  const own = Object.getOwnPropertyDescriptor(module, key);
  const isLive = own && ("get" in own ? module.__esModule : !own.writable && !own.configurable);
  Object.defineProperty(target, as, isLive ? own : { enumerable: true, get: () => module[key] });
}

export function __setModuleDefault(target, value) {
  Object.defineProperty(target, "default", { enumerable: true, value });
}

export function __importStar(module) {
  if (module?.__esModule) return module;
  const result = {};
  for (const key of Object.getOwnPropertyNames(module ?? {})) {
    if (key !== "default") __createBinding(result, module, key);
  }
  __setModuleDefault(result, module);
  return result;
}

export function __exportStar(module, exports) {
  for (const key in module) {
    if (key !== "default" && !Object.hasOwn(exports, key)) __createBinding(exports, module, key);
  }
}

export function __importDefault(module) {
  return module?.__esModule ? module : { default: module };
}

/** Exports a name of another file again, which may come to have a value only later. */
export function again(exports, module, name, key = name) {
  Object.defineProperty(exports, name, { enumerable: true, get: () => module[key] });
}
