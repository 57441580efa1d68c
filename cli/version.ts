/** Put in by esbuild.js from package.json. */
declare const IOASID_VERSION: string;

export const VERSION: string = IOASID_VERSION;
