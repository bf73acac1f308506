/** How the three panes share a stage: beside each other, or the pictures over the arithmetic, whichever shows more. */
import { digitSize } from "../drawing/cells.js";
import { deckOf, linesHeight, resultSize, rowOf } from "./candidates.js";

/** Panes whose height nobody fixed are so high, as a share of their width; but never lower, nor higher, than this. */
const USUAL = 0.52;
const LOWEST = 300;
const HIGHEST = 620;

/** On a phone panes are made as low as this for a screen, which shows so much of them at the least. */
const PHONE_LOWEST = 400;
const LEAST_SEEN = 240;

/** A picture higher than so many times its width is drawn smaller. */
const STEEPEST = 1.3;

/** From this width panes of less height stand beside each other, below it they do in a low frame alone. */
const ROW_FROM = 480;
const ROW_BELOW = 300;

/** How much more a large picture tells than a large cell of the arithmetic. */
const PICTURES = 2;

/** What digits are worth that can be read, in the arithmetic and in the pictures. */
const DIGITS = 0.7;

/** A cell of a picture that holds a number. */
const NUMBERED = 22;

/** The smallest text that a hall reads, as a share of the frame's height; that of a desk, in CSS pixels. */
const HALL = 0.0225;
const DESK = 12;

/**
 * @typedef {object} StageRoom
 * @property {number} width  @property {number | null} height  null: as high as it likes
 * @property {number} screen  what the window leaves  @property {boolean} narrow  no wider than a phone
 * @property {boolean} [low]  of a frame so low that it has no room for legends and written sums
 * @property {number} [hall]  height of a frame that is read from afar; 0: it is not
 */
/** @typedef {{ columns: number, rows: number, count: number, signs: number, letters: number }} Board  in cells */
/**
 * @typedef {object} Wishes
 * @property {Board} board  @property {number[]} lines  letters of each written line
 * @property {number} sum  width of the sum, as a multiple of its size
 * @property {{ steepness: number, columns: number }} picture  of the larger one: height as a share of width, and cells
 *   across
 */
/**
 * @typedef {object} Arrangement
 * @property {string} style  @property {boolean} deck  the pictures stand over the arithmetic
 * @property {{ width: number, height: number }} side
 * @property {import("./arithmetic.js").ArithmeticRoom} middle
 */

/** How much larger than usual all text is. @param {number} [hall] */
export const typeOf = (hall = 0) => Math.max(1, (hall * HALL) / DESK);

/**
 * @param {StageRoom} room  @param {readonly string[]} views  @param {Wishes} wishes
 * @returns {Arrangement & { wanted: number, tall: boolean }}  tall: the sum stands over what it adds up
 */
export function arranged(room, views, wishes) {
  const wanted = wantedHeight(room, views, wishes);
  const { narrow, screen, hall } = room;
  const { board, sum } = wishes;
  const least = !narrow ? LOWEST : board.count > 1 ? wanted : Math.min(wanted, PHONE_LOWEST);
  const height = room.height ?? Math.max(Math.min(wanted, screen), least);
  const seen = room.height ?? Math.min(height, Math.max(LEAST_SEEN, screen));
  const result = sum < 1 ? 0 : Math.min(resultSize(height, hall), room.width / sum);
  const fixed = { ...room, height, type: typeOf(hall), result, seen };
  const decks = views.length > 1 && views.includes("arithmetic") ? deckOf(fixed, views, wishes) : [];
  const rows = rowOf(fixed, views, wishes);
  const stacked = room.width < ROW_FROM && decks.length;
  const all = stacked ? room.low : height >= ROW_BELOW;
  const candidates = all ? [...rows, ...decks] : stacked ? decks : rows;
  const best = candidates.reduce((one, other) => (worth(other, wishes) > worth(one, wishes) ? other : one));
  return { ...best, wanted, tall: board.count > 1 || height > seen };
}

/**
 * What is seen of an arrangement: both pictures and the digits.
 * @param {import("./candidates.js").Candidate} candidate  @param {Wishes} wishes
 */
function worth({ side, cell, middle }, { picture, board, sum }) {
  const { steepness, columns } = picture;
  const across = Math.max(1, Math.min(side.width - 18, (side.height - 18) / steepness));
  const seen = Math.log(Math.max(1, across * across * steepness)) / 2;
  const numbered = across / columns >= NUMBERED ? DIGITS : 0;
  if (!middle.width) return seen;
  const read = digitSize(cell, board.letters) ? DIGITS : 0;
  const whole = Math.min(1, (middle.text || middle.width) / (middle.result * sum));
  return PICTURES * seen + Math.log(Math.max(0.5, cell)) + numbered + read + PICTURES * Math.log(whole);
}

/**
 * The height panes wish for at a width, whatever room there is.
 * @param {StageRoom} room  @param {readonly string[]} views  @param {Wishes} wishes
 */
function wantedHeight({ width, narrow, screen }, views, { picture: { steepness }, board, lines }) {
  if (!narrow) return Math.round(Math.max(LOWEST, Math.min(HIGHEST, width * USUAL)));
  const sides = Math.max(1, views.filter((name) => name !== "arithmetic").length);
  const steep = Math.min(STEEPEST, steepness);
  const pictures = Math.min((width / sides) * steep, Math.max(112, screen * 0.3)) + 28 + 26 + 18;
  if (!views.includes("arithmetic")) return Math.round(pictures + 8);
  const cell = Math.min(64, (width - 30 * board.signs - (board.count > 1 ? 68 : 6)) / board.columns);
  const below = linesHeight(lines, width, { type: 1, narrow });
  return Math.round(pictures + 68 + cell * board.rows + 8 * (board.count - 1) + 56 + below);
}

/** Height of a picture with its border, as a share of its width. @param {import("./planes.js").Picture} picture */
export function steepnessOf({ shape: [channels, height, width], border }) {
  if (height === 1) return width === 1 && channels > 1 ? 1 : 0.3;
  return (height + border.top + border.bottom) / (width + border.left + border.right);
}
