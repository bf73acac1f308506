/** What lies around a picture: which of its cells a border repeats, or the number that added cells hold. */

/** Which cell of a line a place outside it repeats; -1 for none. */
export const SOURCES = /** @type {Record<string, (place: number, size: number) => number>} */ ({
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
 * @param {readonly number[]} shape  @param {Values} data  @param {string} mode  @param {number | null} fill
 * @returns {(channel: number, row: number, column: number) => number | null}
 */
export function borderOf([, height, width], data, mode, fill) {
  const source = SOURCES[mode] ?? SOURCES.zeros;
  if (mode === "zeros" || !SOURCES[mode]) return () => fill;
  return (channel, row, column) => {
    const from = isOnLine(row, height) ? row : source(row, height);
    const across = isOnLine(column, width) ? column : source(column, width);
    return data[(channel * height + from) * width + across];
  };
}

/** @param {number} place  @param {number} size */
const isOnLine = (place, size) => place >= 0 && place < size;
