/** Which blocks of steps a player wants to have next, most urgent first. */
import { BLOCK } from "../words/vocabulary.js";

/** @typedef {{ level: number, number: number }} Place  of a block */
/** @typedef {Pick<import("./buffer.js").StepBuffer, "numberOf">} Numbering */

/**
 * While playing.
 * @param {Numbering} buffer
 * @param {{ index: number, until: number, distance: number, level: number }} ahead  distance: steps kept ahead
 * @param {number | null} again  the step a loop begins with  @returns {Place[]}
 */
export function comingBlocks(buffer, { index, until, distance, level }, again) {
  const number = buffer.numberOf(index, level);
  const last = buffer.numberOf(Math.min(until, index + distance), level);
  const wanted = [];
  for (let next = number; next <= Math.max(last, number + 1); next += 1) wanted.push({ level, number: next });
  if (index + 4 * distance >= until) {
    wanted.push({ level: 0, number: buffer.numberOf(until, 0) });
    if (again !== null) wanted.push({ level, number: buffer.numberOf(again, level) });
  }
  return wanted;
}

/** Around a step that is looked at. @param {Numbering} buffer  @param {number} index  @param {number} steps
 * @param {number} [every]  each how-manieth there is, and the last  @param {number} [row]  steps to the one below */
export function nearBlocks(buffer, index, steps, every = 1, row = 0) {
  const level = index % every ? 0 : Math.log2(every);
  const reach = (BLOCK / 4) * every;
  const numbers = [index, index - reach, index + reach, ...(row ? [index - row, index + row] : [])];
  return numbers
    .filter((near) => near >= 0 && near < steps)
    .map((near) => ({ level, number: buffer.numberOf(near, level) }));
}

/**
 * The step that is due, or the last one before it that is here.
 * @param {Pick<import("./buffer.js").StepBuffer, "get">} buffer  @param {number} goal  @param {number} index  shown now
 * @param {number} every  each how-manieth is shown
 */
export function furthest(buffer, goal, index, every) {
  const tries = [goal];
  for (let next = Math.floor(goal / every) * every; next > index && tries.length < BLOCK; next -= every)
    tries.push(next);
  for (const next of tries) {
    const step = buffer.get(next);
    if (step) return step;
  }
  return undefined;
}
