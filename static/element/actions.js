/** What buttons and keys do to the player. */
import { placeOfCell } from "../words/cells.js";

/** @typedef {import("../player/player.js").Player} Player */

/** @type {Record<string, (player: Player, row: number) => void>} */
const ACTS = {
  play: (player) => (player.playing ? player.pause() : player.play()),
  back: (player) => player.walk(-1),
  forward: (player) => player.walk(1),
  rowBack: (player, row) => player.walk(-row),
  rowForward: (player, row) => player.walk(row),
  onward: (player) => player.onward(),
  backward: (player) => player.backward(),
  first: (player) => player.seek(0),
  last: (player) => player.walk(player.steps),
  slower: (player) => {
    player.speed /= 2;
  },
  faster: (player) => {
    player.speed *= 2;
  },
};

/** @param {Player} player  @param {string} action  @param {number} row  steps in a row */
export function act(player, action, row) {
  ACTS[action]?.(player, row);
}

/** The layer after this one, if there is one. @param {Opening | null} opening */
export function nextLayer(opening) {
  return opening && opening.layer + 1 < opening.layers.length ? opening.layer + 1 : null;
}

/**
 * Shape of what is walked: the output, or the input where each cell is stamped.
 * @param {StartLine | undefined} start
 */
export function walkedShape(start) {
  return start?.walked_shape ?? (start?.kind === "scatter" ? start.input_shape : start?.output_shape) ?? [1, 1, 1];
}

/**
 * Place of the output's value with the largest magnitude, once the output is complete.
 * @param {Arrays | null} arrays
 */
export async function strongest(arrays) {
  await arrays?.whole?.();
  const values = arrays?.output ?? [];
  let best = 0;
  for (let place = 1; place < values.length; place += 1)
    if (Math.abs(values[place]) > Math.abs(values[best])) best = place;
  return best;
}

/**
 * The step at a row and column, or -1 where there is none.
 * @param {StartLine | undefined} start  @param {number} plane  @param {number} row  @param {number} column
 */
export function stepOf(start, plane, row, column) {
  const [, rows, columns] = walkedShape(start);
  const inside = row >= 0 && row < rows && column >= 0 && column < columns;
  return inside ? placeOfCell([plane, row, column], walkedShape(start)) : -1;
}

/** Values in one window. @param {StartLine} start */
export function windowSize({ kernel_size = [1, 1], input_shape, groups = input_shape[0] }) {
  return (kernel_size[0] * kernel_size[1] * input_shape[0]) / groups;
}

/** Seconds that a walk is watched for, unless its page sets a speed; its slow beginning comes to them. */
const WATCHED = 30;

/** Steps a second that nobody chose. @param {number} steps */
export function usualSpeed(steps) {
  return Math.max(1.5, steps / WATCHED);
}

/**
 * The map as far as it is written: cells in memory order, null where pending.
 * @param {Opening | null} opening  @param {Arrays | null} arrays  @param {number} step
 */
export function writtenMap(opening, arrays, step) {
  if (!opening || !arrays) return null;
  const {
    start: { steps, kind },
    output: { shape },
  } = opening;
  const { output } = arrays;
  const cellEach = steps === output.length && kind !== "scatter";
  const written = cellEach ? step + 1 : step + 1 === steps ? output.length : 0;
  const known = (/** @type {number} */ value, /** @type {number} */ place) => place < written && !Number.isNaN(value);
  return { shape, written, values: Array.from(output, (value, place) => (known(value, place) ? value : null)) };
}
