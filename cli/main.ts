import { HELP, readArguments } from "./arguments.js";
import { check, EXIT, run, styleOf } from "./commands.js";
import { conform } from "./conform/command.js";
import { explain } from "./explain.js";
import { format } from "./format.js";
import { write } from "./output.js";
import { port } from "./port.js";
import { rerun } from "./rerun.js";
import { VERSION } from "./version.js";

/** Who reads the output went away (`ioasid run … | head`): there is nobody to tell. */
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`ioasid: internal error, please report it: ${told}\n`);
  return EXIT.internal;
});

async function main(argv: readonly string[]): Promise<number> {
  const command = readArguments(argv);
  switch (command.kind) {
    case "help":
      process.stdout.write(HELP);
      return EXIT.good;
    case "version":
      process.stdout.write(`ioasid ${VERSION}\n`);
      return EXIT.good;
    case "wrong":
      process.stderr.write(`ioasid: ${command.message}\nTry: ioasid --help\n`);
      return EXIT.usage;
    case "explain":
      await write(process.stdout, explain(command, styleOf(command)));
      return EXIT.good;
    case "run":
      return command.watch ? rerun((seen) => run(command, seen), EXIT.interrupted) : run(command);
    case "check":
      return command.watch ? rerun((seen) => check(command, seen), EXIT.interrupted) : check(command);
    case "conform":
      return conform(command);
    case "fmt":
      return format(command);
    case "port":
      return port(command);
  }
}
