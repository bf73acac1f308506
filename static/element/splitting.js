/** How two walks share the room of one: beside each other or below, with the arithmetic where it fits. */

/** Between the two, and of the line above each and the one below both. */
const GAP = 16;
const CAPTION = 30;
const FOOT = 24;

/** With less than this the arithmetic of a step cannot be read. */
const WIDE = 520;
const HIGH = 215;

/** What a picture has of a walk with its arithmetic. */
const SHARE = 0.3;
const AROUND = 54;

/** Panes stand beside each other from this width, as they do in a walk alone. */
const BESIDE = 600;

/** Where nothing bounds it, a pair is so high. */
const LOWEST = 340;
const HIGHEST = 760;

/**
 * @typedef {object} Sharing  of the panes' room with another walk
 * @property {(room: import("../stage/stage.js").StageRoom) => import("../stage/stage.js").StageRoom} share
 * @property {number} wanted  height of both
 * @property {(classes: DOMTokenList) => void} [dress]  what tells how parts stand, as in the other walk
 */
/** @typedef {{ across: 1 | 2, arithmetic: boolean, width: number, height: number }} Half */

/** @param {import("../stage/stage.js").StageRoom} room  @returns {Half} */
export function split({ width, height, screen }) {
  const all = (height ?? Math.max(LOWEST, Math.min(screen, HIGHEST))) - FOOT;
  const column = { across: /** @type {const} */ (2), width: Math.floor((width - GAP) / 2), height: all - CAPTION };
  const row = { across: /** @type {const} */ (1), width, height: Math.floor((all - GAP) / 2) - CAPTION };
  if (width < BESIDE) return { ...row, height: Math.max(150, row.height), arithmetic: false };
  const fitting = [column, row].filter((half) => half.width >= WIDE && half.height >= HIGH);
  const [best] = fitting.sort((one, other) => pictureIn(other) - pictureIn(one));
  return best ? { ...best, arithmetic: true } : { ...column, arithmetic: false };
}

/** Side of a picture. @param {{ width: number, height: number }} half */
function pictureIn({ width, height }) {
  return Math.min(width * SHARE, height - AROUND);
}

/** Height of both with what stands around them. @param {Half} half  @param {number} height  of the panes of one */
export function together({ across }, height) {
  const one = height + CAPTION;
  return FOOT + (across === 2 ? one : 2 * one + GAP);
}
