/** Which maps below each map of the walked layer sees, where not all: a row a map below, a column a map above. */
import { make } from "../../page/elements.js";
import { countOf, placeOfCell } from "../../words/cells.js";
import { sayIn } from "../../words/language.js";

export class LinkTable {
  root = make("div", { class: "table-scroll", hidden: true });
  /** @type {number[][]} */
  #links = [];
  /** Cells and headings that each column and each row has. @type {Record<"column" | "row", HTMLElement[][]>} */
  #lines = { column: [], row: [] };
  /** @type {Step | null} */
  #step = null;

  /** @param {ViewEvents} events */
  constructor(events) {
    this.events = events;
    for (const kind of ["pointerover", "focusin"])
      this.root.addEventListener(kind, (event) => this.#point(event.target));
    for (const kind of ["pointerleave", "focusout"]) this.root.addEventListener(kind, () => this.#point(null));
    this.root.addEventListener("click", ({ target }) => {
      const step = this.#stepOf(placeOf(target, "column"));
      if (step !== null) events.seek(step);
    });
  }

  /** @param {ViewScene} scene */
  adopt({ opening, language }) {
    const _ = sayIn(language);
    this.opening = opening;
    this.#step = null;
    this.#links = opening.start.links ?? [];
    this.root.hidden = !this.#links.length;
    if (!this.#links.length) return this.root.replaceChildren();
    const below = this.#links[0].map((_link, row) => row);
    const columns = this.#links.map((seen, column) => {
      const maps = below.filter((row) => seen[row]).map((row) => row + 1);
      const label = _("map {map} sees {seen}", { map: column + 1, seen: maps.join(", ") });
      const name = make("button", { type: "button", title: label, "aria-label": label }, String(column + 1));
      return make("th", { scope: "col", "data-column": String(column) }, name);
    });
    const rows = below.map((row) => {
      const users = this.#links.filter((seen) => seen[row]).length;
      const label = _("channel {channel} is seen by {count} {count|map/maps}", { channel: row + 1, count: users });
      const cells = this.#links.map((seen, column) =>
        make("td", { class: seen[row] ? "linked" : false, "data-column": String(column), "data-row": String(row) }),
      );
      const name = make("th", { scope: "row", "data-row": String(row), title: label, "aria-label": label });
      name.textContent = String(row + 1);
      return make("tr", {}, name, ...cells);
    });
    const count = this.#links.flat().filter(Boolean).length;
    this.root.replaceChildren(
      make(
        "table",
        { class: "link-table" },
        make(
          "caption",
          {},
          _("{count} links: each column is a map and shows the channels below that it sees", { count }),
        ),
        make("thead", {}, make("tr", {}, make("td"), ...columns)),
        make("tbody", {}, ...rows),
      ),
    );
    this.#lines.column = this.#links.map((_seen, column) => [...this.#all(`[data-column="${column}"]`)]);
    this.#lines.row = below.map((row) => [...this.#all(`[data-row="${row}"]`)]);
  }

  /** @param {string} selector  @returns {NodeListOf<HTMLElement>} */
  #all(selector) {
    return this.root.querySelectorAll(selector);
  }

  /** The walked map's column is lit. @param {Step} step */
  show(step) {
    this.#step = step;
    this.#light("column", step.at[0], "walked");
  }

  /** The step of another map at the walked place. @param {number} column */
  #stepOf(column) {
    const { start } = this.opening ?? {};
    if (column < 0 || !this.#step || !start || start.steps !== countOf(start.output_shape)) return null;
    return placeOfCell([column, this.#step.at[1], this.#step.at[2]], start.output_shape);
  }

  /** @param {EventTarget | null} target */
  #point(target) {
    const column = placeOf(target, "column");
    this.#light("column", column, "pointed");
    this.#light("row", placeOf(target, "row"), "pointed-row");
    if (this.#links.length) this.events.look(this.#stepOf(column));
  }

  /** @param {"column" | "row"} lines  @param {number} place  @param {string} name */
  #light(lines, place, name) {
    for (const [index, cells] of this.#lines[lines].entries())
      for (const cell of cells) cell.classList.toggle(name, index === place);
  }
}

/** Which column or row something of the table is in, or -1. @param {EventTarget | null} target
 * @param {"column" | "row"} line */
function placeOf(target, line) {
  const cell = target instanceof Element ? target.closest(`[data-${line}]`) : null;
  return cell instanceof HTMLElement ? Number(cell.dataset[line]) : -1;
}
