/** Rows × columns of a matrix, as two numbers that are never bent into range: what cannot be is answered in words. */
import { make } from "../page/elements.js";
import { _ } from "../page/words.js";

/** How far the slider goes that changes both sides. */
const MOST_SQUARE = 11;

export class SizeFields {
  /**
   * @param {[string, string]} labels  @param {(height: number, width: number) => void} change
   * @param {(sentence: string) => void} refuse
   */
  constructor(labels, change, refuse) {
    this.change = change;
    this.refuse = refuse;
    this.inputs = labels.map((label) =>
      make("input", { type: "number", inputmode: "numeric", min: "1", step: "1", "aria-label": label }),
    );
    this.slider = make("input", { type: "range", class: "slider", min: "1", step: "1", "aria-label": _("Both sides") });
    this.slider.addEventListener("input", () => change(this.slider.valueAsNumber, this.slider.valueAsNumber));
    this.root = make("span", { class: "sides" }, this.inputs[0], "×", this.inputs[1], this.slider);
    for (const input of this.inputs) {
      input.addEventListener("change", () => this.#told());
      input.addEventListener("blur", () => this.#filled(input));
    }
    this.sides = [1, 1];
  }

  /** @param {number[]} sides  @param {(number | undefined)[]} largest  @param {number} most  whatever fits */
  show(sides, largest, most) {
    this.sides = sides;
    const end = Math.min(most, MOST_SQUARE, ...largest.map((side) => side ?? most));
    this.slider.hidden = end < 2;
    this.slider.max = String(end);
    this.slider.value = String(Math.max(...sides));
    for (const [place, input] of this.inputs.entries()) {
      input.max = String(Math.min(most, largest[place] ?? most));
      if (document.activeElement !== input) this.#filled(input);
    }
  }

  /** @param {HTMLInputElement} input */
  #filled(input) {
    input.removeAttribute("aria-invalid");
    input.value = String(this.sides[this.inputs.indexOf(input)]);
  }

  #told() {
    const wrong = this.inputs.find((input) => input.value === "" || !input.checkValidity());
    for (const input of this.inputs) input.toggleAttribute("aria-invalid", input === wrong);
    if (wrong) return this.refuse(rangeSentence(wrong));
    const [height, width] = this.inputs.map(({ valueAsNumber }) => valueAsNumber);
    this.change(height, width);
  }
}

/** @param {HTMLInputElement} input */
function rangeSentence({ ariaLabel, validity, max, min }) {
  const field = ariaLabel ?? "";
  if (validity.rangeOverflow) return _("{field}: at most {maximum} fit here.", { field, maximum: max });
  if (validity.rangeUnderflow) return _("{field}: at least {minimum}.", { field, minimum: min });
  return _("{field}: write a whole number.", { field });
}
