/** The walked layer as boxes: input, kernels as deep as what they see of it, and the slices of the output they make. */
import { make } from "../../page/elements.js";
import { shapeText } from "../../words/figures.js";
import { sayIn } from "../../words/language.js";
import { drawn } from "../relations/shapes.js";

const SIDE = 132; // pixels of the longest side of a face
const LARGEST_CELL = 24;
const DEEPEST = 60; // pixels that all channels together go back
const MOST = 8; // kernels and slices that are drawn
const GAP = 40;
const BELOW = 26; // for what stands under a box

/** @typedef {{ x: number, y: number, width: number, height: number, deep: number, channels: number }} Solid */

/**
 * @typedef {{ cell: number, back: number, spread: readonly number[], input: Solid, output: Solid, slice: number,
 *   kernels: Element[], sheets: Element[], sees: (output: number) => [number, number] }} Drawn
 *   sees: the first channel and how many
 */

export class TensorBoxes {
  root = make("figure", { class: "tensor-boxes", hidden: true });
  /** @type {Drawn | null} */
  #drawn = null;
  #window = drawn("g", {});
  #made = drawn("rect", { class: "made" });

  /** @param {ViewScene} scene */
  adopt({ opening, language }) {
    const _ = sayIn(language);
    const depth = depthOf(opening);
    this.root.hidden = !depth;
    this.#drawn = null;
    if (!depth) return this.root.replaceChildren();
    const sentence = said(opening, depth, _);
    this.root.replaceChildren(
      make(
        "div",
        { class: "table-scroll", role: "group", tabindex: "0", "aria-label": sentence },
        this.#draw(opening, depth),
      ),
      make("figcaption", { class: "quiet" }, sentence),
    );
  }

  /** @param {Opening} opening  @param {number} depth  channels that one output sees */
  #draw({ start }, depth) {
    const { input_shape: from, output_shape: to } = start;
    const weight = /** @type {number[][][][] | undefined} */ (start.weight);
    const [kh, kw] = weight ? windowSize(weight[0]) : [0, 0];
    const cell = Math.min(LARGEST_CELL, SIDE / Math.max(from[1], from[2]));
    const back = Math.min(cell * 0.6, 12, DEEPEST / from[0]);
    const small = Math.max(cell, Math.min(LARGEST_CELL * 0.6, 36 / Math.max(kh, kw)));
    const shown = Math.min(MOST, to[0]);
    const slice = Math.min(16, DEEPEST / shown);
    const input = solidAt(0, from[2] * cell, from[1] * cell, from[0], back);
    const kernel = solidAt(input.width + input.deep + GAP, kw * small, kh * small, depth, Math.min(back, small * 0.6));
    const across = kernel.width + kernel.deep + 14;
    const rows = shown > 4 ? 2 : 1;
    const columns = weight ? Math.ceil(shown / rows) : 0;
    const output = solidAt(
      kernel.x + columns * across + (weight ? GAP - 14 : 0),
      to[2] * cell,
      to[1] * cell,
      shown,
      slice,
    );
    const height = Math.max(
      input.height + input.deep,
      output.height + output.deep,
      weight ? rows * (kernel.height + kernel.deep + 12) : 0,
    );
    for (const box of [input, output]) box.y = (height + box.deep - box.height) / 2;
    const kernels = Array.from({ length: weight ? shown : 0 }, (_kernel, place) => {
      const [row, column] = [Math.floor(place / columns), place % columns];
      const top = (height - rows * (kernel.height + kernel.deep + 12)) / 2 + row * (kernel.height + kernel.deep + 12);
      return boxDrawn({ ...kernel, x: kernel.x + column * across, y: top + kernel.deep + 6 }, "kernel", small);
    });
    const sheets = Array.from({ length: shown }, (_sheet, place) => sheetOf(output, place, slice)).reverse();
    this.#window = drawn("g", { class: "over" });
    this.#made = drawn("rect", { class: "made", width: String(cell), height: String(cell) });
    const svg = drawn(
      "svg",
      {
        "aria-hidden": "true",
        width: String(output.x + output.width + output.deep + 2),
        height: String(height + BELOW),
      },
      boxDrawn(input, "input", cell),
      this.#window,
      signBetween(weight ? "∗" : "→", input.x + input.width + input.deep + GAP / 2, height / 2),
      ...kernels,
      ...(weight ? [signBetween("=", output.x - GAP / 2, height / 2)] : []),
      ...sheets,
      this.#made,
      labelUnder(shapeText(from), input.x + input.width / 2, height, "input"),
      ...(weight
        ? [
            labelUnder(
              `${to[0]} × (${shapeText([depth, kh, kw])})`,
              kernel.x + (columns * across - 14) / 2,
              height,
              "kernel",
            ),
          ]
        : []),
      labelUnder(shapeText(to), output.x + output.width / 2, height, "output"),
    );
    const sees = (/** @type {number} */ made) =>
      /** @type {[number, number]} */ ([Math.floor((made * from[0]) / (to[0] * depth)) * depth, depth]);
    const spread = start.dilation ?? [1, 1];
    this.#drawn = { cell, back, spread, input, output, slice, kernels, sheets: sheets.toReversed(), sees };
    return svg;
  }

  /** @param {Step} step */
  show({ at, corner, window }) {
    if (!this.#drawn || !corner || !window) return;
    const { cell, back, spread, input, output, slice, kernels, sheets, sees } = this.#drawn;
    const [rows, columns] = windowSize(window).map((count, axis) => (count - 1) * spread[axis] + 1);
    const [first, channels] = sees(at[0]);
    const under = {
      channels,
      deep: channels * back,
      x: input.x + corner[1] * cell + first * back,
      y: input.y + corner[0] * cell - first * back,
      width: columns * cell,
      height: rows * cell,
    };
    this.#window.replaceChildren(boxDrawn(under, "input", 0));
    for (const [place, kernel] of kernels.entries()) kernel.classList.toggle("lit", place === at[0]);
    for (const [place, sheet] of sheets.entries()) sheet.classList.toggle("lit", place === at[0]);
    this.#made.setAttribute("x", String(output.x + at[0] * slice + at[2] * cell));
    this.#made.setAttribute("y", String(output.y - at[0] * slice + at[1] * cell));
    this.#made.toggleAttribute("hidden", at[0] >= sheets.length);
  }
}

