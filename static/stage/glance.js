/** A step that is pointed at: where it lies is drawn at once, from the layer's geometry; its numbers follow. */
import { slideOf } from "../painters/slides.js";
import { cellAtPlace } from "../words/cells.js";
import { alsoColoured } from "./chosen.js";
import { drawMark } from "./marks.js";

/**
 * A step without its numbers.
 * @param {StartLine} start  @param {number} index  @param {Step} known  another step of this layer
 * @returns {Step | null}  null: where it lies is known by the server alone
 */
export function foreseen(start, index, known) {
  const { kind, output_shape: shape, walked_shape: walked = shape } = start;
  const apart = String(walked) !== String(shape) || known.size || known.input_channel !== undefined;
  if (apart || !["gather", "pointwise"].includes(kind)) return null;
  const cornerOf = (/** @type {readonly number[]} */ at) =>
    [0, 1].map((axis) => {
      const { stride, before } = slideOf(start, axis ? 1 : 0);
      return at[axis + 1] * stride - before;
    });
  const slides = String(known.corner) === String(cornerOf(known.at));
  if (known.corner && !slides) return null;
  const at = cellAtPlace(index, shape);
  return /** @type {Step} */ ({ index, at, ...(slides ? { corner: cornerOf(at) } : {}) });
}

/** @param {import("./stage.js").Stage} stage  @param {number} index  whether it could be drawn */
export function glance({ model, painter, pictures, board, step }, index) {
  const [input, output] = [pictures.input.view, pictures.output.view];
  const bare = model && step && foreseen(model.start, index, step);
  if (!bare || !painter || !input || !output) return false;
  input.clearMarks();
  output.clearMarks();
  drawMark(input, alsoColoured(painter.reads(model, bare), model.input.coloured), model.palette.input);
  drawMark(output, painter.writes(model, bare), model.palette.output);
  board.node.classList.add("awaited");
  return true;
}
