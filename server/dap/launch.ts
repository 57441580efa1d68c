import type { DebugProtocol } from "@vscode/debugprotocol";
import type { LaunchUapi } from "./interfaces.js";

/** What a launch configuration may say, as `package.json` describes it. */
export interface LaunchArguments extends DebugProtocol.LaunchRequestArguments {
  /** The `.ioasid` file. */
  readonly program?: string;
  /** Title of one scenario; all of them when left out. */
  readonly scenario?: string;
  /** Stand still at the first statement; the default. */
  readonly stopOnEntry?: boolean;
  /** Stand still after every statement with a finding, beside what the exception filters say. */
  readonly stopOnFinding?: boolean;
  /** Run behind this interface, whatever the file states. */
  readonly uapi?: LaunchUapi;
  /** Folder in which an import reaches files: that of the workspace. */
  readonly root?: string;
  /** Start although the file has errors: with what could be understood. */
  readonly ignoreErrors?: boolean;
}
