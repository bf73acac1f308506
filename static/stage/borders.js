/** What lies around a picture: which of its cells a border repeats, or the number that added cells hold. */

/** Which cell of a line a place outside it repeats; -1 for none. */
const SOURCES = /** @type {Record<string, (place: number, size: number) => number>} */ ({
  zeros: () => -1,
  replicate: (place, size) => Math.max(0, Math.min(size - 1, place)),
  circular: (place, size) => ((place % size) + size) % size,
  symmetric: (place, size) => {
    const around = ((place % (2 * size)) + 2 * size) % (2 * size);
    return Math.min(around, 2 * size - 1 - around);
  },
  reflect: (place, size) => {
    const period = Math.max(1, 2 * (size - 1));
    const folded = ((place % period) + period) % period;
    return Math.min(folded, period - folded);
  },
});

/** What added cells hold: pooling never reads its padding. @param {StartLine | null} start */
export const fillOf = (start) => (start !== null && !start.weight ? null : (start?.padding_value ?? 0));

/**
 * The place in memory of what is seen at a row and column, inside the picture or in its border; -1 for none.
 * @param {readonly number[]} shape  @param {string} mode
 * @returns {(channel: number, row: number, column: number) => number}
 */
export function seenIn([, height, width], mode) {
  const source = SOURCES[mode] ?? SOURCES.zeros;
  return (channel, row, column) => {
    const from = isOnLine(row, height) ? row : source(row, height);
    const across = isOnLine(column, width) ? column : source(column, width);
    return from < 0 || across < 0 ? -1 : (channel * height + from) * width + across;
  };
}

/**
 * @param {readonly number[]} shape  @param {Values} data  @param {string} mode  @param {number | null} fill
 * @returns {(channel: number, row: number, column: number) => number | null}
 */
export function borderOf(shape, data, mode, fill) {
  if (mode === "zeros" || !SOURCES[mode]) return () => fill;
  const placeOf = seenIn(shape, mode);
  return (channel, row, column) => data[placeOf(channel, row, column)];
}

/** @param {number} place  @param {number} size */
const isOnLine = (place, size) => place >= 0 && place < size;
