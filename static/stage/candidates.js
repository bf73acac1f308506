/** Ways in which panes could share a stage: each with the room it gives to pictures and to the cells of a board. */

/** Heights of a pane's title, also in a low frame, and legend, and of the names over a board. */
const TITLE = 28;
const LOW_TITLE = 22;
const LEGEND = 26;
const HEAD_LINE = 28;

/** Between panes that stand beside each other, where there is room and where there is less. */
const APART = 24;
const CLOSE = 10;

/** Between the pictures and the board below them. */
const BETWEEN = 12;

/** Width of a sign between grids, and of names and sums beside several of them; between two rows of grids. */
const SIGN_WIDTH = 30;
const NAMES_AND_SUMS = 86;
const ROW_GAP = 8;
const CELL_ROW_GAP = 3;

/** The least width of a sum beside its board. */
const LEAST_TEXT = 150;
const LOW_TEXT = 84;

/** Of a line of the sum: width of a letter and height, and those on a phone. */
const LINE = [8.6, 20];
const PHONE_LINE = [7.3, 16];

/** A board's cell, at the least and at the most. */
const SMALLEST_CELL = 6;
const LARGEST_CELL = 72;

/** On a phone grids have, for each sign between them, so much width beside a sum: names and numbers need it. */
const LEAST_BESIDE = 72;

/** A sum is so large: as a share of the stage's height, between these; where a hall reads it, of the frame's. */
const SUM_SIZE = { share: 0.12, least: 24, most: 56, hall: 0.068 };

/** Shares of the width that the arithmetic may take beside the pictures. */
const SHARES = [0.28, 0.31, 0.34, 0.37, 0.4, 0.43, 0.46, 0.5, 0.54, 0.58];

/** @typedef {import("./arranging.js").Arrangement & { cell: number }} Candidate */
/** @typedef {import("./arranging.js").Board} Board */
/**
 * @typedef {{ width: number, height: number, narrow: boolean, low?: boolean, hall?: number, type: number,
 *   result: number, seen: number }} Fixed  result: size of the sum, 0 where there is none; seen: height that a screen
 *   shows, pictures and sum at the least
 */

/** @param {number} height  @param {number} [hall] */
export function resultSize(height, hall = 0) {
  const usual = Math.max(SUM_SIZE.least, Math.min(SUM_SIZE.most, SUM_SIZE.share * height));
  return Math.max(usual, hall * SUM_SIZE.hall);
}

/** Room a board takes beside its cells. @param {Board} board  @param {number} type */
function besides({ signs, count, rows }, type) {
  return {
    across: (signs * SIGN_WIDTH + (count > 1 ? NAMES_AND_SUMS : 0)) * type + 6,
    down: (HEAD_LINE + (count - 1) * (rows === count ? CELL_ROW_GAP : ROW_GAP)) * type,
  };
}

/** @param {Board} board  @param {{ width: number, height: number }} room  @param {Fixed} fixed */
function cellIn(board, { width, height }, { type, hall = 0 }) {
  const { across, down } = besides(board, type);
  const fits = Math.min((width - across) / board.columns, (height - down) / board.rows);
  return Math.min(Math.max(LARGEST_CELL, hall / 9), fits);
}

/**
 * @param {readonly number[]} lines  letters of each  @param {number} width
 * @param {{ type: number, narrow: boolean }} room
 */
export function linesHeight(lines, width, { type, narrow }) {
  const [letter, height] = narrow ? PHONE_LINE : LINE;
  const perLine = Math.max(8, Math.floor(width / (letter * type)));
  return lines.reduce((sum, letters) => sum + Math.ceil((letters * 1.06) / perLine), 0) * height * type;
}

/** @param {Fixed} room */
const titleOf = ({ low, type }) => (low ? LOW_TITLE : TITLE) * type;

/** Over a board the legend stands beside the title; on a phone below the picture, and in a low frame nowhere.
 * @param {Fixed} room */
