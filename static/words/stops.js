/** Stops of a walk, as an address writes them: `0:corner,17:first edge,strongest`. Knows no DOM. */

/**
 * @typedef {object} Stop
 * @property {number | string} place  a step, from 0, negative from the end, or one of NAMED_PLACES
 * @property {string} note  what is said there
 */

/** Steps that have a name. */
const NAMED_PLACES = ["corner", "strongest", "last"];

/** A comma ends a stop where another begins; all others belong to its note. */
const BETWEEN_STOPS = /,(?=\s*(?:-?\d+|corner|strongest|last)\s*(?:[:,]|$))/;
const ONE_STOP = /^\s*(-?\d{1,15}|corner|strongest|last)\s*(?::([\s\S]*))?$/;

/** Seconds that a walk with stops takes from end to end, its notes read on the way, and that one note takes. */
const WITHIN = 44;
const READ = 4;
const SHORTEST = 15;

export const MOST_STOPS = 50;
export const LONGEST_NOTE = 300;

/** What can be read of it. @param {string} text  @returns {Stop[]} */
export function readStops(text) {
  const found = text.split(BETWEEN_STOPS).map((part) => ONE_STOP.exec(part));
  return found
    .filter((match) => match !== null)
    .slice(0, MOST_STOPS)
    .map(([, place, note = ""]) => ({
      place: NAMED_PLACES.includes(place) ? place : Number(place),
      note: note.trim().slice(0, LONGEST_NOTE),
    }));
}

/** @param {readonly Stop[]} stops */
export function spellStops(stops) {
  return stops.map(({ place, note }) => (note ? `${place}:${note}` : `${place}`)).join(",");
}

/**
 * The steps at which they stand, in order; what lies outside the range is left out.
 * @param {readonly Stop[]} stops
 * @param {{ first: number, last: number, steps: number }} range
 * @param {number | null} strongest  where that is known
 * @returns {{ index: number, note: string }[]}
 */
export function standing(stops, { first, last, steps }, strongest) {
  const places = /** @type {Record<string, number | null>} */ ({ corner: first, strongest, last });
  const notes = new Map();
  for (const { place, note } of stops) {
    const index = typeof place === "string" ? places[place] : place < 0 ? place + steps : place;
    if (index === null || index < first || index > last) continue;
    notes.set(index, [notes.get(index), note].filter(Boolean).join(" · "));
  }
  return [...notes].map(([index, note]) => ({ index, note })).sort((one, other) => one.index - other.index);
}

/** Seconds that are left for walking. @param {readonly { note: string }[]} stops */
export function secondsBetween(stops) {
  return Math.max(SHORTEST, WITHIN - READ * stops.filter(({ note }) => note).length);
}

/**
 * The steps from `start` up to `stop`, which is exclusive, negative from the end; all of them where that is none.
 * @param {string | null} start  @param {string | null} stop  @param {number} steps
 */
export function rangeOf(start, stop, steps) {
  const whole = { first: 0, last: Math.max(0, steps - 1), steps };
  const [from, to] = [placeIn(start, steps, 0), placeIn(stop, steps, steps)];
  return from < to ? { first: from, last: to - 1, steps } : whole;
}

/** @param {string | null} text  @param {number} steps  @param {number} otherwise */
function placeIn(text, steps, otherwise) {
  if (!/^\s*-?\d{1,15}\s*$/.test(text ?? "")) return otherwise;
  const place = Number(text);
  return Math.max(0, Math.min(steps, place < 0 ? place + steps : place));
}
