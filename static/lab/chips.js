/**
 * The chain as chips: a click chooses what is walked, dragging or Alt and arrows reorder. The scene line says the
 *   same.
 */
import { make } from "../page/elements.js";
import { arrows, grouped, popover } from "../page/popover.js";
import { _, groupName, said } from "../page/words.js";
import { shapeText } from "../words/figures.js";
import { ChipPictures } from "./chip-pictures.js";
import { filterOf } from "./filters.js";

/** @typedef {import("./filters.js").Filter} Filter */

/** @typedef {object} ChipActs
 * @property {() => void} input  @property {(layer: number) => void} choose
 * @property {(from: number, to: number) => void} move
 * @property {(layer: number) => void} remove  @property {(operation: KnownOperation) => void} add
 * @property {(operations: KnownOperation[]) => Promise<(string | null)[]>} refusals  why each cannot be added */

export class Chips {
  /** @type {Filter[]} */
  #filters = [];
  #dragged = -1;
  /** Where a chip goes that has the focus. @type {number | null} */
  #followed = null;

  /** @param {HTMLOListElement} list  @param {import("../kernel-walk.js").KernelWalk} walk  @param {ChipActs} acts */
  constructor(list, walk, acts) {
    this.list = list;
    this.acts = acts;
    this.adder = make("li", { class: "chip-item adder" });
    this.pictures = new ChipPictures(walk);
    list.addEventListener("keydown", (event) => this.#key(event));
    list.addEventListener("dragstart", (event) => this.#lift(event));
    list.addEventListener("dragover", (event) => this.#over(event));
    list.addEventListener("drop", (event) => this.#drop(event));
    list.addEventListener("dragend", () => this.#lay());
  }

  /** @param {KnownOperation[]} operations  @param {Filter[]} filters */
  offer(operations, filters) {
    this.#filters = filters;
    const button = make(
      "button",
      { type: "button", class: "chip add", title: _("Add an operation"), "aria-label": _("Add an operation") },
      "+",
    );
    const menu = make("div", { class: "operation-menu", "aria-label": _("Operations") });
    this.adder.replaceChildren(button, menu);
    /** @type {Map<KnownOperation, HTMLButtonElement>} */
    const choices = new Map();
    popover(button, menu, async () => {
      const refusals = await this.acts.refusals(operations).catch(() => []);
      for (const [place, operation] of operations.entries()) refuse(choices.get(operation), refusals[place]);
    });
    arrows(menu);
    menu.replaceChildren(
      ...grouped(
        operations,
        ({ group }) => group,
        groupName,
        (operation) => {
          const choice = make(
            "button",
            { type: "button", class: "operation", "data-operation": operation.name },
            make("span", {}, said(operation.title, operation.name)),
            make("code", {}, operation.name),
          );
          choices.set(operation, choice);
          choice.addEventListener("click", () => {
            if (choice.getAttribute("aria-disabled") === "true") return;
            menu.hidePopover();
            this.acts.add(operation);
          });
          return choice;
        },
      ),
    );
  }

  /** @param {Opening} opening  @param {number} chosen  a layer, or -1 for the input */
  show(opening, chosen) {
    const within = this.list.contains(document.activeElement);
    const focused = within ? (this.#followed ?? this.#focused()) : null;
    this.#followed = null;
    const other = within && focused === null ? document.activeElement : null;
    const [room, ...rooms] = this.pictures.rooms(opening, chosen);
    const first = inputChip(opening, chosen === -1, room);
    first.addEventListener("click", () => this.acts.input());
    const items = opening.layers.map((layer, place) => this.#item(layer, place, place === chosen, rooms[place]));
    this.list.replaceChildren(make("li", { class: "chip-item" }, first), ...items, this.adder);
    this.#reveal();
    if (focused !== null) this.buttonOf(Math.min(focused, opening.layers.length - 1))?.focus();
    else if (other) /** @type {HTMLElement} */ (other.isConnected ? other : first).focus();
  }

  /** The chosen chip in sight, in a row that may be longer than the page. */
  #reveal() {
    const chip = /** @type {HTMLElement | null} */ (this.list.querySelector(".chip[aria-current]"));
    const item = chip?.parentElement;
    if (!item) return;
    const { offsetLeft, offsetWidth } = item,
      { scrollLeft, clientWidth } = this.list;
    if (offsetLeft >= scrollLeft && offsetLeft + offsetWidth <= scrollLeft + clientWidth) return;
    this.list.scrollLeft = offsetLeft - (clientWidth - offsetWidth) / 2;
  }

  /** A chip that is to have the focus when it is there. @param {number} place */
  follow(place) {
    this.#followed = place;
  }

  /** @param {number} place */
  buttonOf(place) {
    return /** @type {HTMLButtonElement | null} */ (this.list.querySelector(`[data-layer="${place}"] .chip`));
  }

  #focused() {
    const item = document.activeElement?.closest?.("[data-layer]");
    return item instanceof HTMLElement && this.list.contains(item) ? Number(item.dataset.layer) : null;
  }

  /** @param {Layer} layer  @param {number} place  @param {boolean} chosen  @param {HTMLElement} room */
  #item(layer, place, chosen, room) {
    const title = said(layer.title, layer.operation);
    const button = make(
      "button",
      {
        type: "button",
        class: "chip",
        "aria-current": chosen ? "true" : false,
        "aria-keyshortcuts": "Alt+ArrowLeft Alt+ArrowRight Delete",
      },
      room,
      make("span", { class: "chip-title" }, title),
      make("span", { class: "chip-detail" }, ...this.#details(layer)),
    );
    button.addEventListener("click", () => this.acts.choose(place));
    return make("li", { class: "chip-item", "data-layer": String(place), draggable: "true" }, button);
  }

  /** @param {Layer} layer */
  #details(layer) {
    const filter = filterOf(this.#filters, layer);
    const named = filter && layer.arguments.weight ? [filter.title, " · "] : [];
    return [...named, make("span", { class: "shape" }, shapeText(layer.output_shape))];
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const place = this.#focused();
    if (place === null) return;
    const by = { ArrowLeft: -1, ArrowRight: 1 }[/** @type {"ArrowLeft"} */ (event.key)];
    if (event.altKey && by) {
      this.#followed = place + by;
      this.acts.move(place, place + by);
    } else if (event.key === "Delete" || event.key === "Backspace") this.acts.remove(place);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {DragEvent} event */
  #lift(event) {
    const item = itemOf(event);
    if (!item || !event.dataTransfer) return;
    this.#dragged = Number(item.dataset.layer);
    item.classList.add("lifted");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("application/x-kernelwalk-layer", String(this.#dragged));
  }

  /** @param {DragEvent} event */
  #over(event) {
    if (this.#dragged < 0) return;
    event.preventDefault();
    const target = itemOf(event);
    for (const item of this.list.children)
      item.classList.toggle("target", item === target && !item.classList.contains("lifted"));
  }

  /** @param {DragEvent} event */
  #drop(event) {
    const target = itemOf(event),
      from = this.#dragged;
    if (from < 0) return;
    event.preventDefault();
    this.#lay();
    if (target) this.acts.move(from, Number(target.dataset.layer));
  }

  #lay() {
    this.#dragged = -1;
    for (const item of this.list.children) item.classList.remove("lifted", "target");
  }
}

/**
 * What cannot be chosen says why.
 * @param {HTMLElement | undefined} choice  @param {string | null | undefined} refusal
 */
function refuse(choice, refusal) {
  choice?.setAttribute("aria-disabled", String(Boolean(refusal)));
  choice?.querySelector("small")?.remove();
  if (refusal) choice?.append(make("small", {}, refusal));
}

/** @param {Event} event */
function itemOf({ target }) {
  const item = target instanceof Element ? target.closest("[data-layer]") : null;
  return item instanceof HTMLElement ? item : null;
}

/** @param {Opening} opening  @param {boolean} chosen  @param {HTMLElement} room */
function inputChip(opening, chosen, room) {
  return make(
    "button",
    { type: "button", class: "chip input", "aria-current": chosen ? "true" : false },
    room,
    make("span", { class: "chip-title" }, _("Input")),
    make("span", { class: "chip-detail" }, make("span", { class: "shape" }, shapeText(opening.layers[0].input_shape))),
  );
}
