import type { Environment } from "./environment.js";

/** Name of the file beside the server that holds every page by its name; the build puts it together. */
const FILE = "rule-pages.json";

/** The pages about rules. They are read when the first one is wanted: most sessions want none. */
export class Pages {
  private reading: Promise<Readonly<Record<string, string>>> | undefined;

  constructor(private readonly environment: Environment) {}

  /**
   * A page as Markdown.
   * @param name as links have it, with or without its folder and its ending: `P003`, `rules/errnos.md`
   * @returns `undefined` when there is no such page
   */
  async get(name: string): Promise<string | undefined> {
    this.reading ??= this.read();
    const pages = await this.reading;
    const file = name.slice(name.lastIndexOf("/") + 1).replace(/\.md$/, "");
    return Object.hasOwn(pages, `${file}.md`) ? pages[`${file}.md`] : undefined;
  }

  private async read(): Promise<Readonly<Record<string, string>>> {
    const found = await this.environment.asset(FILE);
    if ("text" in found) return JSON.parse(found.text) as Record<string, string>;
    this.reading = undefined;
    throw new Error(`The pages about the rules cannot be shown: ${found.error}`);
  }
}
