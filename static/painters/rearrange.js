/** One cell moves to another place, and nothing is computed: padding, flattening, turning. */
import { digitSize, drawDigits, drawFrame, setFont } from "../drawing/cells.js";
import { figure, SIGNIFICANT } from "../words/figures.js";
import { drawLabels, drawPart, planRows } from "./rows.js";

/** @typedef {{ from: Box, to: Box, height: number, column?: import("./rows.js").RowPlan }} MovePlan */

/**
 * A window that becomes a column.
 * @param {Model} model  @param {Step} step  @param {{ width: number, height: number }} box
 */
function planColumn({ start, words, widest }, step, box) {
  const wide = start.kernel_size?.[1] ?? 1;
  const count = /** @type {Value[]} */ (step.output).length;
  return planRows(
    {
      parts: [
        { part: "window", rows: count / wide, columns: wide, sign: "", letters: widest.window },
        { part: "products", rows: count, columns: 1, sign: "→", letters: widest.window },
      ],
      channels: [0],
      names: [],
      sums: false,
      more: "",
      heads: { window: words.window, products: words.column },
    },
    box,
  );
}

/** @param {Model} model  @param {Step} step  @param {{ width: number, height: number }} box  @returns {MovePlan} */
function planMove(model, step, box) {
  if (Array.isArray(step.output)) {
    const column = planColumn(model, step, box);
    return { from: EMPTY, to: EMPTY, height: column.height, column };
  }
  const side = Math.max(44, Math.min(96, box.width / 3.6, box.height - 60));
  const gap = Math.min(80, box.width - 2 * side - 16);
  const left = (box.width - 2 * side - gap) / 2;
  const top = 28;
  return {
    from: { x: left, y: top, width: side, height: side },
    to: { x: left + side + gap, y: top, width: side, height: side },
    height: top + side + 30,
  };
}

/** @type {Box} */
const EMPTY = { x: 0, y: 0, width: 0, height: 0 };

/** @param {CanvasRenderingContext2D} context  @param {MovePlan} layout  @param {Model} model  @param {Step} step */
function drawMove(context, layout, model, step) {
  const { palette, words } = model;
  if (layout.column) {
    const column = /** @type {Value[]} */ (step.output);
    drawLabels(context, layout.column.labels, palette);
    for (const part of layout.column.rows[0].parts) {
      drawPart(context, part, (down, across) => column[down * part.columns + across], model.windowScale, palette);
    }
    return;
  }
  const { from, to } = layout;
  context.clearRect(0, 0, to.x + to.width + 60, layout.height);
  const value = /** @type {Value} */ (step.output ?? null);
  const place = /** @type {Shape | undefined} */ (step.from);
  const padding = place && !within(model.start.input_shape, place);
  drawCell(context, from, padding ? null : value, model.input.scale, palette.input, palette);
  drawCell(context, to, value, model.output.scale, palette.output, palette);
  drawArrow(context, from.x + from.width + 10, to.x - 10, from.y + from.height / 2, palette);
  setFont(context, `12px ${palette.mono}`);
  context.textAlign = "center";
  context.textBaseline = "top";
  context.fillStyle = palette.input;
  context.fillText(padding ? words.padding : placeText(place), from.x + from.width / 2, from.y + from.height + 9);
  context.fillStyle = palette.output;
  context.fillText(placeText(step.at), to.x + to.width / 2, to.y + to.height + 9);
}

/** @param {readonly number[] | undefined} at */
const placeText = (at) => (at ? `[${at.map(figure).join(", ")}]` : "");

/** @param {readonly number[]} shape  @param {readonly number[]} at */
const within = (shape, at) => at.every((place, axis) => place >= 0 && place < shape[axis]);

/** @param {CanvasRenderingContext2D} context  @param {Box} box  @param {number | null} value
 * @param {import("../drawing/scale.js").Scale} scale  @param {string} colour  @param {Palette} palette */
function drawCell(context, box, value, scale, colour, palette) {
  context.fillStyle = scale.colour(value);
  context.fillRect(box.x, box.y, box.width, box.height);
  const size = Math.min(30, digitSize(box.width, figure(value).length) * 1.4);
  const lettering = { size, digits: SIGNIFICANT[0] };
  drawDigits(context, box, value, value === null ? palette.quiet : scale.ink(value), lettering, palette.mono);
  drawFrame(context, box, colour, palette.paper, 3);
}

/**
 * @param {CanvasRenderingContext2D} context  @param {number} from  @param {number} to  @param {number} y
 * @param {Palette} palette
 */
function drawArrow(context, from, to, y, palette) {
  context.strokeStyle = palette.text;
  context.lineWidth = 2.5;
  context.beginPath();
  context.moveTo(from, y);
  context.lineTo(to, y);
  context.moveTo(to - 8, y - 7);
  context.lineTo(to, y);
  context.lineTo(to - 8, y + 7);
  context.stroke();
}

/** @param {number} count */
const counted = (count) => Array.from({ length: count }, (_, place) => place);

/** @param {Model} model  @param {Step} step  @returns {Mark} */
function cellsMoved({ start }, { from, output, corner = [0, 0] }) {
  if (Array.isArray(output)) {
    const { kernel_size = [1, 1], dilation = [1, 1] } = start;
    const [rows, columns] = [0, 1].map((axis) =>
      counted(kernel_size[axis]).map((place) => corner[axis] + place * dilation[axis]),
    );
    return { planes: counted(start.input_shape[0]), rows, columns };
  }
  const [plane, row, column] = /** @type {Shape} */ (from ?? []);
  return from && within(start.input_shape, [plane, row, column])
    ? { planes: [plane], rows: [row], columns: [column] }
    : { planes: [], rows: [], columns: [] };
}

/** @type {Painter<MovePlan>} */
export const rearrange = {
  board: ({ start }) => {
    const [rows, columns] = start.kernel_size ?? [3, 5];
    return { columns: columns + 1, rows: Math.max(4, rows * columns), count: 1, signs: 1, letters: 3 };
  },
  key: () => "",
  plan: planMove,
  moving: drawMove,
  still() {},
  probe: () => null,
  reads: cellsMoved,
  writes: ({ start }, { at, output }) => ({
    planes: [at[0]],
    rows: Array.isArray(output) ? counted(start.output_shape[1]) : [at[1]],
    columns: [at[2]],
  }),
  feeds: () => ({ planes: [], rows: [], columns: [] }),
  stepAt: ({ start }, pane, [channel, row, column]) => {
    const { output_shape: shape, walked_shape: walked = shape } = start;
    if (pane === "input") return -1;
    return walked[1] === shape[1] ? (channel * shape[1] + row) * shape[2] + column : channel * shape[2] + column;
  },
};
