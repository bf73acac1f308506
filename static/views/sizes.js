/** The size of the output as lectures write it: in both notations, with the scene's numbers, and what is left over. */
import { make } from "../page/elements.js";
import { sayIn } from "../words/language.js";
import { drawnMath, setting } from "./mathml.js";

/** Of more lines than these the first and the last are named. */
const MOST_LINES = 6;

/** @param {Opening} opening  @param {string} language  @returns {HTMLElement[]} nothing where no window makes a size */
export function sizeLines({ sizes = [], layers, layer }, language) {
  const { unvisited } = layers[layer];
  return sizes.map((size) => {
    const missed = unvisited?.[size.axis] ?? [];
    return make(
      "div",
      { class: "size" },
      make("div", {}, mathOf(size.symbols), make("span", { class: "quiet lecture" }, mathOf(size.lecture))),
      make("div", {}, mathOf(size.numbers), make("span", { class: "rest" }, ...notesOf(size, missed, language))),
    );
  });
}

/** @param {RuleTree} piece */
function mathOf(piece) {
  const drawn = drawnMath({ tag: "math", parts: [setting(piece)] });
  drawn.setAttribute("displaystyle", "true");
  return drawn;
}

/** @param {{ axis: string, remainder: number }} size  @param {number[]} missed  @param {string} language */
function notesOf({ axis, remainder }, missed, language) {
  const _ = sayIn(language);
  const lines = linesOf(missed);
  return [
    ...(remainder ? [_("remainder {rest}", { rest: remainder })] : []),
    ...(missed.length && axis === "rows" ? [_("never visited: row {lines}", { lines })] : []),
    ...(missed.length && axis === "cols" ? [_("never visited: column {lines}", { lines })] : []),
  ].map((note) => make("span", {}, note));
}

/** People count from 1. @param {number[]} lines */
function linesOf(lines) {
  const places = lines.map((line) => line + 1);
  if (places.length <= MOST_LINES) return places.join(", ");
  return `${places.slice(0, MOST_LINES - 2).join(", ")} … ${places[places.length - 1]}`;
}