const legendOf = ({ low, narrow, type }) => (narrow && !low ? LEGEND * type : 0);

/** @param {readonly string[]} views */
const sidesOf = (views) => views.filter((name) => name !== "arithmetic").length;

/**
 * All panes beside each other.
 * @param {Fixed} room  @param {readonly string[]} views  @param {import("./arranging.js").Wishes} wishes
 * @returns {Candidate[]}
 */
export function rowOf(room, views, { board, lines }) {
  const { width, height, type, low, result } = room;
  const gap = width < 900 ? CLOSE : APART;
  const across = width - (views.length - 1) * gap;
  const sides = sidesOf(views);
  const shares = views.length === sides ? [0] : sides ? SHARES : [1];
  return shares.map((share) => {
    const middle = Math.round(across * share);
    const side = sides ? Math.floor((across - middle) / sides) : 0;
    const below = height - titleOf(room);
    const box = { width: middle, height: below - 1.2 * result - linesHeight(lines, middle, room) };
    const columns = views.map((name) => `${name === "arithmetic" ? middle : side}px`).join(" ");
    return {
      deck: false,
      cell: cellIn(board, box, room),
      style: `gap:${gap}px;grid-template-columns:${columns};height:${height}px`,
      side: { width: side, height: below - (low ? 0 : LEGEND * type) },
      middle: { width: middle, height: below, text: 0, result },
    };
  });
}

/**
 * The pictures over the board, whose sum stands beside it where there is room, else below.
 * @param {Fixed} room  @param {readonly string[]} views  @param {import("./arranging.js").Wishes} wishes
 * @returns {Candidate[]}
 */
export function deckOf(room, views, wishes) {
  const { width, height, seen, type, result } = room;
  const largest = cellIn(wishes.board, { width, height }, room);
  const [sides, gap] = [sidesOf(views), width < 900 ? CLOSE : APART];
  const side = Math.floor((width - (sides - 1) * gap) / sides);
  /** @type {Candidate[]} */
  const candidates = [];
  for (let cell = largest; cell >= SMALLEST_CELL; cell -= Math.max(1, largest / 40)) {
    for (const beside of [true, false]) {
      const middle = boardOf(room, wishes, cell, beside ? side : 0);
      if (!middle) continue;
      const shared = Math.min(height - middle.height, seen - TITLE * type - 1.2 * result);
      const picture = shared - titleOf(room) - legendOf(room) - BETWEEN;
      if (picture < seen / 5) continue;
      candidates.push({
        deck: true,
        cell,
        style:
          `gap:${BETWEEN}px ${gap}px;grid-template-columns:repeat(${sides},${side}px);` +
          `grid-template-rows:auto ${middle.height}px;height:${shared + middle.height}px`,
        side: { width: side, height: picture },
        middle,
      });
    }
  }
  return candidates;
}

/**
 * @param {Fixed} room  @param {import("./arranging.js").Wishes} wishes  @param {number} cell
 * @param {number} side  width of a picture, where the sum stands beside the board: below the pictures where each has
 *   its room there; 0: the sum stands below the board
 */
function boardOf(room, { board, lines }, cell, side) {
  const { width, type, low, narrow, result } = room;
  if (side && narrow && cell * board.columns < LEAST_BESIDE * board.signs) return null;
  const { across, down } = besides(board, type);
  const [own, high] = [across + cell * board.columns, down + cell * board.rows];
  const writtenIn = (/** @type {number} */ text) =>
    1.2 * result + linesHeight(lines, text, room) + (low ? 0 : TITLE * type);
  const below = own <= side && side < width && writtenIn(width - side - APART) <= high;
  const wide = below ? side : own;
  const text = side ? width - wide - APART : width;
  if (text < (low ? LOW_TEXT : LEAST_TEXT * type)) return null;
  const written = writtenIn(text);
  if (side) return { width: wide, height: Math.round(Math.max(high, written)), text, result };
  return { width, height: Math.round(high + written), text: 0, result, board: high };
}
