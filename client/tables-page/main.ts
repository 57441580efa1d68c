import { Announcer } from "../page/announce.js";
import { reachEditor } from "../page/editor.js";
import { giveTurns, moveFrom, takeTurn } from "../page/roving.js";
import type { FromPage, TableName, TablePiece, ToPage } from "./messages.js";

const ROW = "tr";

/** Rows of a piece; the extension gives as many. */
const PIECE = 100;

/** The page of the tables: shows a piece of one, and asks for others. */
class Page {
  private readonly editor = reachEditor<FromPage, object>();
  private readonly choice = byId("table") as HTMLSelectElement;
  private readonly first = byId("first") as HTMLInputElement;
  private readonly body = byId("rows");
  private readonly announcer = new Announcer(byId("status"));
  private piece: TablePiece | undefined;

  start(): void {
    this.choice.addEventListener("change", () => this.show(0));
    this.first.addEventListener("change", () => this.show(Number(this.first.value) - 1));
    byId("previous").addEventListener("click", () => this.show((this.piece?.from ?? 0) - PIECE));
    byId("next").addEventListener("click", () => this.show((this.piece?.from ?? 0) + PIECE));
    this.body.addEventListener("click", ({ target }) => this.open(target));
    this.body.addEventListener("keydown", (event) => this.keyDown(event));
    this.body.addEventListener("focusin", ({ target }) => {
      if (target instanceof Element && target.matches(ROW)) takeTurn(target, ROW);
    });
    addEventListener("message", ({ data }: MessageEvent<ToPage>) => this.hear(data));
    this.editor.tell({ kind: "ready" });
  }

  private hear(message: ToPage): void {
    document.body.dataset.state = message.kind === "tables" ? "ready" : "absent";
    if (message.kind === "absent") {
      byId("absent").textContent = message.text;
      this.announcer.now(message.text);
      return;
    }
    this.showNames(message.tables, message.piece.list);
    this.showPiece(message.piece);
  }

  private showNames(tables: readonly TableName[], chosen: string): void {
    const options = tables.map(({ list, title, total }) => {
      const option = document.createElement("option");
      option.value = list;
      option.textContent = `${title} (${total})`;
      option.selected = list === chosen;
      return option;
    });
    this.choice.replaceChildren(...options);
  }

  private showPiece(piece: TablePiece): void {
    const { columns, rows, from, total } = piece;
    const isSame = this.piece?.list === piece.list && this.piece.from === from;
    const focused = [...this.body.children].indexOf(document.activeElement ?? this.body);
    this.piece = piece;
    byId("columns").replaceChildren(...columns.map((name) => cell("th", name)));
    const lines = rows.map(({ cells, sign }) => {
      const row = document.createElement("tr");
      if (sign) row.className = sign;
      if (sign === "here") row.setAttribute("aria-current", "true");
      row.append(...cells.map((text) => cell("td", text)));
      return row;
    });
    this.body.replaceChildren(...lines);
    giveTurns(this.body, ROW);
    if (isSame && focused >= 0) lines[Math.min(focused, lines.length - 1)]?.focus();
    this.first.value = String(from + 1);
    this.first.max = String(total);
    (byId("previous") as HTMLButtonElement).disabled = from === 0;
    (byId("next") as HTMLButtonElement).disabled = from + rows.length >= total;
    const words = total === 0 ? "It is empty." : `Rows ${from + 1} to ${from + rows.length} of ${total}.`;
    byId("extent").textContent = words;
    this.announcer.later(words);
  }

  private show(from: number): void {
    const most = Math.max(0, Number(this.first.max) - 1);
    const wanted = Number.isFinite(from) ? Math.max(0, Math.floor(from)) : 0;
    const list = this.choice.value;
    const isOther = list !== this.piece?.list;
    this.editor.tell({ kind: "show", list, from: isOther ? 0 : Math.min(most, wanted) });
  }

  private open(target: EventTarget | null): void {
    const row = target instanceof Element ? target.closest(ROW) : null;
    if (row && String(getSelection()) === "") {
      this.editor.tell({ kind: "open", row: [...this.body.children].indexOf(row) });
    }
  }

  private keyDown(event: KeyboardEvent): void {
    const { target, key } = event;
    if (!(target instanceof Element) || !target.matches(ROW)) return;
    if (key === "Enter") this.open(target);
    else if (key === "PageDown") this.show((this.piece?.from ?? 0) + PIECE);
    else if (key === "PageUp") this.show((this.piece?.from ?? 0) - PIECE);
    else if (!moveFrom(target, key, ROW)) return;
    event.preventDefault();
  }
}

function cell(tag: "th" | "td", text: string): HTMLElement {
  const element = document.createElement(tag);
  if (tag === "th") element.setAttribute("scope", "col");
  element.textContent = text;
  return element;
}

function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no element ${id}.`);
  return found;
}

new Page().start();