/**
 * Channels of the input that one output sees, where windows of one size slide: all of them, those of its group, or
 *   its own. 0 where boxes would not be true.
 * @param {Opening} opening
 */
function depthOf({ start, steps }) {
  const { kind, links, input_shape: from, output_shape: to } = start;
  const weight = /** @type {any} */ (start.weight);
  if (kind !== "gather" || links || !steps[0]?.corner || !steps[0].window) return 0;
  if (!weight) return from[0] === to[0] && from[0] > 1 ? 1 : 0;
  return Array.isArray(weight[0]?.[0]?.[0]) && weight.length === to[0] ? weight[0].length : 0;
}

/** @param {Opening} opening  @param {number} depth  @param {import("../../words/language.js").Say} _ */
function said({ start }, depth, _) {
  const [count, all] = [start.output_shape[0], start.input_shape[0]];
  if (!start.weight)
    return _("Each channel goes by itself: {count} come in, and {count} {count|slice/slices} of the output go out.", {
      count,
    });
  const seen =
    all === 1
      ? _("The input has one channel, and so has each kernel.")
      : depth === all
        ? _("A kernel is as deep as its input: {depth} channels.", { depth })
        : _("A kernel sees {depth} of the {all} channels and is no deeper.", { depth, all });
  const made = _("{count} {count|kernel makes/kernels make} {count} {count|slice/slices} of the output.", { count });
  return `${seen} ${made}`;
}

/** Rows and columns of a window. @param {any} window */
function windowSize(window) {
  const plane = Array.isArray(window[0][0]) ? window[0] : window;
  return [plane.length, plane[0].length];
}

/** @param {number} x  @param {number} width  @param {number} height  @param {number} channels  @param {number} back
 * @returns {Solid} */
const solidAt = (x, width, height, channels, back) => ({ x, y: 0, width, height, channels, deep: channels * back });

/** Front, top and right face, with a line for each channel and, where they are large enough, for each cell.
 * @param {Solid} box  @param {string} role  @param {number} cell */
function boxDrawn({ x, y, width, height, deep, channels }, role, cell) {
  const faces = [
    [x, y, x + deep, y - deep, x + width + deep, y - deep, x + width, y],
    [x + width, y, x + width + deep, y - deep, x + width + deep, y - deep + height, x + width, y + height],
  ].map((points, place) => drawn("polygon", { class: place ? "side" : "lid", points: points.join(" ") }));
  const front = drawn("rect", { class: "front", x: x, y: y, width: width, height: height });
  const slices = Array.from({ length: channels - 1 }, (_line, place) => {
    const by = ((place + 1) * deep) / channels;
    return `M${x + by} ${y - by}h${width}v${height}`;
  });
  const grid =
    cell >= 8
      ? [
          ...ruled(width, cell, (by) => `M${x + by} ${y}v${height}`),
          ...ruled(height, cell, (by) => `M${x} ${y + by}h${width}`),
        ]
      : [];
  const lines = drawn("path", { class: "lines", d: [...slices, ...grid].join("") });
  return drawn("g", { class: `solid ${role}` }, ...faces, front, lines);
}

/** @param {number} length  @param {number} cell  @param {(by: number) => string} line */
const ruled = (length, cell, line) =>
  Array.from({ length: Math.max(0, Math.round(length / cell) - 1) }, (_line, place) => line((place + 1) * cell));

/** @param {Solid} output  @param {number} place  @param {number} slice */
const sheetOf = ({ x, y, width, height }, place, slice) =>
  drawn("rect", {
    class: "sheet",
    x: `${x + place * slice}`,
    y: `${y - place * slice}`,
    width: width,
    height: height,
  });

/** @param {string} text  @param {number} x  @param {number} height  @param {string} role */
function labelUnder(text, x, height, role) {
  const words = drawn("text", { class: role, x: x, y: `${height + BELOW - 6}` });
  words.textContent = text;
  return words;
}

/** @param {string} text  @param {number} x  @param {number} y */
function signBetween(text, x, y) {
  const words = drawn("text", { class: "sign", x: x, y: y });
  words.textContent = text;
  return words;
}
