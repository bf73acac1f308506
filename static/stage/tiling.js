/** How several planes stand in a room: the tiling with the largest cells. */

/** Room around the planes for thick frames and ruler ticks. */
export const MARGIN = 9;

/** Cells are whole device pixels unless the picture would shrink below this share of its room. */
const WASTE = 0.9;

/** The largest cell, in CSS pixels. */
const LARGEST = 160;

/**
 * @param {{ rows: number, columns: number }} plane  in cells, border included
 * @param {{ width: number, height: number }} room  @param {number} count  @param {number} names  height of their names
 * @param {number} ratio  device pixels a CSS pixel
 */
export function tiling({ rows, columns }, room, count, names, ratio) {
  let best = { across: 1, cell: 0 };
  for (let across = 1; across <= count; across += 1) {
    const down = Math.ceil(count / across);
    const wide = (room.width - (across + 1) * MARGIN) / (across * columns);
    const high = (room.height - (down + 1) * MARGIN - down * names) / (down * rows);
    const cell = rows === 1 ? wide : Math.min(wide, high);
    if (cell > best.cell) best = { across, cell };
  }
  const whole = Math.floor(best.cell * ratio) / ratio;
  const fitted = Math.floor(best.cell * columns * ratio) / (columns * ratio);
  return { across: best.across, cell: Math.min(LARGEST, whole > best.cell * WASTE ? whole : Math.max(fitted, 0.05)) };
}
