/** Numbers of each epoch as a line on a scale of powers of ten, and a dot on the epoch that is shown. */
import { make } from "../../page/elements.js";
import { figure } from "../../words/figures.js";

const CURVE_SPACE = "http://www.w3.org/2000/svg";
const CURVE_WIDTH = 240;
const CURVE_HEIGHT = 84;
const CURVE_EDGE = 6;

export class Curve {
  #line = document.createElementNS(CURVE_SPACE, "polyline");
  #dot = document.createElementNS(CURVE_SPACE, "circle");
  #picture = document.createElementNS(CURVE_SPACE, "svg");
  #name = make("span", { class: "quiet" });
  #value = make("b", { class: "place" });
  root = make("figure", { class: "curve" }, make("figcaption", {}, this.#name, " ", this.#value));
  /** @type {(number | null)[]} */
  #values = [];
  /** @type {(value: number) => string} */
  #told = figure;

  constructor() {
    this.#picture.setAttribute("viewBox", `0 0 ${CURVE_WIDTH} ${CURVE_HEIGHT}`);
    this.#picture.setAttribute("aria-hidden", "true");
    this.#dot.setAttribute("r", "5");
    this.#picture.append(this.#line, this.#dot);
    this.root.append(this.#picture);
  }

  /** @param {string} name  @param {(number | null)[]} values  one an epoch, null where there is none
   * @param {(value: number) => string} told */
  adopt(name, values, told) {
    this.#name.textContent = name;
    this.#values = values;
    this.#told = told;
    const points = values.flatMap((value, epoch) => (hasPlace(value) ? [this.#point(value, epoch).join(",")] : []));
    this.#line.setAttribute("points", points.join(" "));
  }

  /** @param {number} value  @param {number} epoch */
  #point(value, epoch) {
    const logs = this.#values.filter(hasPlace).map(Math.log);
    const [low, high] = [Math.min(...logs), Math.max(...logs)];
    const along = epoch / Math.max(1, this.#values.length - 1);
    const up = high > low ? (Math.log(value) - low) / (high - low) : 0;
    const place = (/** @type {number} */ share, /** @type {number} */ room) =>
      CURVE_EDGE + share * (room - 2 * CURVE_EDGE);
    return [place(along, CURVE_WIDTH), place(1 - up, CURVE_HEIGHT)].map((side) => Math.round(10 * side) / 10);
  }

  /** @param {number} epoch */
  show(epoch) {
    const value = this.#values[epoch];
    this.#value.textContent = value === null ? "–" : this.#told(value);
    this.#dot.setAttribute("visibility", hasPlace(value) ? "visible" : "hidden");
    if (!hasPlace(value)) return;
    const [across, down] = this.#point(value, epoch);
    this.#dot.setAttribute("cx", String(across));
    this.#dot.setAttribute("cy", String(down));
  }
}

/** On a scale of powers. @param {number | null} value  @returns {value is number} */
const hasPlace = (value) => value !== null && value > 0;
