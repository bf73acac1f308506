/**
 * One cell to many: transposed convolution and backward passes stamp the kernel into the output, and overlaps add up.
 */

import { bracketed, figure } from "../words/figures.js";
import { Landing } from "./landing.js";
import { drawLabels, drawPart, partAt, planRows, rowsThatFit } from "./rows.js";
import { outputsTouching, slideOf } from "./slides.js";
import { stampsOf } from "./stamps.js";

/** @param {Model} model  @param {Step} step  @param {{ width: number, height: number }} box */
function planStamps(model, step, box) {
  const { words, names, start, output, widest } = model;
  const [rows, columns] = start.kernel_size ?? [1, 1];
  const stamps = stampsOf(model, step);
  const shown = stamps.slice(0, rowsThatFit(box.height, rows));
  const left = stamps.length - shown.length;
  const many = Array.isArray(step.input);
  const cell = /** @type {const} */ ({
    part: "window",
    rows: many ? rows : 1,
    columns: many ? columns : 1,
    sign: "",
    letters: widest.window,
  });
  const kernel = /** @type {const} */ ({ part: "kernel", rows, columns, sign: "×", letters: widest.kernel });
  const stamp = /** @type {const} */ ({
    part: "products",
    rows,
    columns,
    sign: start.weight ? "=" : "→",
    letters: widest.products,
  });
  return planRows(
    {
      parts: start.weight ? [cell, kernel, stamp] : [cell, stamp],
      channels: shown.map((_, place) => place),
      sums: false,
      names: shown.map(({ plane }) => output.letter(plane)),
      more: left > 0 ? words.moreChannels(left) : "",
      heads: { window: words.cell, kernel: words.kernel, products: words.stamp, ...names },
    },
    box,
  );
}

/**
 * @param {CanvasRenderingContext2D} context  @param {import("./rows.js").RowPlan} layout  @param {Model} model
 * @param {Step} step
 */
function drawStampKernels(context, layout, model, step) {
  drawLabels(context, layout.labels, model.palette);
  const stamps = stampsOf(model, step);
  for (const row of layout.rows) {
    const { kernel } = stamps[row.channel];
    if (kernel)
      drawPart(context, row.parts[1], (down, across) => kernel[down][across], model.kernelScale, model.palette);
  }
}

/**
 * @param {CanvasRenderingContext2D} context  @param {import("./rows.js").RowPlan} layout  @param {Model} model
 * @param {Step} step
 */
function drawStamps(context, layout, model, step) {
  const { palette } = model;
  for (const row of layout.rows) {
    const [cell, last] = [row.parts[0], row.parts[row.parts.length - 1]];
    const first = row.channel * cell.rows * cell.columns;
    drawPart(
      context,
      cell,
      (down, across) =>
        Array.isArray(step.input) ? step.input[first + down * cell.columns + across] : (step.input ?? null),
      model.input.scale,
      palette,
    );
    const stamp = /** @type {Planes | undefined} */ (step.products)?.[row.channel];
    if (stamp) drawPart(context, last, (down, across) => stamp[down][across], model.productScale, palette);
  }
}

/**
 * @param {import("./rows.js").RowPlan} layout  @param {Model} model  @param {Step} step  @param {number} x
 * @param {number} y  @returns {Probe | null}
 */
function probeStamps(layout, model, step, x, y) {
  const found = partAt(layout.rows, x, y);
  if (!found || found.part.part === "window") return null;
  const { row, part, down, across } = found;
  const { kernel } = stampsOf(model, step)[row.channel];
  const product = figure(/** @type {Planes | undefined} */ (step.products)?.[row.channel][down][across]);
  const text = /** @type {Token[]} */ (
    kernel
      ? [
          { text: figure(/** @type {Value} */ (step.input)), role: "input" },
          { text: "·" },
          { text: bracketed(kernel[down][across]), role: "kernel" },
          { text: ` = ${product}` },
        ]
      : [{ text: product }]
  );
  return { part: part.part, channel: row.channel, row: down, column: across, text };
}

/** @param {Model} model  @param {Step} step  @returns {Mark} */
function cellsStamped(model, step) {
  const { kernel_size = [1, 1], dilation = [1, 1] } = model.start;
  const [top, left] = step.corner ?? [0, 0];
  return {
    planes: stampsOf(model, step).map(({ plane }) => plane),
    rows: Array.from({ length: kernel_size[0] }, (_, place) => top + place * dilation[0]),
    columns: Array.from({ length: kernel_size[1] }, (_, place) => left + place * dilation[1]),
  };
}

/** @param {Model} model  @param {readonly number[]} at  @returns {Mark} */
function stampReach(model, [channel, row, column]) {
  const { start } = model;
  const spread = (/** @type {0 | 1} */ axis, /** @type {number} */ place) => {
    const { kernel, stride, before, spacing } = slideOf(start, axis);
    return Array.from({ length: kernel }, (_, weight) => place * stride - before + weight * spacing).filter(
      (output) => output >= 0 && output < start.output_shape[axis + 1],
    );
  };
  const planes = stampsOf(model, /** @type {Step} */ ({ at: [channel, row, column] })).map(({ plane }) => plane);
  return { planes, rows: spread(0, row), columns: spread(1, column) };
}

/**
 * Input cells whose stamp reaches an output cell.
 * @param {Model} model  @param {readonly number[]} at  @returns {Mark}
 */
function stampedBy({ start }, [, row, column]) {
  const reach = (/** @type {0 | 1} */ axis, /** @type {number} */ place) => {
    const slide = slideOf(start, axis);
    return outputsTouching(place, start.input_shape[axis + 1], slide);
  };
  return {
    planes: Array.from({ length: start.input_shape[0] }, (_, plane) => plane),
    rows: reach(0, row),
    columns: reach(1, column),
  };
}

/** @type {Painter<import("./rows.js").RowPlan>} */
export const scatter = {
  board: ({ start, widest }) => {
    const [rows, columns] = start.kernel_size ?? [1, 1];
    const across = (start.weight ? 2 : 1) * columns + 1;
    return { columns: across, rows, count: 1, signs: start.weight ? 2 : 1, letters: widest.products[0] };
  },
  key: (_, step) => `${step.at[0]}`,
  plan: planStamps,
  still: drawStampKernels,
  moving: drawStamps,
  probe: probeStamps,
  feeds: stampReach,
  writes: cellsStamped,
  stampedBy,
  landing: (model, filled) => new Landing(model, filled),
  reads: (_, { at, input }) => ({
    planes: [at[0]],
    rows: Array.isArray(input) ? Array.from(input, (_, row) => row) : [at[1]],
    columns: [at[2]],
  }),
  stepAt: ({ start }, pane, [channel, row, column]) => {
    const [, rows, columns] = start.walked_shape ?? start.input_shape;
    if (pane === "output") return -1;
    return start.input_shape[1] === rows ? (channel * rows + row) * columns + column : column;
  },
};
