/** Small grids of cells with their numbers, drawn on a canvas: windows, kernels, products. */
import { figure } from "../words/figures.js";

/** Below this size a grid is drawn as a picture. */
const FLAT = 7;

/** The smallest digits drawn, in CSS pixels. */
const SMALLEST = 9;

/** Width of a digit in the monospaced face, as a share of its size. */
const DIGIT = 0.61;

/**
 * @typedef {object} Grid
 * @property {number} x  @property {number} y  @property {number} cell  side in CSS pixels
 * @property {number} rows  @property {number} columns
 */

/**
 * Size of the digits that fit a cell, or 0 when they would be too small.
 * @param {number} cell  @param {number} letters
 */
export function digitSize(cell, letters) {
  const size = Math.min(cell * 0.46, (cell - 3) / (letters * DIGIT), 22);
  return size >= SMALLEST ? size : 0;
}

/** @type {HTMLCanvasElement | null} */
let board = null;

/**
 * @param {CanvasRenderingContext2D} context  @param {Grid} grid
 * @param {(row: number, column: number) => number | null} valueAt
 * @param {import("./scale.js").Scale} scale
 * @param {{ font: number, mono: string, gap?: number }} look  font 0: no numbers
 */
export function drawGrid(context, grid, valueAt, scale, look) {
  if (grid.cell < FLAT) drawFlat(context, grid, valueAt, scale);
  else drawCells(context, grid, valueAt, scale, look);
}

/** @type {typeof drawGrid} */
function drawCells(context, { x, y, cell, rows, columns }, valueAt, scale, { font, mono, gap = cell >= 16 ? 1 : 0.5 }) {
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const value = valueAt(row, column);
      const [left, top] = [x + column * cell, y + row * cell];
      if (value !== null) {
        context.fillStyle = scale.colour(value);
        context.fillRect(left + gap, top + gap, cell - 2 * gap, cell - 2 * gap);
      }
      const box = { x: left, y: top, width: cell, height: cell };
      if (font) drawDigits(context, box, value, value === null ? "#888" : scale.ink(value), font, mono);
    }
  }
}

/**
 * A number in the middle of its cell.
 * @param {CanvasRenderingContext2D} context  @param {Box} box  @param {number | null} value
 * @param {string} colour  @param {number} size  @param {string} mono */
export function drawDigits(context, box, value, colour, size, mono) {
  context.font = `${size}px ${mono}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = colour;
  context.fillText(figure(value), box.x + box.width / 2, box.y + box.height / 2 + size * 0.06);
}

/** @param {CanvasRenderingContext2D} context  @param {Grid} grid
 * @param {(row: number, column: number) => number | null} valueAt  @param {import("./scale.js").Scale} scale */
function drawFlat(context, { x, y, cell, rows, columns }, valueAt, scale) {
  board ??= document.createElement("canvas");
  if (board.width < columns) board.width = columns;
  if (board.height < rows) board.height = rows;
  const pencil = /** @type {CanvasRenderingContext2D} */ (board.getContext("2d", { willReadFrequently: true }));
  const image = pencil.createImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1)
      pixels[row * columns + column] = scale.pixel(valueAt(row, column));
  }
  pencil.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(board, 0, 0, columns, rows, x, y, columns * cell, rows * cell);
}

/**
 * A frame that stands out on any picture: the role's colour between two lines of paper.
 * @param {CanvasRenderingContext2D} context  @param {Box} box  @param {string} colour  @param {string} paper
 * @param {number} stroke
 */
export function drawFrame(context, { x, y, width, height }, colour, paper, stroke = 3) {
  context.lineJoin = "round";
  context.strokeStyle = paper;
  context.lineWidth = stroke + 2;
  context.strokeRect(x, y, width, height);
  context.strokeStyle = colour;
  context.lineWidth = stroke;
  context.strokeRect(x, y, width, height);
}

/**
 * Cells that are not used: pale, with the hatch of what is no value.
 * @param {CanvasRenderingContext2D} ink  @param {Box} box  @param {Palette} palette
 */
export function drawVeil(ink, { x, y, width, height }, palette) {
  ink.save();
  ink.beginPath();
  ink.rect(x, y, width, height);
  ink.clip();
  ink.globalAlpha = 0.7;
  ink.fillStyle = palette.paper;
  ink.fillRect(x, y, width, height);
  ink.strokeStyle = palette.text;
  ink.lineWidth = 1;
  ink.beginPath();
  for (let place = x - height - ((x - height) % 6); place < x + width; place += 6) {
    ink.moveTo(place, y + height);
    ink.lineTo(place + height, y);
  }
  ink.stroke();
  ink.restore();
}

/**
 * Size a canvas in CSS pixels on whole device pixels.
 * @param {HTMLCanvasElement} canvas  @param {number} width  @param {number} height  @param {number} ratio
 */
export function sizeCanvas(canvas, width, height, ratio) {
  const [across, down] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  if (canvas.width === across && canvas.height === down) {
    context.clearRect(0, 0, across, down);
  } else {
    canvas.width = across;
    canvas.height = down;
    canvas.style.width = `${across / ratio}px`;
    canvas.style.height = `${down / ratio}px`;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}
