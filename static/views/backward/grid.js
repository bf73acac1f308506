/** An array as tables of numbers: planes side by side, what has one cell a plane as one row or one matrix. */
import { DIRECTIONS } from "../../page/directions.js";
import { make } from "../../page/elements.js";
import { countOf } from "../../words/cells.js";
import { figure } from "../../words/figures.js";

/** Planes that are shown beside each other. */
export const MOST_PLANES = 3;

/** How an array is laid out. @param {number[]} shape  @returns {{ planes: number, rows: number, columns: number }} */
export function layoutOf(shape) {
  const [rows, columns] = shape.slice(-2);
  if (shape.length < 3) return { planes: 1, rows: 1, columns: countOf(shape) };
  if (rows > 1 || columns > 1) return { planes: countOf(shape.slice(0, -2)), rows, columns };
  return { planes: 1, rows: countOf(shape.slice(0, -3)), columns: shape[shape.length - 3] };
}

export class Grid {
  root = make("div", { class: "gradient-grid", tabindex: "0" });
  caption = make("div", { class: "name" });
  tables = make("div", { class: "planes" });
  /** Cells that are shown, by their place in the array. @type {Map<number, HTMLElement>} */
  cells = new Map();
  #first = -1;
  #walkable = false;

  /** @param {string} role  class of the table  @param {string} name  @param {string} about  @param {number[]} shape */
  constructor(role, name, about, shape) {
    this.layout = layoutOf(shape);
    this.root.classList.add(role);
    this.caption.append(
      make("b", { translate: "no" }, name),
      ...(about ? [name ? " " : "", make("span", {}, about)] : []),
    );
    this.root.append(this.caption, this.tables);
    this.follow(0);
  }

  /**
   * Arrow keys lead from cell to cell; the first of them to the cell that is lit.
   * @param {string} name  that the grid is read out by
   */
  walkable(name) {
    this.root.setAttribute("role", "group");
    this.root.setAttribute("aria-label", name);
    for (const cell of this.cells.values()) cell.tabIndex = -1;
    this.#walkable = true;
    this.root.addEventListener("keydown", (event) => this.#key(event));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const way = DIRECTIONS[event.key];
    if (!way || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    const { rows, columns } = this.layout;
    const here = this.#focused;
    if (here < 0) return this.#focus(this.#lit ?? Math.min(...this.cells.keys()));
    const [plane, row] = [Math.floor(here / (rows * columns)), Math.floor(here / columns) % rows];
    const [down, right] = [row + way[0], (here % columns) + way[1]];
    if (down < 0 || down >= rows) return;
    const beside = plane + Math.floor(right / columns); // over the edge lies the same row of the next plane
    this.#focus((beside * rows + down) * columns + ((right + columns) % columns));
  }

  /** Place of the cell that has the focus, -1 where none has it. */
  get #focused() {
    for (const [place, cell] of this.cells) if (cell.matches(":focus")) return place;
    return -1;
  }

  get #lit() {
    return [...this.cells].find(([, cell]) => cell.classList.contains("lit"))?.[0];
  }

  /** @param {number} place */
  #focus(place) {
    this.cells.get(place)?.focus();
  }

  /** How many planes stand here at once. */
  get shown() {
    return Math.min(this.layout.planes, MOST_PLANES);
  }

  /** Shows the planes from the one that holds a place of the array. @param {number} place */
  follow(place) {
    const { planes, rows, columns } = this.layout;
    const first = Math.min(Math.floor(Math.max(0, place) / (rows * columns)), planes - this.shown);
    if (first === this.#first) return;
    this.#first = first;
    const focused = this.#focused;
    this.cells.clear();
    const tables = Array.from({ length: this.shown }, (_none, plane) => this.#table(first + plane));
    const dots = this.shown < planes ? [make("span", { class: "quiet" }, "…")] : [];
    this.tables.replaceChildren(...tables, ...dots);
    if (focused >= 0) (this.cells.get(focused) ?? this.root).focus();
  }

  /** @param {number} plane */
  #table(plane) {
    const { rows, columns } = this.layout;
    const body = Array.from({ length: rows }, (_none, row) =>
      make(
        "tr",
        {},
        ...Array.from({ length: columns }, (_cell, column) => this.#cell((plane * rows + row) * columns + column)),
      ),
    );
    return make("table", { class: "gradient-table" }, make("tbody", {}, ...body));
  }

  /** @param {number} place */
  #cell(place) {
    const cell = make("td", { "data-place": String(place) });
    if (this.#walkable) cell.tabIndex = -1;
    this.cells.set(place, cell);
    return cell;
  }

  /** @param {(number | null)[]} values  of the whole array */
  write(values) {
    for (const [place, cell] of this.cells) {
      const text = figure(values[place]);
      if (cell.textContent !== text) cell.textContent = text;
    }
  }

  /** @param {string} name  class  @param {(place: number) => boolean} which */
  mark(name, which) {
    for (const [place, cell] of this.cells) cell.classList.toggle(name, which(place));
  }
}
