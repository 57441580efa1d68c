/** `initializationOptions` of the language server; everything may be left out. */
export interface StartOptions {
  /**
   * Address of the page about a rule, `{code}` standing for its id: the link behind the code of a
   * diagnostic. Without it codes have no link.
   */
  readonly rulePage?: string;
  /**
   * The client answers `ioasid/files/read` and `ioasid/files/find`. The server then reads nothing but `file:`
   * addresses itself, and in a browser nothing at all.
   */
  readonly files?: boolean;
  /** Address of the folder with what ships beside the server, for one that runs in a browser. */
  readonly assets?: string;
  /** The client understands the commands of `COMMANDS`, which lenses, links and actions give. */
  readonly commands?: boolean;
  /** The client has a debugger for scenarios, so that lenses offer it. */
  readonly debug?: boolean;
}
