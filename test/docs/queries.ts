import { readFileSync } from "node:fs";
import { COMMANDS, evaluate, FACTS, isProblem } from "../../engine/debugger/index.js";
import { threadOf } from "../debugger/threads.js";
import { root } from "../helpers/marks.js";

/** The page about queries, whose tables and answers come from the program. */
export const QUERIES = "docs/debug-queries.md";

/** Lines of an answer that the page shows. */
const SHOWN = 5;

/** The page with what the program says now. */
export function withAnswers(page: string): string {
  const example = readFileSync(`${root}/examples/guest-sva.ioasid`, "utf8");
  const questions = table(
    ["question", "answer"],
    Object.values(COMMANDS).map(({ form, about }) => [form, about]),
  );
  const facts = table(
    ["fact", "what it is"],
    Object.entries(FACTS).map(([word, { about }]) => [word, about]),
  );
  return placed(placed(page, "questions", questions), "facts", facts).replace(
    /```console\n([\s\S]*?)```/g,
    (_whole, block: string) => {
      const queries = block.split("\n").filter((line) => line.startsWith("> "));
      const answers = queries.map((line) => `${line}\n${answer(line.slice(2), example)}`);
      return `\`\`\`console\n${answers.join("")}\`\`\``;
    },
  );
}

function answer(query: string, example: string): string {
  const found = evaluate(query, threadOf(example));
  if (isProblem(found)) return `${found.problem}\n`;
  const lines = (found.lines ?? []).map(({ name, value }) => `    ${name}: ${value}\n`);
  const left = lines.length - SHOWN;
  return `${found.text}\n${lines.slice(0, SHOWN).join("")}${left > 0 ? `    … ${left} more\n` : ""}`;
}

/** Puts a table behind its mark, in the place of the one that stands there. */
function placed(page: string, mark: string, rows: string): string {
  return page.replace(new RegExp(`<!-- ${mark} -->\n\n?(?:\\|.*\n)*\n?`), () => {
    return `<!-- ${mark} -->\n\n${rows}\n`;
  });
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = rows.map(([first = "", second = ""]) => [`\`${first.replaceAll("|", "\\|")}\``, second]);
  return [heads, heads.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}
