/**
 * One line of numbers: each side of it a formula, or where that would be too long a text that wraps. What follows a
 * text stands below it, so that a longer figure never moves it to another line.
 */
import { make } from "../page/elements.js";
import { inLine } from "../words/mathematics.js";
import { alike, drawnMath, renew, setting } from "./mathml.js";
import { spans, write } from "./tokens.js";

/** Of more numbers a side is a text. */
const MOST_NUMBERS = 12;

/** @typedef {{ sign: string, math: import("./mathml.js").MathMark | null, tokens: Token[] }} Side */

export class RuleLine {
  root = make("p", { class: "rule-line" });
  /** @type {Side[]} */
  #sides = [];

  /**
   * What is as long as before is written into its place. What is not is made anew, so that nothing on the page is seen
   *   to move.
   * @param {RulePiece} line  filled  @param {Record<string, number>} [digits]  letters of the longest figure of a role
   */
  show(line, digits = {}) {
    const { sides: pieces = [line], signs = [] } = line;
    const sides = [...pieces.keys()].map((place) => sideOf(pieces[place], signs[place - 1] ?? "", digits));
    const before = this.#sides;
    this.#sides = sides;
    this.root.classList.toggle("stacked", sides.length > 1 && Boolean(sides[0].math) && sides.some(isText));
    if (sides.length === before.length && sides.every((side, place) => fits(side, before[place])))
      for (const [place, side] of sides.entries()) rewrite(this.root.children[place], side);
    else this.root.replaceChildren(...sides.map(drawnSide));
  }
}

/** @param {any} mark  @param {Record<string, number>} digits  @returns {any} */
function evened(mark, digits) {
  if (typeof mark.parts !== "string")
    return { ...mark, parts: mark.parts.map((/** @type {any} */ part) => evened(part, digits)) };
  return mark.tag === "mn" ? { ...mark, parts: even(mark.parts, digits[mark.role ?? ""]) } : mark;
}

/** @param {string} text  @param {number | undefined} letters */
const even = (text, letters = 0) => text.padStart(letters, "\u2007");

const FIGURE = /^−?[\d.]+(e−?\d+)?$/;

/** @param {RuleTree} side  @param {string} sign  @param {Record<string, number>} digits  @returns {Side} */
function sideOf(side, sign, digits) {
  const long = numbersIn(side) > MOST_NUMBERS && !hasMatrix(side);
  if (!long) return { sign, math: evened(setting(side), digits), tokens: [] };
  const tokens = inLine(side).map((token) =>
    FIGURE.test(token.text) ? { ...token, text: even(token.text, digits[token.role ?? ""]) } : token,
  );
  return { sign, math: null, tokens };
}

/** @param {Side} side */
const isText = ({ math }) => !math;

/** @param {any} piece  @returns {number} */
function numbersIn(piece) {
  if (typeof piece === "number") return 1;
  if (typeof piece !== "object" || piece === null) return 0;
  if (piece.kind === "number") return 1;
  return Object.values(piece).reduce((count, part) => count + numbersIn(part), 0);
}

/** @param {any} piece  @returns {boolean} */
function hasMatrix(piece) {
  if (typeof piece !== "object" || piece === null) return false;
  return piece.kind === "matrix" || Object.values(piece).some(hasMatrix);
}

/** @param {Side} side  @param {Side} before */
function fits(side, before) {
  if (side.math && before.math) return alike(side.math, before.math) && lengths(side.math) === lengths(before.math);
  const form = (/** @type {Token[]} */ tokens) => tokens.map(({ role = "", text }) => `${role}${text.length}`).join();
  return !side.math && !before.math && form(side.tokens) === form(before.tokens);
}

/** @param {import("./mathml.js").MathMark} mark  @returns {string} */
const lengths = ({ parts }) => (typeof parts === "string" ? `${parts.length} ` : parts.map(lengths).join(""));

/** @param {Side} side */
function drawnSide({ sign, math, tokens }) {
  const told = math ? [drawnMath({ tag: "math", parts: [math] })] : spans(tokens);
  return make("span", { class: "side" }, make("span", { class: "sign" }, sign), make("span", {}, ...told));
}

/** @param {Element} element  @param {Side} side */
function rewrite(element, { sign, math, tokens }) {
  write(element.children[0], sign);
  const told = element.children[1];
  if (math) renew(told.children[0].children[0], math);
  else for (const [place, { text }] of tokens.entries()) write(told.children[place], text);
}
