/** Convolution as a product of matrices: each window a row, each kernel a column. Pooling as rows that are reduced. */
import { make } from "../../page/elements.js";
import { cellAtPlace, placeOfCell } from "../../words/cells.js";
import { figure, thousands } from "../../words/figures.js";
import { inLanguage, sayIn } from "../../words/language.js";
import { Links } from "./links.js";
import { drawMatrices } from "./matrices.js";
import { shapesOf } from "./matrix-shapes.js";
import { Pacing } from "./pacing.js";

/** Rows that are shown at once, in blocks, so that they stand still while the window walks through one. */
const BLOCK_ROWS = 9;

export class Im2colView {
  root = make("div", {});
  note = make("p", { class: "quiet" });
  shapes = make("p", { class: "shapes", translate: "no", lang: "en" });
  tables = make("div", { class: "matrices" });
  #key = "";
  #pacing = new Pacing(() => this.#follow());
  /** Windows stand as columns, as torch's unfold has them. */
  #upright = false;
  /** @type {Step | null} */
  #step = null;
  #count = 0;

  /** @param {ViewEvents} events */
  constructor(events) {
    this.events = events;
    for (const kind of ["pointerover", "focusin"])
      this.root.addEventListener(kind, (event) => this.#point(event.target));
    for (const kind of ["pointerleave", "focusout"]) this.root.addEventListener(kind, () => this.#leave());
    this.root.addEventListener("click", (event) => this.#choose(event.target));
  }

  /** @param {ViewScene} scene */
  adopt(scene) {
    this.scene = scene;
    this.links = new Links(scene);
    this.#key = "";
    this.#step = null;
    const _ = sayIn(scene.language);
    const { relations } = scene.opening;
    const { rows, columns, copies, groups } = /** @type {Relations} */ (relations);
    const facts = { rows: thousands(rows), columns: thousands(columns), copies: figure(copies) };
    this.note.textContent = [
      _("{rows} windows of {columns} cells: {copies} times as many numbers as the input.", facts),
      ...(groups > 1 ? [_("Each of the {groups} groups of channels has a matrix of its own.", { groups })] : []),
    ].join(" ");
    const turn = make("button", { type: "button", class: "button turn" }, _("Windows as rows or as columns"));
    turn.addEventListener("click", () => {
      this.#upright = !this.#upright;
      this.#key = "";
      if (this.#step) this.#draw(this.#step);
    });
    this.root.replaceChildren(make("div", { class: "matrices-head" }, this.note, turn), this.tables, this.shapes);
  }

  /** @param {Step} step  @param {ViewManner} manner */
  show(step, { playing, count }) {
    this.#step = step;
    this.#count = count;
    if (this.#blockOf(step) !== this.#key && playing && this.#key) this.#pacing.ask();
    else this.#follow();
  }

  /** The newest step, in its block of rows. */
  #follow() {
    const step = this.#step;
    if (!step) return;
    if (this.#blockOf(step) !== this.#key) this.#draw(step);
    else this.#light(/** @type {Links} */ (this.links), step);
  }

  close() {
    this.#pacing.close();
  }

  /** @param {Step} step */
  #blockOf(step) {
    return `${this.#firstRow(step)} ${/** @type {Links} */ (this.links).firstOf(step.at[0])}`;
  }

  /** @param {Step} step */
  #firstRow({ at: [, row, column] }) {
    const { output } = /** @type {Links} */ (this.links);
    const place = placeOfCell([0, row, column], output);
    const all = output[1] * output[2];
    return Math.max(0, Math.min(place - (place % BLOCK_ROWS), all - BLOCK_ROWS));
  }

  /** @param {Step} step */
  #draw(step) {
    const links = /** @type {Links} */ (this.links);
    const { opening, arrays, language } = /** @type {ViewScene} */ (this.scene);
    this.#key = this.#blockOf(step);
    const first = this.#firstRow(step);
    const all = links.output[1] * links.output[2];
    const rows = Array.from({ length: Math.min(BLOCK_ROWS, all) }, (_none, offset) => first + offset);
    const title = inLanguage(opening.title, language);
    const told = { links, rows, all, channel: step.at[0], output: arrays.output, title, upright: this.#upright };
    this.tables.replaceChildren(...drawMatrices({ ...told, bias: opening.start.bias ?? null, _: sayIn(language) }));
    this.shapes.replaceChildren(...shapesOf(opening, this.#upright));
    this.#light(links, step);
  }

  /** @param {Links} links  @param {Step} step */
  #light(links, step) {
    const row = placeOfCell([0, step.at[1], step.at[2]], links.output);
    for (const cell of this.tables.querySelectorAll("[data-window]")) {
      const own = Number(cell.getAttribute("data-window")) === row;
      const filter = cell.getAttribute("data-kernel");
      cell.classList.toggle("lit", own && (filter === null || Number(filter) === step.at[0]));
    }
    for (const cell of this.tables.querySelectorAll(".weight"))
      cell.classList.toggle("lit", Number(cell.getAttribute("data-kernel")) === step.at[0]);
    for (const cell of this.tables.querySelectorAll(".made")) {
      const index = Number(cell.getAttribute("data-step"));
      const value = index === step.index ? step.output : index < this.#count ? this.#outputAt(index) : null;
      const text = typeof value === "number" ? figure(value) : "";
      if (cell.textContent !== text) cell.textContent = text;
    }
  }

  /** @param {number} index */
  #outputAt(index) {
    const value = /** @type {ViewScene} */ (this.scene).arrays.output[index];
    return Number.isNaN(value) ? null : value;
  }

  /** @param {EventTarget | null} target */
  #point(target) {
    const cell = target instanceof Element ? target.closest("[data-place]") : null;
    const place = Number(cell?.getAttribute("data-place") ?? -1);
    this.#mark(place);
    if (place >= 0) {
      const [channel, row, column] = cellAtPlace(place, /** @type {Links} */ (this.links).input);
      return this.events.probe({ part: "input", channel, row, column, text: [] });
    }
    const step = target instanceof Element ? target.closest("[data-step]")?.getAttribute("data-step") : null;
    this.events.look(step ? Number(step) : null);
  }

  #leave() {
    this.#mark(-1);
    this.events.probe(null);
    this.events.look(null);
  }

  /** The same cell of the input stands in many rows. @param {number} place */
  #mark(place) {
    for (const cell of this.tables.querySelectorAll("[data-place]"))
      cell.classList.toggle("same", place >= 0 && Number(cell.getAttribute("data-place")) === place);
  }

  /** @param {EventTarget | null} target */
  #choose(target) {
    const step = target instanceof Element ? target.closest("[data-step]")?.getAttribute("data-step") : null;
    if (step) this.events.seek(Number(step));
  }

  /** @param {Probe | null} probe  of a cell on the stage */
  light(probe) {
    const links = /** @type {Links} */ (this.links);
    if (!probe || !this.#step) return this.#mark(-1);
    if (probe.part === "input") return this.#mark(links.placeOf([probe.channel, probe.row, probe.column]));
    if (probe.part === "window") this.#mark(links.of(this.#step.at)[links.tapOf(probe)]?.place ?? -1);
  }
}
