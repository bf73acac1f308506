/** Small scenes with their numbers worked out by hand, as the server would tell them. */
import { modelOf } from "../../static/stage/model.js";
import { wordsOf } from "../../static/words/strings.js";

/** @type {Palette} */
export const PALETTE = {
  ratio: 1,
  dark: false,
  paper: "paper",
  text: "text",
  quiet: "quiet",
  line: "line",
  input: "blue",
  kernel: "amber",
  output: "teal",
  sans: "sans",
  mono: "mono",
};

/** @param {number} side */
export const sides = (side) => [
  [side, side],
  [side, side],
];

/** Numbers from 0 up, in the shape of a map. @param {number[]} shape */
export const counted = (shape) => Array.from({ length: shape.reduce((cells, side) => cells * side, 1) }, (_, k) => k);

/** @param {number[]} values */
const rangeOf = (values) => [Math.min(...values), Math.max(...values)];

/**
 * An opening around a start line; arrays are told by their numbers.
 * @param {object} start  @param {number[]} input  @param {number[]} output  @param {object} [more]
 */
export function sceneOf(start, input, output, more = {}) {
  const whole = [...input, ...output].every(Number.isInteger);
  const type = whole ? "int32" : "float64";
  const full = {
    type: "start",
    kind: "gather",
    steps: output.length,
    layer: 0,
    groups: 1,
    stride: [1, 1],
    dilation: [1, 1],
    padding: sides(0),
    ...start,
  };
  const opening = /** @type {any} */ ({
    line: "scene",
    layer: 0,
    layers: [{ operation: "some", kind: full.kind, title: { en: "Some" }, unvisited: null }],
    warnings: [],
    step: 0,
    steps: [],
    title: { en: "Some" },
    names: { input: { en: "Input" }, output: { en: "Feature map" } },
    input: { shape: full.input_shape, type, range: rangeOf(input), data: null },
    output: { shape: full.output_shape, type, range: rangeOf(output), data: null },
    start: full,
    ...more,
  });
  const arrays = whole
    ? [Int32Array.from(input), Int32Array.from(output)]
    : [Float64Array.from(input), Float64Array.from(output)];
  return { opening, start: full, arrays: { input: arrays[0], output: arrays[1], whole: null } };
}

/** @param {ReturnType<typeof sceneOf>} scene  @param {Partial<Palette>} [palette]  @returns {Model} */
export const lookedUp = ({ opening, arrays }, palette = {}) =>
  modelOf(opening, arrays.input, arrays.output, { ...PALETTE, ...palette }, "en");

/** The same for a view. @param {any} scene  @returns {ViewScene} */
export const viewed = ({ opening, arrays }) => ({
  opening,
  arrays,
  palette: PALETTE,
  language: "en",
  words: wordsOf("en"),
  server: "http://here.example",
});

/** @type {ViewManner} */
export const MANNER = { inspected: false, playing: false, count: 1 };

/** Nobody follows. @type {ViewEvents} */
export const DEEDS = { seek() {}, look() {}, probe() {}, layer() {} };

/**
 * A convolution of counted cells: each step told in full.
 * @param {{ input_shape?: number[], weight?: number[][][][], padding?: number, stride?: number, dilation?: number,
 *   groups?: number, padding_mode?: string }} [given]
 */
