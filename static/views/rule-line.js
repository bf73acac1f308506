/** One line of numbers: each side of it a formula, or where that would be too long a text that wraps. */
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

  /** @param {RulePiece} line  filled */
  show(line) {
    const { sides: pieces = [line], signs = [] } = line;
    const sides = [...pieces.keys()].map((place) => sideOf(pieces[place], signs[place - 1] ?? ""));
    const before = this.#sides;
    this.#sides = sides;
    if (sides.length === before.length && sides.every((side, place) => fits(side, before[place])))
      for (const [place, side] of sides.entries()) rewrite(this.root.children[place], side);
    else this.root.replaceChildren(...sides.map(drawnSide));
  }
}

/** @param {RuleTree} side  @param {string} sign  @returns {Side} */
function sideOf(side, sign) {
  const long = numbersIn(side) > MOST_NUMBERS && !hasMatrix(side);
  return long ? { sign, math: null, tokens: inLine(side) } : { sign, math: setting(side), tokens: [] };
}

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
  if (side.math && before.math) return alike(side.math, before.math);
  const roles = (/** @type {Token[]} */ tokens) => tokens.map(({ role }) => role ?? "").join();
  return !side.math && !before.math && roles(side.tokens) === roles(before.tokens);
}

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
