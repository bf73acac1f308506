/** Under a rule in letters: each of them with the number that it stands for in this step. */
import { make } from "../page/elements.js";
import { figure } from "../words/figures.js";
import { fillIn } from "../words/rules.js";
import { drawnMath, setting } from "./mathml.js";
import { write } from "./tokens.js";

/** @typedef {{ template: RuleTree, number: HTMLElement }} Pair */

export class Letters {
  root = make("dl", { class: "letters" });
  /** @type {Pair[]} */
  #pairs = [];

  /** @param {ToldRule} rule  @param {Opening} opening  @param {Record<string, number>} digits  of cells, by role */
  adopt({ here, letters }, { start }, digits) {
    const places = String(Math.max(...start.input_shape, ...start.output_shape)).length;
    const moving = here.map((relation) => {
      const [letter, template] = /** @type {RulePiece} */ (relation).sides;
      return pair(letter, template, letter.index ? (digits[letter.role ?? ""] ?? places) : places);
    });
    const fixed = Object.entries(letters).map(([name, value]) => pair(name, value, 1));
    this.#pairs = [...moving, ...fixed];
    this.root.replaceChildren(...this.#pairs.map(({ number }) => /** @type {HTMLElement} */ (number.parentElement)));
    this.root.hidden = !this.#pairs.length;
  }

  /** @param {Step} step  @param {StartLine} start */
  show(step, start) {
    for (const { template, number } of this.#pairs) {
      const filled = fillIn(template, { step, start });
      write(number, filled === null ? "–" : figure(numberOf(filled)));
    }
  }
}

/** @param {RuleTree} letter  @param {RuleTree} template  @param {number} digits  @returns {Pair} */
function pair(letter, template, digits) {
  const number = make("dd", { class: `role-${roleOf(letter)}` });
  number.style.minWidth = `${digits}ch`;
  make("div", {}, make("dt", {}, drawnMath({ tag: "math", parts: [setting(letter)] })), number);
  return { template, number };
}

/** @param {RuleTree} letter */
const roleOf = (letter) => (typeof letter === "object" ? (letter.role ?? "quiet") : "quiet");

/** @param {RuleTree} filled */
const numberOf = (filled) => (typeof filled === "object" ? filled.value : filled);