export function convolution({
  input_shape = [1, 4, 5],
  weight = [
    [
      [
        [1, 0],
        [0, -1],
      ],
    ],
  ],
  padding = 0,
  stride = 1,
  dilation = 1,
  groups = 1,
  padding_mode = "zeros",
} = {}) {
  const [channels, high, wide] = input_shape;
  const [tall, broad] = [weight[0][0].length, weight[0][0][0].length];
  const [down, right] = [high, wide].map(
    (side, axis) => Math.floor((side + 2 * padding - ([tall, broad][axis] - 1) * dilation - 1) / stride) + 1,
  );
  const input = counted(input_shape);
  const inner = channels / groups;
  /** @type {any[]} */
  const steps = [];
  for (const [filter, kernel] of weight.entries())
    for (let row = 0; row < down; row += 1)
      for (let column = 0; column < right; column += 1) {
        const corner = [row * stride - padding, column * stride - padding];
        const first = Math.floor(filter / (weight.length / groups)) * inner;
        const window = kernel.map((plane, channel) =>
          plane.map((line, y) =>
            line.map((_, x) => {
              const [r, c] = [corner[0] + y * dilation, corner[1] + x * dilation];
              const inside = r >= 0 && c >= 0 && r < high && c < wide;
              return inside ? input[((first + channel) * high + r) * wide + c] : 0;
            }),
          ),
        );
        const products = window.map((plane, channel) =>
          plane.map((line, y) => line.map((value, x) => value * kernel[channel][y][x])),
        );
        const sums = products.map((plane) => plane.flat().reduce((sum, value) => sum + value, 0));
        const output = sums.reduce((sum, value) => sum + value, 0);
        steps.push({
          type: "step",
          index: steps.length,
          at: [filter, row, column],
          corner,
          window,
          products,
          sums,
          bias: 0,
          output,
        });
      }
  const start = {
    input_shape,
    output_shape: [weight.length, down, right],
    weight,
    bias: null,
    divisor: 1,
    kernel_size: [tall, broad],
    padding: sides(padding),
    stride: [stride, stride],
    dilation: [dilation, dilation],
    groups,
    padding_mode,
  };
  const scene = sceneOf(
    start,
    input,
    steps.map(({ output }) => output),
  );
  scene.opening.steps = steps;
  return { ...scene, steps };
}

/** Max pooling of counted cells: the last cell of each window wins. @param {number[]} [input_shape] */
export function pooling(input_shape = [2, 4, 4]) {
  const [channels, high, wide] = input_shape;
  const input = counted(input_shape);
  const steps = [];
  for (let channel = 0; channel < channels; channel += 1)
    for (let row = 0; row < high / 2; row += 1)
      for (let column = 0; column < wide / 2; column += 1) {
        const cell = (/** @type {number} */ y, /** @type {number} */ x) =>
          input[(channel * high + 2 * row + y) * wide + 2 * column + x];
        steps.push({
          type: "step",
          index: steps.length,
          at: [channel, row, column],
          corner: [2 * row, 2 * column],
          window: [
            [cell(0, 0), cell(0, 1)],
            [cell(1, 0), cell(1, 1)],
          ],
          argmax: [1, 1],
          winner: [2 * row + 1, 2 * column + 1],
          output: cell(1, 1),
        });
      }
  const start = {
    input_shape,
    output_shape: [channels, high / 2, wide / 2],
    kernel_size: [2, 2],
    stride: [2, 2],
    weight: null,
  };
  const scene = sceneOf(
    { ...start, groups: undefined },
    input,
    steps.map(({ output }) => output),
  );
  scene.opening.steps = steps;
  return { ...scene, steps: /** @type {any[]} */ (steps) };
}

/** An opening of a small convolution that carries its arrays, as a server tells it. @param {string} line */
export function lined(line) {
  const { opening, arrays } = convolution();
  const data = (/** @type {any} */ values) => btoa(String.fromCharCode(...new Uint8Array(values.buffer)));
  return {
    ...opening,
    line,
    input: { ...opening.input, data: data(arrays.input) },
    output: { ...opening.output, data: data(arrays.output) },
  };
}

/** What the server counts of a convolution. @param {any} scene */
export function withRelations(scene) {
  const { input_shape: input, output_shape: output, weight, kernel_size: size, groups } = scene.start;
  const count = (/** @type {number[]} */ shape) => shape.reduce((all, side) => all * side, 1);
  scene.opening.relations = {
    rows: output[1] * output[2],
    columns: (input[0] / groups) * count(size),
    kernels: weight ? output[0] / groups : 0,
    groups,
    copies: 2,
    weights: weight ? weight.flat(3).length : 0,
    dense: count(input) * count(output),
    links: 16,
  };
  return scene;
}
