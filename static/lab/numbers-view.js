/** What the stage cannot hold: every product with the sum so far, every channel's sum, every kernel's answer here. */
import { make } from "../page/elements.js";
import { _ } from "../page/words.js";
import { write } from "../views/tokens.js";
import { figure } from "../words/figures.js";
import { ProductSums } from "./sums-so-far.js";

/** Of more numbers only so many have a cell. */
const MOST_IN_ROW = 128;

/** @typedef {{ root: HTMLElement, cells: HTMLElement[] }} Row */

export class NumbersView {
  place = make("p", { class: "place" }, make("b", {}), make("span", {}));
  tables = make("div", { class: "number-rows" });
  root = make("div", {}, this.place, this.tables);
  /** @type {ViewScene | null} */
  #scene = null;
  /** @type {Step | null} */
  #step = null;
  /** @type {Record<string, Row>} */
  #rows = {};
  /** @type {string | null} */
  #form = null;
  #sums = new ProductSums(() => this.#step && this.#showSums(this.#step));

  /** @param {ViewEvents} events */
  constructor(events) {
    this.events = events;
    this.tables.addEventListener("click", (event) => this.#pick(event));
    this.tables.addEventListener("pointerover", (event) => this.#look(event));
    this.tables.addEventListener("pointerleave", () => this.events.look(null));
  }

  /** @param {ViewScene} scene */
  adopt(scene) {
    this.#scene = scene;
    this.#step = null;
    this.#form = null;
    this.#sums.adopt(scene);
  }

  /** @param {Step} step  @param {ViewManner} manner */
  show(step, manner) {
    const scene = this.#scene;
    if (!scene) return;
    this.#step = step;
    const { start } = scene.opening;
    const { words } = scene;
    const several = start.output_shape[0] > 1 || start.input_shape[0] > 1;
    write(this.place.children[0], words.counter(step.index + 1, start.steps));
    write(this.place.children[1], ` · ${words.place(step.at, several)}`);
    const lines = numberLines(scene, step);
    this.#lay(lines);
    for (const { name, values, marked } of lines) fillRow(this.#rows[name].cells, values, marked);
    this.#showSums(step);
    if (!manner.inspected) this.#sums.want(step.index, manner.playing);
  }

  /** @param {NumberLine[]} lines */
  #lay(lines) {
    const form = lines.map(({ name, values }) => `${name} ${values.length}`).join();
    if (form === this.#form) return;
    this.#form = form;
    this.#rows = {};
    const rows = lines.map((line) => this.#row(line));
    const head = make("p", { class: "quiet" }, _("This step has no more numbers than the stage shows."));
    const table = make("table", { class: "number-table" }, make("tbody", {}, ...rows));
    this.tables.replaceChildren(
      rows.length ? make("div", { class: "table-scroll", tabindex: "0", "aria-label": _("Numbers") }, table) : head,
    );
  }

  /** @param {NumberLine} line */
  #row({ name, title, role, values, steps }) {
    const cells = values
      .slice(0, MOST_IN_ROW)
      .map((_value, place) => make("td", { class: role, "data-step": steps ? String(steps[place]) : false }));
    this.#rows[name] = { root: make("tr", {}, make("th", { scope: "row" }, title), ...cells), cells };
    const more = values.length - MOST_IN_ROW;
    if (more > 0) this.#rows[name].root.append(make("td", { class: "quiet" }, `+${more}`));
    return this.#rows[name].root;
  }

  /** @param {Step} step */
  #showSums(step) {
    const row = this.#rows.partial;
    const partial = this.#sums.get(step.index);
    if (row && this.#scene) fillRow(row.cells, partial ? seenBy(this.#scene.opening, step)(partial).flat(3) : [], -1);
  }

  /** The answers of other kernels are steps of their own. @param {Event} event */
  #stepOf({ target }) {
    const cell = target instanceof HTMLElement ? target : null;
    const place = cell && this.#rows.kernels ? this.#rows.kernels.cells.indexOf(cell) : -1;
    return place < 0 || !this.#step || !this.#scene ? null : kernelStep(this.#scene.opening, this.#step, place);
  }

  /** @param {Event} event */
  #pick(event) {
    const step = this.#stepOf(event);
    if (step !== null) this.events.seek(step);
  }

  /** @param {Event} event */
  #look(event) {
    this.events.look(this.#stepOf(event));
  }

  close() {
    this.#sums.close();
  }
}

/**
 * @typedef {{ name: string, title: string, role: string, values: (number | null | undefined)[], marked: number,
 *   steps?: number[] }} NumberLine  one number a cell; `marked` is the place of the one that counts, -1 for none
 */

/** @param {ViewScene} scene  @param {Step} step  @returns {NumberLine[]} */
function numberLines({ opening, arrays }, step) {
  const { start } = opening;
  const row = (
    /** @type {string} */ name,
    /** @type {string} */ title,
    /** @type {string} */ role,
    /** @type {any[]} */ values,
    marked = -1,
  ) => ({ name, title, role, values, marked });
  const lines = [];
  const seen = seenBy(opening, step);
  if (step.window) {
    const window = seen(/** @type {any[]} */ (step.window)).flat(3);
    lines.push(row("window", _("window"), "role-input", window, step.products ? -1 : winnerOf(step, window)));
  }
  if (step.products && step.sums && step.window && step.angle === undefined) {
    const weight = /** @type {any[]} */ (start.weight ?? [])[step.at[0]] ?? [];
    const products = seen(/** @type {any[]} */ (step.products)).flat(3);
    lines.push(row("weights", _("kernel"), "role-kernel", seen(weight).flat(3)));
    lines.push(row("products", _("products"), "", products));
    lines.push(row("partial", _("sum so far"), "", Array(products.length).fill(null)));
    if (step.sums.length > 1) lines.push(row("sums", _("sum of each channel"), "role-output", seen(step.sums)));
  }
  const kernels = start.output_shape[0];
  if (start.kind === "gather" && kernels > 1 && kernelStep(opening, step, 0) !== null) {
    const values = Array.from({ length: kernels }, (_kernel, place) => {
      const index = /** @type {number} */ (kernelStep(opening, step, place));
      return index === step.index ? /** @type {number} */ (step.output) : arrays.output[index];
    });
    lines.push(row("kernels", _("every kernel, here"), "role-output", values, step.at[0]));
  }
  return lines;
}

/**
 * Of what a step has for each channel, that of the channels its output is linked to: an absent link has no numbers.
 * @param {Opening} opening  @param {Step} step  @returns {(channels: any[]) => any[]}
 */
function seenBy({ start: { links } }, { at: [output] }) {
  return (channels) => (links ? channels.filter((_channel, place) => links[output][place]) : channels);
}

/** The step of another output channel at the same place. @param {Opening} opening  @param {Step} step
 * @param {number} channel */
function kernelStep({ start: { steps, output_shape: shape } }, step, channel) {
  if (steps !== shape[0] * shape[1] * shape[2]) return null;
  return (channel * shape[1] + step.at[1]) * shape[2] + step.at[2];
}

/** @param {Step} step  @param {any[]} window */
function winnerOf({ argmax, channel, window: told }, window) {
  if (channel !== undefined) return channel;
  const columns = /** @type {any[]} */ (told)[0].length;
  return argmax && window.length ? argmax[0] * columns + argmax[1] : -1;
}

/** @param {HTMLElement[]} cells  @param {readonly (number | null | undefined)[]} values  @param {number} marked */
function fillRow(cells, values, marked) {
  for (const [place, cell] of cells.entries()) {
    const value = values[place];
    write(cell, value === null || value === undefined || Number.isNaN(value) ? "" : figure(value));
    cell.classList.toggle("marked", place === marked);
  }
}
