/** Small grids of cells with their numbers, drawn on a canvas: windows, kernels, products. */
import { figureIn, SIGNIFICANT } from "../words/figures.js";

/** Below this size a grid is drawn as a picture. */
const FLAT = 7;

/** The smallest digits drawn, in CSS pixels, and the largest as a multiple of them. */
const SMALLEST = 9;
const MULTIPLE = 3.6;

/** Whole numbers longer than so many letters are drawn smaller, each by itself. */
const LONG_LETTERS = 4;

/** Width of a digit in the monospaced face, as a share of its size. */
const DIGIT = 0.61;

/**
 * @typedef {object} Grid
 * @property {number} x  @property {number} y  @property {number} cell  side in CSS pixels
 * @property {number} rows  @property {number} columns
 */

/**
 * Size of the digits that fit a cell, or 0 when they would be too small.
 * @param {number} cell  @param {number} letters  @param {number} [least]  the smallest
 */
export function digitSize(cell, letters, least = SMALLEST) {
  const size = Math.floor(Math.min(cell * 0.46, (cell - 4) / (letters * DIGIT), least * MULTIPLE));
  return size >= least ? size : 0;
}

/** @typedef {{ size: number, digits: number }} Lettering  of all numbers of a grid; size 0: there is no room */

/** Of two digits, as a share of what is asked for: a single one would be less like the number than they are small. */
const TWO = 0.8;

/**
 * As many digits as fit a cell.
 * @param {number} cell  @param {readonly number[]} letters  of the widest numbers, the most digits first
 * @param {number} [least]  the smallest digits
 * @returns {Lettering}
 */
export function letteringOf(cell, letters, least) {
  const usual = letters.length > 1 ? letters : [Math.min(LONG_LETTERS, letters[0])];
  const sizes = usual.map((count, place) =>
    digitSize(cell, count, least && SIGNIFICANT[place] === 2 ? Math.max(SMALLEST, TWO * least) : least),
  );
  const place = Math.max(0, sizes.findIndex(Boolean));
  return { size: sizes[place], digits: SIGNIFICANT[place] };
}

/** @type {WeakMap<CanvasRenderingContext2D, string>} */
const FONTS = new WeakMap();

/**
 * A new font costs a canvas about a millisecond, also where it is the old one.
 * @param {CanvasRenderingContext2D} context  @param {string} font
 */
export function setFont(context, font) {
  if (FONTS.get(context) === font) return;
  FONTS.set(context, font);
  context.font = font;
}

/** @type {HTMLCanvasElement | null} */
let board = null;

/**
 * @param {CanvasRenderingContext2D} context  @param {Grid} grid
 * @param {(row: number, column: number) => number | null} valueAt
 * @param {import("./scale.js").Scale} scale
 * @param {{ lettering: Lettering, mono: string, gap?: number }} look
 */
export function drawGrid(context, grid, valueAt, scale, look) {
  if (grid.cell < FLAT) drawFlat(context, grid, valueAt, scale);
  else drawCells(context, grid, valueAt, scale, look);
}

/** @type {typeof drawGrid} */
function drawCells(
  context,
  { x, y, cell, rows, columns },
  valueAt,
  scale,
  { lettering, mono, gap = cell >= 16 ? 1 : 0.5 },
) {
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const value = valueAt(row, column);
      const [left, top] = [x + column * cell, y + row * cell];
      if (value !== null) {
        context.fillStyle = scale.colour(value);
        context.fillRect(left + gap, top + gap, cell - 2 * gap, cell - 2 * gap);
      }
      const box = { x: left, y: top, width: cell, height: cell };
      if (lettering.size) drawDigits(context, box, value, value === null ? "#888" : scale.ink(value), lettering, mono);
    }
  }
}

/**
 * A number in the middle of its cell; one that is longer than the others has fewer digits, and never crosses the edge.
 * @param {CanvasRenderingContext2D} context  @param {Box} box  @param {number | null} value
 * @param {string} colour  @param {Lettering} lettering  @param {string} mono */
export function drawDigits(context, box, value, colour, { size, digits }, mono) {
  const room = box.width - 4;
  const letters = Math.floor(room / (size * DIGIT));
  const text = shortened(value, digits, letters);
  setFont(context, `${text.length > letters ? Math.floor(room / (text.length * DIGIT)) : size}px ${mono}`);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = colour;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2 + size * 0.06];
  context.fillText(text, x, y, room);
}

/**
 * Fewer digits where there is less room; then no zero before the point, then as many decimals as there is room for.
 * @param {number | null} value  @param {number} digits  @param {number} letters  that there is room for
 */
export function shortened(value, digits, letters) {
  let text = figureIn(value, digits);
  for (let fewer = digits - 1; fewer > 0 && text.length > letters; fewer -= 1) text = figureIn(value, fewer);
  const size = Math.abs(value ?? 0);
  const [sign, decimals] = Number(value) < 0 ? ["−", letters - 2] : ["", letters - 1];
  if (text.length <= letters || !size || size >= 1 || decimals < 1) return text;
  const short = text.replace("0.", ".");
  return short.includes("e") || short.length > letters ? sign + size.toFixed(decimals).slice(1) : short;
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
    FONTS.delete(context); // a canvas that changes its size forgets everything
    canvas.style.width = `${across / ratio}px`;
    canvas.style.height = `${down / ratio}px`;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}
