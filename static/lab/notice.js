/** What the lab says under its line when the server says no, with a button for the scene that mends it or was meant. */
import { make } from "../page/elements.js";
import { _ } from "../page/words.js";

/** A picture that is asked for in a size, and an operation that brings a map to one. */
const PICTURE = /^\S+ (\d+)[^|]* \| @/;
const FITTED = /adaptive_avg_pool2d \(?(\d+)(?:,(\d+))?/;

/** @typedef {{ message: string, told?: Partial<Problem> }} Complaint */

export class Notice {
  /** @param {HTMLElement} room  in the form of the line */
  constructor(room) {
    this.room = room;
    /** Whether the page came with a refusal: the server refused what its address says. */
    this.came = !room.hidden;
  }

  /** @param {Complaint | null} refusal */
  show(refusal) {
    const fix = refusal?.told?.fix;
    const parts = refusal ? [make("span", {}, refusal.message)] : [];
    this.room.replaceChildren(...parts, ...(fix ? [this.#button(fix, refusal?.told)] : []));
    this.room.hidden = !refusal;
  }

  /** @param {string} fix  @param {Partial<Problem>} [told] */
  #button(fix, told) {
    const button = make("button", { type: "button", class: "button" });
    if (told?.field === "input") {
      button.append(titleOf(fix, told.value));
      button.title = fix;
    } else button.append(make("code", { lang: "en", translate: "no" }, fix));
    button.addEventListener("click", () => {
      const form = /** @type {HTMLFormElement} */ (this.room.closest("form"));
      /** @type {HTMLInputElement} */ (form.elements.namedItem("scene")).value = fix;
      form.requestSubmit();
    });
    return button;
  }
}

/**
 * What mends a scene: its input in another size, or something else.
 * @param {string} fix  the line that fits  @param {unknown} given  the shape that did not
 */
export function titleOf(fix, given) {
  const sides = (PICTURE.exec(fix) ?? FITTED.exec(fix) ?? []).slice(1).map(Number).filter(Boolean);
  const size = Math.max(...sides);
  const resized = sides.length && !String(given).endsWith(`, ${size}, ${size})`);
  return resized ? _("Resize to {size}", { size }) : _("Make the input fit");
}
