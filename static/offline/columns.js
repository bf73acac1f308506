/** Steps that travel as columns, one for each place in a step, as rows again. */

/**
 * @typedef {{ same: any }} Same  @typedef {{ raw: any[] }} Raw  @typedef {{ from: number, by: number }} Even
 * @typedef {{ each: Record<string, Column> }} Each  @typedef {{ list: Column[] }} Parts
 * @typedef {Same | Raw | Even | Each | Parts} Column
 */

/** @param {Column} column  @param {number} count  of its rows  @returns {any[]} */
export function rowsOf(column, count) {
  if ("raw" in column) return column.raw;
  if ("from" in column) return Array.from({ length: count }, (_row, place) => column.from + place * column.by);
  if ("each" in column) {
    const columns = Object.entries(column.each).map(([name, part]) => ({ name, rows: rowsOf(part, count) }));
    return Array.from({ length: count }, (_row, place) =>
      Object.fromEntries(columns.map(({ name, rows }) => [name, rows[place]])),
    );
  }
  if ("list" in column) {
    const parts = column.list.map((part) => rowsOf(part, count));
    return Array.from({ length: count }, (_row, place) => parts.map((rows) => rows[place]));
  }
  return Array(count).fill(column.same);
}
