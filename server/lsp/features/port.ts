import { port as portFile } from "../../../engine/language/index.js";
import { portText } from "../../../engine/report/index.js";
import { PORT, type PortParams, type PortResult } from "../../protocol/index.js";
import { answered, programOf } from "../at.js";
import type { Context, Feature } from "../context.js";
import { isLarge } from "../programs.js";

/** A file rewritten for another interface. */
export const port: Feature = {
  capabilities: () => ({}),
  register(context: Context) {
    const nothing: PortResult = {
      state: "refused",
      reason: "The file is neither open nor in a folder of the workspace.",
    };
    context.connection.onRequest<PortResult, void>(
      PORT,
      answered<PortParams, PortResult>(nothing, async (params, token) => {
        const compiled = await programOf(context, params, token);
        const { file } = compiled;
        if (isLarge(compiled)) {
          const reason = `${file} is too large to be ported here; \`ioasid port\` on the command line does that.`;
          return { state: "refused", reason };
        }
        const ported = portFile(file, compiled.host, params.to);
        if (ported.kind === "refused") return { state: "refused", reason: ported.reason };
        const { text, findings } = ported;
        return { state: "ported", text, findings: portText(findings) };
      }),
    );
  },
};
