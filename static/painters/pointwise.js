/** One cell to one, each by itself: on the function's own curve; where it has none, the cell and what becomes of it. */
import { setFont } from "../drawing/cells.js";
import { figure } from "../words/figures.js";

/** Room for the axes' numbers. */
const EDGE = { left: 44, right: 14, top: 14, bottom: 26 };

/** On a telephone what comes out stands under a curve that is as wide as the screen, and above the bar. */
const NARROW = 480;
const WIDE_THERE = 300;

/** Of the numbers beside the axis, and between them and it. */
const AXIS_LETTER = 7.3;
const AXIS_GAP = 8;

/** @typedef {{ box: Box, height: number, points: [number, number][], x: number[], y: number[] }} CurvePlan */

/** @param {Model} model  @param {Step} _step  @param {{ width: number, height: number }} box  @returns {CurvePlan} */
function planCurve({ opening }, _step, box) {
  const points = opening.curve ?? [];
  const [across, down] = [box.width - EDGE.left - EDGE.right, box.height - EDGE.top - EDGE.bottom];
  const side = Math.max(60, Math.min(across, down * 1.5, 420));
  const narrow = globalThis.innerWidth < NARROW && box.width > WIDE_THERE;
  const flat = side * (narrow ? 0.24 : 0.75);
  const height = points.length ? Math.max(60, Math.min(down, flat)) : Math.min(narrow ? 64 : 96, Math.max(60, down));
  const range = (/** @type {0 | 1} */ axis) => {
    const values = points.map((point) => point[axis]);
    return [Math.min(...values), Math.max(...values)];
  };
  const letters = points.length ? Math.max(...range(1).map((end) => figure(end).length)) : 0;
  const left = Math.max(EDGE.left, letters * AXIS_LETTER + AXIS_GAP, (box.width - side) / 2);
  return {
    box: { x: left, y: EDGE.top, width: Math.min(side, box.width - left - EDGE.right), height },
    height: height + EDGE.top + EDGE.bottom,
    points,
    x: range(0),
    y: range(1),
  };
}

/** @param {CurvePlan} layout  @param {number} input  @param {number} output */
function pointAt({ box, x, y }, input, output) {
  const across = (input - x[0]) / (x[1] - x[0] || 1);
  const up = (output - y[0]) / (y[1] - y[0] || 1);
  return [box.x + across * box.width, box.y + (1 - up) * box.height];
}

/** @param {CanvasRenderingContext2D} context  @param {CurvePlan} layout  @param {Model} model */
function drawCurve(context, layout, { palette }) {
  const { box, x, y } = layout;
  context.strokeStyle = palette.line;
  context.lineWidth = 1;
  context.strokeRect(box.x, box.y, box.width, box.height);
  const [zeroX, zeroY] = pointAt(layout, 0, 0);
  context.strokeStyle = palette.quiet;
  context.beginPath();
  if (x[0] < 0 && x[1] > 0) line(context, zeroX, box.y, zeroX, box.y + box.height);
  if (y[0] < 0 && y[1] > 0) line(context, box.x, zeroY, box.x + box.width, zeroY);
  context.stroke();
  context.strokeStyle = palette.text;
  context.lineWidth = 2;
  context.beginPath();
  for (const [input, output] of layout.points) context.lineTo(...pair(pointAt(layout, input, output)));
  context.stroke();
  drawAxes(context, layout, palette);
}

/** @param {number[]} point  @returns {[number, number]} */
const pair = ([across, down]) => [across, down];

/** @param {CanvasRenderingContext2D} context  @param {number[]} place  @param {number} radius */
function dot(context, [x, y], radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 7);
  context.fill();
}

/**
 * @param {CanvasRenderingContext2D} context  @param {number} x  @param {number} y  @param {number} toX
 * @param {number} toY
 */
function line(context, x, y, toX, toY) {
  context.moveTo(x, y);
  context.lineTo(toX, toY);
}

/** @param {CanvasRenderingContext2D} context  @param {CurvePlan} layout  @param {Palette} palette */
function drawAxes(context, { box, x, y }, palette) {
  setFont(context, `12px ${palette.mono}`);
  context.fillStyle = palette.input;
  context.textBaseline = "top";
  context.textAlign = "left";
  context.fillText(figure(x[0]), box.x, box.y + box.height + 6);
  context.textAlign = "right";
  context.fillText(figure(x[1]), box.x + box.width, box.y + box.height + 6);
  context.fillStyle = palette.output;
  context.fillText(figure(y[1]), box.x - 6, box.y);
  context.textBaseline = "bottom";
  context.fillText(figure(y[0]), box.x - 6, box.y + box.height);
}

/**
 * The value of this step on the curve.
 * @param {CanvasRenderingContext2D} context  @param {CurvePlan} layout  @param {Model} model  @param {Step} step
 */
function drawPoint(context, layout, model, step) {
  const { palette } = model;
  context.clearRect(0, 0, layout.box.x + layout.box.width + EDGE.right, layout.height);
  if (!layout.points.length) return drawBecoming(context, layout, palette, step);
  drawCurve(context, layout, model);
  if (typeof step.input !== "number" || typeof step.output !== "number") return;
  const [x, y] = pointAt(layout, step.input, step.output);
  context.lineWidth = 2;
  context.setLineDash([4, 3]);
  context.strokeStyle = palette.input;
  context.beginPath();
  line(context, x, layout.box.y + layout.box.height, x, y);
  context.stroke();
  context.strokeStyle = palette.output;
  context.beginPath();
  line(context, x, y, layout.box.x, y);
  context.stroke();
  context.setLineDash([]);
  context.fillStyle = palette.output;
  context.strokeStyle = palette.paper;
  dot(context, [x, y], 7);
  context.stroke();
}

/**
 * The cell, an arrow, and what becomes of it.
 * @param {CanvasRenderingContext2D} context  @param {CurvePlan} layout  @param {Palette} palette  @param {Step} step
 */
function drawBecoming(context, { box }, palette, { input, output }) {
  const side = Math.min(box.height, box.width / 3);
  const places = [box.x + box.width / 2 - side * 1.4, box.x + box.width / 2 + side * 0.4];
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineWidth = 2;
  for (const [place, value] of [input, output].entries()) {
    const colour = place ? palette.output : palette.input;
    context.strokeStyle = colour;
    context.fillStyle = colour;
    context.strokeRect(places[place], box.y, side, side);
    setFont(context, `${Math.min(side / 4, 22)}px ${palette.mono}`);
    context.fillText(figure(/** @type {number} */ (value)), places[place] + side / 2, box.y + side / 2);
  }
  context.fillStyle = palette.quiet;
  setFont(context, `${side / 3}px ${palette.sans}`);
  context.fillText("→", box.x + box.width / 2, box.y + side / 2);
}

/** The cell itself. @param {readonly number[]} at  @returns {Mark} */
const sameCell = (at) => ({ planes: [at[0]], rows: [at[1]], columns: [at[2]] });

/** @type {Painter<CurvePlan>} */
export const pointwise = {
  board: () => ({ columns: 7, rows: 5, count: 1, signs: 0, letters: 3 }),
  key: () => "",
  plan: planCurve,
  moving: drawPoint,
  still() {},
  probe: () => null,
  reads: (_, step) => sameCell(step.at),
  writes: (_, step) => sameCell(step.at),
  feeds: (_, at) => sameCell(at),
  stepAt: ({ start }, _, [channel, row, column]) =>
    (channel * start.output_shape[1] + row) * start.output_shape[2] + column,
};
