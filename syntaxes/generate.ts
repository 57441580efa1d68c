// Writes the grammar that editors load. `npm run grammar` runs it after a change of the language's words.
import { writeFile } from "node:fs/promises";
import { grammar } from "./grammar.js";

await writeFile("syntaxes/ioasid.tmLanguage.json", `${JSON.stringify(grammar(), null, 2)}\n`);
