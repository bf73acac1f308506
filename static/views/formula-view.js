/** The rule of the layer: in letters, with its settings, and with the numbers of this step. */
import { make } from "../page/elements.js";
import { widestFigures } from "../words/figures.js";
import { sayIn, toldIn } from "../words/language.js";
import { fillIn } from "../words/rules.js";
import { Letters } from "./letters.js";
import { drawnMath, partsOf, setting } from "./mathml.js";
import { RuleLine } from "./rule-line.js";
import { sizeLines } from "./sizes.js";

export class FormulaView {
  general = make("div", { class: "rule", tabindex: "0" });
  layer = make("div", { class: "rule", tabindex: "0" });
  letters = new Letters();
  numbers = make("div", { class: "rule-numbers" });
  root = make("div", {});
  /** @type {RuleLine[]} */
  #lines = [];
  /** @type {StartLine | null} */
  #start = null;
  /** @type {ToldRule | null} */
  #rule = null;
  /** Figures of a role take the room of the longest. @type {Record<string, number>} */
  #digits = {};

  /** @param {ViewScene} scene */
  adopt({ opening, language }) {
    const _ = sayIn(language);
    this.#start = opening.start;
    this.#rule = toldIn(opening.rule ?? null, language);
    this.#lines = [];
    this.numbers.replaceChildren();
    this.#digits = digitsOf(opening);
    const sizes = sizeLines(opening, language);
    const sized = sizes.length ? [rulePart(_("Output size"), make("div", { class: "sizes" }, ...sizes))] : [];
    if (!this.#rule)
      return this.root.replaceChildren(make("p", { class: "quiet" }, _("This layer has no formula.")), ...sized);
    const { general, indexed } = this.#rule;
    const same = JSON.stringify(general.lines) === JSON.stringify(indexed.lines);
    this.general.replaceChildren(...statementLines(general));
    this.letters.adopt(this.#rule, opening, this.#digits);
    this.layer.replaceChildren(...(same ? [] : statementLines(indexed)));
    this.root.replaceChildren(
      rulePart(_("In general"), make("div", {}, this.general, this.letters.root)),
      ...(same ? [] : [rulePart(_("This layer"), this.layer)]),
      rulePart(_("This step"), this.numbers),
      ...sized,
    );
  }

  /** @param {Step} step */
  show(step) {
    const start = this.#start;
    if (!start || !this.#rule) return;
    this.letters.show(step, start);
    const templates = [...this.#rule.numbers, ...this.#rule.aside];
    const filled = templates.map((template) => fillIn(template, { step, start })).filter((line) => line !== null);
    while (this.#lines.length < filled.length) this.#lines.push(new RuleLine());
    if (this.#lines.length > filled.length) this.#lines.length = filled.length;
    if (this.numbers.childElementCount !== filled.length)
      this.numbers.replaceChildren(...this.#lines.map(({ root }) => root));
    for (const [place, line] of filled.entries())
      this.#lines[place].show(/** @type {RulePiece} */ (line), this.#digits);
  }
}

/** How long the figures of a role may be; those of a kernel are the same in each step. @param {Opening} opening */
function digitsOf({ input, output }) {
  const widest = (/** @type {SentArray} */ { range, type }) =>
    Math.max(...widestFigures([...range, 0], type !== "float64"));
  return { input: widest(input), output: widest(output) };
}

/** @param {string} name  @param {HTMLElement} body */
const rulePart = (name, body) => make("div", { class: "rule-part" }, make("p", { class: "part-name" }, name), body);

/** Relations, what else holds, and what the letters run over. @param {ToldStatement} statement */
function statementLines({ lines, where = [], over = [] }) {
  const ranges = [...[...lines, ...where].flatMap(rangesIn), ...over];
  const known = new Map(ranges.map((range) => [range.name, range]));
  return [
    ...lines.map((line) => formula(line, "")),
    ...where.map((line) => formula(line, "where")),
    ...(known.size ? [make("div", { class: "where ranges" }, ...[...known.values()].map((range) => math(range)))] : []),
  ];
}

/** The ranges of the sums in a piece. @param {any} piece  @returns {RulePiece[]} */
function rangesIn(piece) {
  if (typeof piece !== "object" || piece === null) return [];
  return [...(piece.kind === "total" ? piece.over : []), ...Object.values(piece).flatMap(rangesIn)];
}

/** On a narrow page a line of a rule breaks where it may. */
const isNarrow = () => Boolean(globalThis.matchMedia?.("(max-width: 640px)").matches);

/** @param {RuleTree} piece  @param {string} look */
function formula(piece, look) {
  const parts = isNarrow() ? partsOf(piece) : [[setting(piece)]];
  return make("div", { class: look }, ...parts.flatMap((part, place) => [...(place ? [" "] : []), displayed(part)]));
}

/** @param {RuleTree} piece */
const math = (piece) => displayed([setting(piece)]);

/** @param {import("./mathml.js").MathMark[]} parts */
function displayed(parts) {
  const element = drawnMath({ tag: "math", parts });
  element.setAttribute("displaystyle", "true");
  return element;
}
