/** What an opening and its arrays say, made ready for looking up. */

import { divergingScale, kernelScale, SOFT, scaleOf } from "../drawing/scale.js";
import { widestFigures } from "../words/figures.js";
import { spokenIn, toldIn } from "../words/language.js";
import { wordsOf } from "../words/strings.js";
import { borderOf, fillOf } from "./borders.js";

/** A table of at most so many cells is read, not looked at. */
const SMALL_TABLE = 400;

/**
 * @param {Opening} opening  @param {Values} input  @param {Values} output  @param {Palette} palette
 * @param {string} lang
 * @returns {Model}
 */
export function modelOf(opening, input, output, palette, lang) {
  const { start, layers, layer } = opening;
  const words = wordsOf(lang);
  const weights = /** @type {number[]} */ (/** @type {unknown[]} */ (start.weight ?? [1]).flat(4));
  const [least, most] = [Math.min(...weights), Math.max(...weights)];
  const reach = Math.max(-least, most);
  const { range } = opening.input;
  const products = [least, most].flatMap((weight) => range.map((value) => weight * value));
  const [wholeInput, wholeKernel] = [isWhole(opening.input, input), weights.every(Number.isInteger)];
  const { dark } = palette;
  const told = toldIn(opening.planes ?? {}, spokenIn(lang));
  return {
    opening,
    start,
    palette,
    words,
    lang,
    layer: layers[layer],
    rule: toldIn(opening.rule ?? null, spokenIn(lang)),
    names: toldIn(opening.names ?? {}, spokenIn(lang)),
    input: {
      ...pictureOf(opening.input, input, dark, words, start),
      missed: layers[layer]?.unvisited ?? null,
      ...namedBy(told.input),
    },
    output: { ...pictureOf(opening.output, output, dark, words, null, lookOf(opening.input)), ...namedBy(told.output) },
    widest: {
      window: widestFigures([...range, 0], wholeInput),
      kernel: widestFigures([least, most], wholeKernel),
      products: widestFigures([...products, 0], wholeInput && wholeKernel),
    },
    windowScale: scaleOf(range, lookOf(opening.input) === "table" ? "table" : "read", dark),
    kernelScale: kernelScale(weights, dark),
    productScale: divergingScale(reach * Math.max(Math.abs(range[0]), Math.abs(range[1])) * SOFT, dark),
  };
}

/** Planes that a figure has names for. @param {string[] | undefined} names */
const namedBy = (names) => (names ? { name: (/** @type {number} */ plane) => names[plane] ?? "", told: true } : {});

/**
 * A photograph, a small table of numbers, or a map that an operation made.
 * @param {SentArray} sent  @returns {"picture" | "map" | "table"}
 */
function lookOf({ shape: [, height, width], type, range }) {
  if (type === "uint8" && range[1] > 32) return "picture";
  return height * width <= SMALL_TABLE ? "table" : "map";
}

/** @param {SentArray} sent  @param {Values} data */
function isWhole({ type }, data) {
  return type !== "float64" || data.every(Number.isInteger);
}

/**
 * @param {SentArray} sent  @param {Values} data  @param {boolean} dark
 * @param {import("../words/strings.js").Vocabulary} words
 * @param {StartLine | null} start  padding is drawn round an input  @param {"picture" | "map" | "table"} look
 * @returns {import("./planes.js").Picture}
 */
function pictureOf(sent, data, dark, words, start, look = lookOf(sent)) {
  const { shape, range } = sent;
  const [[top, bottom], [left, right]] = (start?.kind === "gather" && start.padding) || [
    [0, 0],
    [0, 0],
  ];
  const colours = shape[0] === 3 && start !== null && look === "picture";
  const letter = (/** @type {number} */ channel) => (colours ? ("RGB"[channel] ?? "RGB") : `${channel + 1}`);
  return {
    shape,
    data,
    scale: scaleOf(range, look, dark),
    whole: isWhole(sent, data),
    border: { top, bottom, left, right },
    missed: null,
    coloured: colours,
    bordered: borderOf(shape, data, start?.padding_mode ?? "zeros", fillOf(start)),
    letter,
    name: (channel) => (colours ? letter(channel) : words.channel(channel)),
  };
}
