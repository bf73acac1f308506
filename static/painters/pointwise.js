/** One cell to one, each by itself: activations, softmax. The curve is drawn through the layer's own values. */
import { setFont } from "../drawing/cells.js";
import { figure } from "../words/figures.js";

/** Points a curve is drawn through, at most. */
const POINTS = 400;

/** Fewer values than this are shown as dots: a line would pretend to know what lies between. */
const FEW = 60;

/** Room for the axes' numbers. */
const EDGE = { left: 44, right: 14, top: 14, bottom: 26 };

/** @typedef {{ box: Box, height: number, points: [number, number][], x: number[], y: number[] }} CurvePlan */

/** @type {WeakMap<object, [number, number][]>} */
const curves = new WeakMap();

/** Pairs of input and output from all over the layer, by input. @param {Model} model  @returns {[number, number][]} */
function curveOf({ input, output }) {
  const known = curves.get(output.data);
  if (known) return known;
  const count = Math.min(input.data.length, output.data.length);
  const places = Array.from({ length: count }, (_, place) => place).sort(
    (one, other) => input.data[one] - input.data[other],
  );
  const every = Math.max(1, Math.floor(places.length / POINTS));
  const kept = places.filter((_, place) => place % every === 0 || place === places.length - 1);
  const points = kept.map((place) => /** @type {[number, number]} */ ([input.data[place], output.data[place]]));
  curves.set(output.data, points);
  return points;
}

/** @param {Model} model  @param {Step} _step  @param {{ width: number, height: number }} box  @returns {CurvePlan} */
function planCurve(model, _step, box) {
  const [across, down] = [box.width - EDGE.left - EDGE.right, box.height - EDGE.top - EDGE.bottom];
  const side = Math.max(60, Math.min(across, down * 1.5, 420));
  const height = Math.max(60, Math.min(box.height - EDGE.top - EDGE.bottom, side * 0.75));
  const left = Math.max(EDGE.left, (box.width - side) / 2);
  return {
    box: { x: left, y: EDGE.top, width: side, height },
    height: height + EDGE.top + EDGE.bottom,
    points: curveOf(model),
    x: model.opening.input.range,
    y: model.opening.output.range,
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
  const few = layout.points.length < FEW;
  context.strokeStyle = few ? palette.line : palette.text;
  context.lineWidth = 2;
  context.beginPath();
  for (const [input, output] of layout.points) context.lineTo(...pair(pointAt(layout, input, output)));
  context.stroke();
  context.fillStyle = palette.text;
  if (few) for (const [input, output] of layout.points) dot(context, pointAt(layout, input, output), 3);
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

/** The cell itself. @param {readonly number[]} at  @returns {Mark} */
const sameCell = (at) => ({ planes: [at[0]], rows: [at[1]], columns: [at[2]] });

/** @type {Painter<CurvePlan>} */
export const pointwise = {
  share: () => 0.38,
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
