/** The rule of the layer as mathematics, and below it the same with the numbers of this step. */
import { make } from "../page/elements.js";
import { LANG } from "../page/words.js";
import { bracketed, figure } from "../words/figures.js";
import { directionOf, functionName, written } from "../words/formula.js";
import { wordsOf } from "../words/strings.js";
import { showLines } from "./tokens.js";

/** Of longer sums only the beginning and the end are written. */
const MOST_TERMS = 50;

const SPACE = "http://www.w3.org/1998/Math/MathML";

export class FormulaView {
  rule = make("div", { class: "rule" });
  numbers = make("div", { class: "written", lang: LANG });
  root = make("div", {}, this.rule, this.numbers);
  /** @type {StartLine | null} */
  #start = null;

  /** @param {Opening} opening */
  adopt(opening) {
    this.#start = opening.start;
    const math = node("math", ...ruleOf(opening));
    math.setAttribute("display", "block");
    this.rule.replaceChildren(math);
  }

  /** @param {Step} step */
  show(step) {
    if (!this.#start) return;
    const words = wordsOf(LANG);
    const { lines } = written(/** @type {any} */ ({ start: this.#start, words }), step);
    const terms = step.window && step.sums && step.angle === undefined ? [allTerms(this.#start, step)] : [];
    const rest =
      terms.length && step.sums?.length === 1 && (step.window?.[0].flat().length ?? 0) <= 9 ? lines.slice(1) : lines;
    const last = terms.length && rest.length < 1 ? [] : rest;
    showLines(this.numbers, [...terms, ...last, ...directionOf(words, step)]);
  }
}

/** Every product of the step, and the output. @param {StartLine} start  @param {Step} step  @returns {Token[]} */
function allTerms(start, step) {
  const weight = /** @type {any} */ (start.weight)[step.at[0]] ?? [];
  const kernel = weight.flat(2),
    window = /** @type {any[]} */ (step.window).flat(2);
  const places = [...window.keys()];
  const shown = places.length <= MOST_TERMS ? places : [...places.slice(0, MOST_TERMS - 2), -1, places.length - 1];
  /** @type {Token[]} */
  const terms = shown.flatMap((place, order) =>
    place < 0
      ? [{ text: " + …" }]
      : [
          { text: order ? " + " : "" },
          { text: bracketed(window[place]), role: "input" },
          { text: "·" },
          { text: bracketed(kernel[place]), role: "kernel" },
        ],
  );
  return [
    ...terms,
    { text: " = " },
    { text: figure(/** @type {number[]} */ (step.sums)?.reduce((total, sum) => total + sum, 0)), role: "output" },
  ];
}

/** @param {string} tag  @param {(string | Element)[]} children */
function node(tag, ...children) {
  const element = document.createElementNS(SPACE, tag);
  element.append(...children);
  return element;
}

/** @param {string} name  @param {string} [role] */
function letter(name, role) {
  const element = node("mi", name);
  if (role) element.setAttribute("class", `role-${role}`);
  return element;
}

/** @param {Element} element */
const copyOf = (element) => /** @type {Element} */ (element.cloneNode(true));

/** @param {string} operator */
const operator = (operator) => node("mo", operator);

/** @param {number} value */
const value = (value) => node("mn", figure(value));

/** A letter with what stands below it. @param {Element} base  @param {string} below */
const indexed = (base, below) =>
  node(
    "msub",
    base,
    node(
      "mrow",
      ...below
        .split(/(?=[,+−·])|(?<=[,+−·])/)
        .map((part) => node(/^\d/.test(part) ? "mn" : /^[,+−·]$/.test(part) ? "mo" : "mi", part)),
    ),
  );

/** @param {Opening} opening  @returns {Element[]} */
function ruleOf({ start, layer: place, layers }) {
  const y = indexed(letter("y", "output"), start.kind === "rearrange" ? "k,r,c" : "k,r,c");
  const layer = layers[place];
  if (start.kind === "rearrange") return [y, operator("="), indexed(letter("x", "input"), "k′,r′,c′")];
  if (start.kind === "scatter")
    return [
      y,
      operator("="),
      node("munder", operator("∑"), node("mrow", ...words("i,j"))),
      indexed(letter("x", "input"), "r,c"),
      operator("·"),
      indexed(letter("w", "kernel"), "k,i,j"),
    ];
  if (start.kind === "pointwise")
    return [
      y,
      operator("="),
      letter("f"),
      operator("("),
      indexed(letter("x", "input"), "k,r,c"),
      operator(")"),
      ...curve(start),
    ];
  return gatherRule(y, start, layer);
}

/** @param {StartLine} start */
function curve(start) {
  if (!start.curve) return [];
  const gap = node("mspace");
  gap.setAttribute("width", "2em");
  return [gap, node("mtext", `${functionName(start.operation)}: f(x) = ${start.curve.replaceAll("-", "−")}`)];
}

/** @param {string} text */
const words = (text) => text.split(/(?=,)|(?<=,)/).map((part) => (part === "," ? operator(",") : node("mi", part)));

/** @param {Element} y  @param {StartLine} start  @param {Layer} layer */
function gatherRule(y, start, layer) {
  const summed = start.weight && !layer.depthwise && start.input_shape[0] > 1;
  const x = indexed(
    letter("x", "input"),
    `${summed ? "q" : "k"},${under("r", "i", start, 0)},${under("c", "j", start, 1)}`,
  );
  if (!start.weight) return [y, operator("="), ...pooled(start, layer, x)];
  const double = (/** @type {Element} */ w, /** @type {string} */ over) => [
    node("munder", operator("∑"), node("mrow", ...words(over))),
    copyOf(x),
    operator("·"),
    w,
  ];
  if (start.operation !== "conv2d") {
    const [gx, gy] = ["wˣ", "wʸ"].map((name) =>
      node(
        "msup",
        node("mrow", operator("("), ...double(indexed(letter(name, "kernel"), "i,j"), "i,j"), operator(")")),
        node("mn", "2"),
      ),
    );
    return [y, operator("="), node("msqrt", gx, operator("+"), gy)];
  }
  const several = !layer.depthwise && start.input_shape[0] > 1;
  const w = indexed(
    letter("w", "kernel"),
    several ? "k,q,i,j" : layer.depthwise || start.output_shape[0] === 1 ? "i,j" : "k,i,j",
  );
  const sum = double(w, several ? "q,i,j" : "i,j");
  const divided =
    start.divisor !== undefined && start.divisor !== 1
      ? [node("mfrac", node("mn", "1"), value(start.divisor)), ...sum]
      : sum;
  return [y, operator("="), ...divided, ...(start.bias ? [operator("+"), indexed(letter("b", "kernel"), "k")] : [])];
}

/** @param {StartLine} start  @param {Layer} layer  @param {Element} x */
function pooled(start, layer, x) {
  const [kH, kW] = start.kernel_size ?? [1, 1];
  const over = node("mrow", ...words("i,j"));
  if (start.operation.includes("channel") || start.operation === "maxout")
    return [node("munder", letter(start.operation.includes("avg") ? "mean" : "max"), letter("k")), x];
  if (start.operation.includes("avg"))
    return [
      node("mfrac", node("mn", "1"), value(Number(layer.arguments.divisor_override ?? kH * kW))),
      node("munder", operator("∑"), over),
      x,
    ];
  if (start.operation.includes("lp")) {
    const p = value(Number(layer.arguments.norm_type));
    return [
      node(
        "msup",
        node("mrow", operator("("), node("munder", operator("∑"), over), node("msup", x, p), operator(")")),
        node("mrow", node("mn", "1"), operator("/"), copyOf(p)),
      ),
    ];
  }
  return [node("munder", letter("max"), over), x];
}

/**
 * Where the window's cell lies: row · stride + i · dilation − padding. @param {string} at  @param {string} inside
 * @param {StartLine} start  @param {0 | 1} axis
 */
function under(at, inside, start, axis) {
  const stride = start.stride?.[axis] ?? 1,
    dilation = start.dilation?.[axis] ?? 1,
    padding = start.padding?.[axis][0] ?? 0;
  const times = (/** @type {number} */ factor) => (factor > 1 ? `${factor}·` : "");
  return `${times(stride)}${at}+${times(dilation)}${inside}${padding ? `−${padding}` : ""}`;
}
