/** The filter menu: every named kernel and gradient filter, each with a picture of its numbers. */
import { make } from "../page/elements.js";
import { arrows, grouped, popover } from "../page/popover.js";
import { _, groupName, said } from "../page/words.js";
import { tintOf } from "./tint.js";

/** @typedef {import("./server.js").Tables} Tables */
/**
 * @typedef {{ name: string, title: string, group: string, weight: number[][], layer:
 *   import("./scene.js").SceneLayer }} Filter
 */

/** Everything a user can pick as a filter. @param {Tables} tables  @returns {Filter[]} */
export function filtersOf({ operations, kernels }) {
  const pictured = operations.filter(({ picture }) => picture);
  return [
    ...kernels.map(({ name, title, group, weight, layer }) => ({
      name,
      title: said(title, name),
      group,
      weight,
      layer: /** @type {import("./scene.js").SceneLayer} */ (layer),
    })),
    ...pictured.map(({ name, title, group, picture }) => ({
      name,
      title: said(title, name),
      group,
      weight: kernels.find((kernel) => kernel.name === picture)?.weight ?? [[1]],
      layer: { operation: name },
    })),
  ];
}

/** The filter that a layer is, if it is a named one. @param {Filter[]} filters  @param {Layer} layer */
export function filterOf(filters, layer) {
  const name = layer.arguments.weight ?? layer.operation;
  return filters.find((filter) => filter.name === name);
}

export class FilterMenu {
  /** @param {Filter[]} filters  @param {(filter: Filter) => void} choose */
  constructor(filters, choose) {
    this.filters = filters;
    this.button = make("button", { type: "button", class: "filter-button" });
    this.menu = make("div", { class: "filter-menu", "aria-label": _("Filters") });
    this.root = make("div", { class: "filter-field" }, this.button, this.menu);
    popover(this.button, this.menu, () => this.#fill(choose));
    arrows(this.menu);
  }

  /** @param {Layer} layer  @param {number[][]} weight */
  show(layer, weight) {
    this.chosen = filterOf(this.filters, layer);
    const title = this.chosen?.title ?? _("Custom kernel");
    this.button.replaceChildren(
      thumbnail(weight),
      make("span", { class: "filter-title" }, title),
      make("span", { class: "chevron", "aria-hidden": "true" }),
    );
    this.button.setAttribute("aria-label", _("Filter: {title}", { title }));
  }

  /** @param {(filter: Filter) => void} choose */
  #fill(choose) {
    const rows = grouped(
      this.filters,
      ({ group }) => group,
      groupName,
      (filter) => {
        const button = make(
          "button",
          {
            type: "button",
            class: "filter",
            "aria-current": this.chosen === filter ? "true" : false,
            "data-filter": filter.name,
          },
          thumbnail(filter.weight),
          make("span", {}, filter.title),
        );
        button.addEventListener("click", () => {
          this.menu.hidePopover();
          choose(filter);
        });
        return button;
      },
    );
    this.menu.replaceChildren(...rows);
  }
}

/** A kernel as squares in the colours of its numbers. @param {number[][]} weight */
export function thumbnail(weight) {
  const space = "http://www.w3.org/2000/svg";
  const rows = weight.length,
    columns = weight[0].length,
    tint = tintOf(weight.flat());
  const picture = document.createElementNS(space, "svg");
  picture.setAttribute("viewBox", `0 0 ${columns} ${rows}`);
  picture.setAttribute("class", "thumbnail");
  picture.setAttribute("aria-hidden", "true");
  for (const [row, values] of weight.entries()) {
    for (const [column, value] of values.entries()) {
      const cell = document.createElementNS(space, "rect");
      const place = { x: column, y: row, width: 1, height: 1 };
      for (const [name, number] of Object.entries(place)) cell.setAttribute(name, String(number));
      cell.style.fill = tint(value).background;
      picture.append(cell);
    }
  }
  return picture;
}
