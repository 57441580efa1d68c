// What the library of the debug adapter takes from Node, for a worker of a browser: it listens to itself, and
// never reads a file or opens a port there.

const EMPTY = "module.exports = {};";

const EVENTS = `exports.EventEmitter = class {
  on() { return this; }
  emit() { return false; }
};`;

/** A plugin for esbuild. */
export const browserModules = {
  name: "browser-modules",
  setup(build) {
    const filter = /^(?:events|fs|net|path|url)$/;
    build.onResolve({ filter }, ({ path }) => ({ path, namespace: "browser-modules" }));
    build.onLoad({ filter: /.*/, namespace: "browser-modules" }, ({ path }) => ({
      contents: path === "events" ? EVENTS : EMPTY,
    }));
  },
};
