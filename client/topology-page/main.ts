import type { Topology } from "../../server/protocol/index.js";
import { Announcer } from "../page/announce.js";
import { absenceText } from "./absence.js";
import { bestDirection } from "./direction.js";
import { draw, MARGIN } from "./draw.js";
import { keep, kept, tell } from "./editor.js";
import { NodeFocus } from "./focus.js";
import { type Direction, Layouts, type Placed } from "./layout.js";
import { lightsOf } from "./light.js";
import type { PictureForm, ToPage } from "./messages.js";
import { pictureFile } from "./picture-files.js";
import { search } from "./search.js";
import { Viewport } from "./viewport.js";
import { showWay } from "./way.js";
import { spokenPath } from "./words.js";

/** Scale at which words can just be read. */
const READABLE = 0.7;

/** The page of the topology: draws what the extension sends. */
class Page {
  private readonly picture = byId("picture");
  private readonly words = byId("words") as HTMLInputElement;
  private readonly way = byId("way");
  private readonly viewport = new Viewport(this.picture);
  private readonly focus = new NodeFocus(this.picture, this.viewport, (id) => tell({ kind: "reveal", id }));
  private readonly announcer = new Announcer(byId("status"));
  private readonly layouts = new Layouts();
  private size = { width: 0, height: 0 };
  private about = "";
  private direction: Direction = "right";
  private number = 0;
  private next = 0;

  start(): void {
    this.words.value = kept().words ?? "";
    this.words.addEventListener("input", () => this.searched());
    this.words.addEventListener("keydown", ({ key }) => {
      if (key === "Enter") this.goToFound();
      if (key !== "Escape") return;
      this.words.value = "";
      this.searched();
    });
    byId("larger").addEventListener("click", () => this.viewport.zoom(1.25));
    byId("smaller").addEventListener("click", () => this.viewport.zoom(0.8));
    byId("fit").addEventListener("click", () => this.viewport.fit());
    addEventListener("keydown", (event) => this.keyDown(event));
    addEventListener("message", ({ data }: MessageEvent<ToPage>) => this.hear(data));
    tell({ kind: "ready" });
  }

  private hear(message: ToPage): void {
    if (message.kind === "topology") void this.show(message.about, message.topology);
    else if (message.kind === "draw") void this.draw(message.form);
    else this.showAbsence(absenceText(message.why, message.text));
  }

  private async show(about: string, topology: Topology): Promise<void> {
    this.number += 1;
    const { number } = this;
    // Its list takes room that the picture has no more.
    showWay(this.way, topology.path, (id) => this.focus.go(id));
    const pause = async (): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, 0));
      if (number !== this.number) throw new Overtaken();
    };
    try {
      // The direction stays while one looks at the same machine: a picture that turns is hard to follow.
      if (about !== this.about) {
        this.direction = await bestDirection(this.layouts, topology, this.viewport.room, pause);
      }
      const { nodes, edges } = topology;
      const placed = await this.layouts.place(nodes, edges, this.direction, pause);
      if (number === this.number) this.showPlaced(about, topology, placed);
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error;
    }
  }

  private showPlaced(about: string, { title, path }: Topology, placed: Placed): void {
    document.body.dataset.state = "ready";
    const hadFocus = this.picture.contains(document.activeElement);
    const lights = lightsOf(path);
    this.picture.innerHTML = draw(placed, lights);
    this.size = {
      width: Math.ceil(placed.width + 2 * MARGIN),
      height: Math.ceil(placed.height + 2 * MARGIN),
    };
    this.viewport.renew(this.size.width, this.size.height);
    if (about !== this.about) this.viewport.fit(READABLE);
    this.about = about;
    this.focus.renew(hadFocus);
    const words = path?.outcome ? `${title} ⇒ ${path.outcome}` : title;
    byId("title").textContent = words;
    byId("title").title = words;
    const here = this.picture.querySelector(".node.here, .node.failed");
    if (here) this.viewport.reveal(here);
    if (this.words.value !== "") search(this.picture, this.words.value);
    this.announcer.later(path ? spokenPath(path) : `${title}: ${placed.nodes.length} things are shown.`);
  }

  private showAbsence(text: string): void {
    this.number += 1;
    this.about = "";
    document.body.dataset.state = "absent";
    const note = document.createElement("p");
    note.className = "absent";
    note.textContent = text;
    this.picture.replaceChildren(note);
    byId("title").textContent = "";
    showWay(this.way, undefined, () => {});
    this.announcer.now(text);
  }

  private async draw(form: PictureForm): Promise<void> {
    try {
      tell({ kind: "drawn", form, data: await pictureFile(this.picture, form, this.size) });
    } catch (error) {
      tell({ kind: "failed", text: error instanceof Error ? error.message : String(error) });
    }
  }

  private searched(): void {
    keep({ words: this.words.value });
    const found = search(this.picture, this.words.value);
    this.next = 0;
    if (this.words.value.trim() === "") this.announcer.now("");
    else this.announcer.now(found.length === 1 ? "1 thing found" : `${found.length} things found`);
    const first = this.picture.querySelector(".node.found");
    if (first) this.viewport.reveal(first);
  }

  /** Goes to what was found, one after the other. */
  private goToFound(): void {
    const found = search(this.picture, this.words.value);
    const id = found[this.next % Math.max(1, found.length)];
    this.next += 1;
    if (id !== undefined) this.focus.go(id);
  }

  private keyDown(event: KeyboardEvent): void {
    if (event.target === this.words || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "+" || event.key === "=") this.viewport.zoom(1.25);
    else if (event.key === "-") this.viewport.zoom(0.8);
    else if (event.key === "0") this.viewport.fit();
    else if (event.key === "/") this.words.focus();
    else return;
    event.preventDefault();
  }
}

/** A newer picture came while an older one was laid out. */
class Overtaken extends Error {}

function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no element ${id}.`);
  return found;
}

new Page().start();
