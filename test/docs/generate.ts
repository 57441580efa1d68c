// `npm run docs`: writes docs/rules, the schema of the configuration and the editor's setting of levels anew
// from the rules, what the command lines in the docs print,
// and what the debugger answers in the page about queries.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { configSchema } from "../../engine/language/index.js";
import { rulePages } from "../../engine/report/index.js";
import { QUERIES, withAnswers } from "./queries.js";
import { type Manifest, withRulesSetting } from "./settings.js";
import { DOCUMENTS, refresh } from "./shell.js";

const FOLDER = "docs/rules";

const pages = rulePages();
mkdirSync(FOLDER, { recursive: true });
for (const name of readdirSync(FOLDER)) if (!pages.has(name)) rmSync(join(FOLDER, name));
for (const [name, text] of pages) writeFileSync(join(FOLDER, name), text);
writeFileSync("schemas/ioasid.config.schema.json", `${JSON.stringify(configSchema(), null, 2)}\n`);
const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
writeFileSync("package.json", `${JSON.stringify(withRulesSetting(manifest), null, 2)}\n`);
for (const document of DOCUMENTS) refresh(document);
writeFileSync(QUERIES, withAnswers(readFileSync(QUERIES, "utf8")));
