import { Announcer } from "../page/announce.js";
import { showAbsence } from "./absence.js";
import { keep, kept, tell } from "./editor.js";
import { applyFilter, filterOf } from "./filter.js";
import type { ToPage } from "./messages.js";
import { patch } from "./patch.js";
import { listenToRows, prepareRows } from "./rows.js";
import { showScenarios } from "./scenarios.js";
import { listenToDetails, refreshStages, showStages } from "./stages.js";

type Report = Extract<ToPage, { kind: "report" }>;

/** The page of the report: shows what the extension sends, and tells it what the reader wants. */
class Page {
  private readonly report = byId("report");
  private readonly filter = byId("filter") as HTMLInputElement;
  private readonly failed = byId("failed") as HTMLInputElement;
  private readonly scenario = byId("scenario") as HTMLSelectElement;
  private readonly announcer = new Announcer(byId("status"));
  private number = 0;
  private summary = "";
  /** The next report is the first one of its file. */
  private isFirst = true;

  start(): void {
    const { filter = "", failedOnly = false } = kept();
    this.filter.value = filter;
    this.failed.checked = failedOnly;
    listenToRows(this.report);
    listenToDetails(this.report, () => this.number);
    for (const input of [this.filter, this.failed])
      input.addEventListener("input", () => this.filterChanged());
    this.scenario.addEventListener("change", () => {
      const title = this.scenario.value === "" ? null : (this.scenario.selectedOptions[0]?.label ?? null);
      keep({ scenario: title });
      tell({ kind: "scenario", title });
    });
    addEventListener("scroll", () => keep({ scroll: scrollY }), { passive: true });
    addEventListener("message", ({ data }: MessageEvent<ToPage>) => this.hear(data));
    tell({ kind: "ready" });
  }

  private hear(message: ToPage): void {
    switch (message.kind) {
      case "about":
        this.showAbout(message);
        break;
      case "report":
        this.show(message);
        break;
      case "absent":
        this.showAbsence(message);
        break;
      case "busy":
        document.body.dataset.state = "busy";
        this.announcer.now("Simulating…");
        break;
      case "stages":
        if (message.number === this.number) showStages(message.id, message.html);
    }
  }

  private showAbout({ uri, pinned }: Extract<ToPage, { kind: "about" }>): void {
    const isOther = uri !== undefined && kept().uri !== undefined && kept().uri !== uri;
    if (isOther) keep({ scroll: 0 });
    if (isOther) this.isFirst = true;
    keep({ pinned, ...(uri !== undefined && { uri }) });
  }

  private showAbsence({ why, text }: Extract<ToPage, { kind: "absent" }>): void {
    document.body.dataset.state = why;
    const title = showAbsence(this.report, why, text);
    if (why === "simulating") this.announcer.later(title);
    else this.announcer.now(title);
  }

  private show({ number, html, summary, scenario, scenarios }: Report): void {
    this.number = number;
    this.summary = summary;
    document.body.dataset.state = "ready";
    const content = document.createElement("template");
    content.innerHTML = html;
    const wanted = content.content.firstElementChild;
    const old = this.isFirst ? null : this.report.querySelector("article.report");
    if (old && wanted) patch(old, wanted);
    else this.report.replaceChildren(content.content);
    showScenarios(this.scenario, scenarios, scenario);
    keep({ scenario });
    prepareRows(this.report);
    this.applyFilter();
    refreshStages(this.report, number);
    if (this.isFirst) scrollTo(0, kept().scroll ?? 0);
    this.isFirst = false;
  }

  private filterChanged(): void {
    keep({ filter: this.filter.value, failedOnly: this.failed.checked });
    this.applyFilter();
    prepareRows(this.report);
  }

  private applyFilter(): void {
    const filter = filterOf(this.filter.value, this.failed.checked);
    const seen = applyFilter(this.report, filter);
    const isOn = filter.words.length > 0 || filter.failedOnly;
    document.body.toggleAttribute("data-filter", isOn);
    const words = isOn ? `${this.summary} · ${seen === 1 ? "1 row" : `${seen} rows`} shown` : this.summary;
    if (isOn && seen === 0) this.announcer.now(`${this.summary} · no row has what the filter asks for`);
    else this.announcer.later(words);
  }
}

function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no element ${id}.`);
  return found;
}

new Page().start();
