/** Stops of the walk, as the share dialog writes them: marks on the time line with a note each. */
import { make } from "../page/elements.js";
import { _ } from "../page/words.js";
import { LONGEST_NOTE, MOST_STOPS, readStops, spellStops } from "../words/stops.js";

/** @typedef {import("../words/stops.js").Stop} Stop */

/** What steps with a name are called. */
const PLACE_NAMES = /** @type {Record<string, string>} */ ({
  corner: _("first step"),
  strongest: _("strongest answer"),
  last: _("last step"),
});

export class StopsForm {
  /** @type {Stop[]} */
  #stops = [];
  list = make("ol", { class: "stop-rows" });
  adder = make("button", { type: "button", class: "button" }, _("Add a stop here"));
  root = make(
    "fieldset",
    { class: "stops" },
    make("legend", {}, _("Stops: playing pauses there and shows the note")),
    this.list,
    this.adder,
  );

  /** @param {import("../kernel-walk.js").KernelWalk} walk  @param {() => void} changed */
  constructor(walk, changed) {
    this.walk = walk;
    this.changed = changed;
    this.adder.addEventListener("click", () => this.#add());
  }

  /** What the walk has now. A lone end without a note is what every walk has. */
  read() {
    const stops = readStops(this.walk.getAttribute("stops") ?? "");
    this.#stops = stops.filter(({ place, note }) => note || place !== "last" || stops.length > 1);
    this.#draw();
  }

  #add() {
    const { step } = this.walk;
    const known = this.#stops.findIndex(({ place }) => place === step);
    if (known < 0) this.#stops = [...this.#stops, { place: step, note: "" }].sort(inOrder);
    this.#write();
    this.#draw();
    this.#focus(this.#stops.findIndex(({ place }) => place === step));
  }

  /** @param {number} place */
  #remove(place) {
    this.#stops = this.#stops.filter((_stop, index) => index !== place);
    this.#write();
    this.#draw();
    this.#focus(Math.min(place, this.#stops.length - 1));
  }

  /** @param {number} place  of a row; without one the button has the focus */
  #focus(place) {
    const note = /** @type {HTMLElement | null} */ (this.list.children[place]?.querySelector("input") ?? null);
    (note ?? this.adder).focus();
  }

  #draw() {
    this.list.replaceChildren(...this.#stops.map((stop, place) => this.#row(stop, place)));
    this.adder.disabled = this.#stops.length >= MOST_STOPS;
  }

  /** @param {Stop} stop  @param {number} place */
  #row(stop, place) {
    const name =
      typeof stop.place === "string" ? PLACE_NAMES[stop.place] : _("step {step}", { step: counted(stop.place) });
    const note = make("input", {
      type: "text",
      maxlength: String(LONGEST_NOTE),
      placeholder: _("Note"),
      "aria-label": _("Note at {place}", { place: name }),
    });
    note.value = stop.note;
    note.addEventListener("input", () => {
      this.#stops[place] = { ...stop, note: note.value.trim() };
      this.#write();
    });
    const remove = make(
      "button",
      {
        type: "button",
        class: "tool",
        "aria-label": _("Remove the stop at {place}", { place: name }),
        title: _("Remove"),
      },
      "✕",
    );
    remove.addEventListener("click", () => this.#remove(place));
    return make("li", {}, make("span", { class: "stop-place" }, name), note, remove);
  }

  #write() {
    if (this.#stops.length) this.walk.setAttribute("stops", spellStops(this.#stops));
    else this.walk.removeAttribute("stops");
    this.changed();
  }
}

/** People count from 1, and from the end as they are told. @param {number} step */
const counted = (step) => (step < 0 ? step : step + 1);

/** Steps with a name stand before and after those with a number. @param {Stop} one  @param {Stop} other */
function inOrder(one, other) {
  const rank = (/** @type {Stop} */ { place }) =>
    place === "corner" ? -1 : typeof place === "string" ? Infinity : place;
  return rank(one) - rank(other);
}
