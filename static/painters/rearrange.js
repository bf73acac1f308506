/** One cell moves to another place, and nothing is computed: padding, flattening, turning. */
import { drawDigits, drawFrame, digitSize } from "../cells.js";
import { figure } from "../figures.js";

/** @typedef {{ from: Box, to: Box, height: number }} MovePlan */

/** @param {Model} _model  @param {Step} _step  @param {{ width: number, height: number }} box  @returns {MovePlan} */
function planMove(_model, _step, box) {
  const side = Math.max(44, Math.min(96, box.width / 3.6, box.height - 60));
  const gap = Math.min(80, box.width - 2 * side - 16);
  const left = (box.width - 2 * side - gap) / 2;
  const top = 28;
  return {
    from: { x: left, y: top, width: side, height: side }, to: { x: left + side + gap, y: top, width: side, height: side },
    height: top + side + 30,
  };
}

/** @param {CanvasRenderingContext2D} context  @param {MovePlan} layout  @param {Model} model  @param {Step} step */
function drawMove(context, layout, model, step) {
  const { palette, words } = model;
  const { from, to } = layout;
  context.clearRect(0, 0, to.x + to.width + 60, layout.height);
  const value = step.output ?? null;
  const padding = step.from && !within(model.start.input_shape, step.from);
  drawCell(context, from, padding ? null : value, model.input.scale, palette.input, palette);
  drawCell(context, to, value, model.output.scale, palette.output, palette);
  drawArrow(context, from.x + from.width + 10, to.x - 10, from.y + from.height / 2, palette);
  context.font = `12px ${palette.mono}`;
  context.textAlign = "center";
  context.textBaseline = "top";
  context.fillStyle = palette.input;
  context.fillText(padding ? words.padding : placeText(step.from), from.x + from.width / 2, from.y + from.height + 9);
  context.fillStyle = palette.output;
  context.fillText(placeText(step.at), to.x + to.width / 2, to.y + to.height + 9);
}

/** @param {readonly number[] | undefined} at */
const placeText = (at) => (at ? `[${at.map(figure).join(", ")}]` : "");

/** @param {readonly number[]} shape  @param {readonly number[]} at */
const within = (shape, at) => at.every((place, axis) => place >= 0 && place < shape[axis]);

/** @param {CanvasRenderingContext2D} context  @param {Box} box  @param {number | null} value
 * @param {import("../scale.js").Scale} scale  @param {string} colour  @param {Palette} palette */
function drawCell(context, box, value, scale, colour, palette) {
  context.fillStyle = scale.colour(value);
  context.fillRect(box.x, box.y, box.width, box.height);
  const size = Math.min(30, digitSize(box.width, figure(value).length) * 1.4);
  drawDigits(context, box, value, value === null ? palette.quiet : scale.ink(value), size, palette.mono);
  drawFrame(context, box, colour, palette.paper, 3);
}

/** @param {CanvasRenderingContext2D} context  @param {number} from  @param {number} to  @param {number} y  @param {Palette} palette */
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

/** @type {Painter<MovePlan>} */
export const rearrange = {
  share: () => 0.3,
  key: () => "",
  plan: planMove, moving: drawMove,
  still() {},
  probe: () => null,
  reads: ({ start }, { from }) => (
    from && within(start.input_shape, from) ? { planes: [from[0]], rows: [from[1]], columns: [from[2]] } : { planes: [], rows: [], columns: [] }),
  writes: (_, { at }) => ({ planes: [at[0]], rows: [at[1]], columns: [at[2]] }),
  feeds: () => ({ planes: [], rows: [], columns: [] }),
  stepAt: ({ start }, pane, [channel, row, column]) => (
    pane === "output" ? (channel * start.output_shape[1] + row) * start.output_shape[2] + column : -1),
};
