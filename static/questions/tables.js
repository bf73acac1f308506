/** What a question lays on the table: planes of numbers as tables, with the window in the input and the asked cell. */

import { make } from "../page/elements.js";
import { figure } from "../words/figures.js";
import { holesOf } from "./holes.js";

/** @typedef {import("./words.js").Vocabulary} Vocabulary */
/** @typedef {(number | null)[][]} Plane */
/** @typedef {{ name: "input" | "window" | "kernel" | "products" | "map", planes: Plane[], cell: CellLook }} Table */
/** @typedef {(row: number, column: number) => { className: string, empty: string }} CellLook */

/** What a step does, in its order. */
const SUM = /** @type {const} */ (["window", "kernel", "products"]);

/** Cells that a field for the answer takes. */
const ANSWER = 3;

/** Signs between the tables of a sum of products. @type {Record<string, string>} */
const BEFORE = { kernel: "⊙", products: "=" };

/**
 * @param {Shown} shown  @param {Vocabulary} words  @param {boolean} answered
 * @param {string} picture  address of an input that is too large for a table
 * @param {string} [came]  the number that came out
 */
export function tablesOf(shown, words, answered, picture, came) {
  const looks = looksOf(shown, words, answered);
  const holes = shown.holes ?? {};
  const nodeOf = (/** @type {Table["name"]} */ name) => {
    if (holes[name]) return holesOf(/** @type {"window" | "products"} */ (name), holes[name], words);
    return tableOf({ name, planes: /** @type {Plane[]} */ (shown[name]), cell: looks[name] }, words);
  };
  const parts = SUM.filter((name) => shown[name] || holes[name]);
  const row = parts.flatMap((name, place) => (place ? [signOf(BEFORE[name]), nodeOf(name)] : [nodeOf(name)]));
  const result = came === undefined ? [] : [signOf(signBefore(shown)), make("strong", { class: "came" }, came)];
  const sum = make("div", { class: "sum" }, ...row, ...endsOf(shown), ...result);
  const pictured = shown.input ? [nodeOf("input")] : shown.window ? [pictureOf(shown, words, picture)] : [];
  const tables = make("div", { class: "tables" }, ...pictured, sum, ...(shown.map ? [nodeOf("map")] : []));
  tables.style.setProperty("--across", `${widthOf(shown, parts)}`);
  tables.style.setProperty("--down", `${heightOf(shown, parts)}`);
  return tables;
}

/** The sign before what came out of a window: a sum, or whatever else. @param {Shown} shown */
export const signBefore = ({ kernel }) => (kernel ? "Σ =" : "=");

/** Shape of a grid: planes, rows, columns. @param {Shown} shown  @param {Table["name"]} name  @returns {number[]} */
function sizeOf(shown, name) {
  const planes = shown[name];
  if (planes) return [planes.length, planes[0]?.length ?? 0, planes[0]?.[0]?.length ?? 0];
  return shown.holes?.[name] ?? [0, 0, 0];
}

/** Cells across: of the arithmetic, or of input and output beside each other.
 * @param {Shown} shown  @param {readonly Table["name"][]} parts */
function widthOf(shown, parts) {
  const [planes, , columns] = sizeOf(shown, "input");
  const pictures = planes * columns + sizeOf(shown, "map")[2];
  return Math.max(pictures, ANSWER + parts.reduce((sum, name) => sum + sizeOf(shown, name)[2], 0));
}

/** Cells down: the higher picture over the arithmetic. @param {Shown} shown  @param {readonly Table["name"][]} parts */
function heightOf(shown, parts) {
  const pictures = Math.max(sizeOf(shown, "input")[1], sizeOf(shown, "map")[1], shown.input ? 0 : 4);
  return pictures + Math.max(1, ...parts.map((name) => sizeOf(shown, name)[0] * sizeOf(shown, name)[1]));
}

/**
 * A large input as a picture, with the window on it.
 * @param {Shown} shown  @param {Vocabulary} words  @param {string} address
 */
function pictureOf({ input_shape: [, rows, columns], corner, window: cells, settings }, words, address) {
  const sheet = make("div", { class: "picture" }, make("img", { src: address, alt: "" }));
  const plane = cells?.[0] ?? [];
  if (corner) {
    const [down, across] = dilationOf(settings.dilation);
    const frame = make("i", { "aria-hidden": "true" });
    const share = (/** @type {number} */ part, /** @type {number} */ whole) => `${(100 * part) / whole}%`;
    frame.style.top = share(corner[0], rows);
    frame.style.left = share(corner[1], columns);
    frame.style.height = share((plane.length - 1) * down + 1, rows);
    frame.style.width = share(((plane[0]?.length ?? 1) - 1) * across + 1, columns);
    sheet.append(frame);
  }
  return make("figure", { class: "input" }, make("figcaption", {}, words.input), sheet);
}

/** @param {string} sign */
const signOf = (sign) => make("span", { class: "sign", "aria-hidden": "true" }, sign);

/** What else belongs to the sum. @param {Shown} shown */
function endsOf({ divisor, bias, kernel }) {
  const ends = [
    divisor === undefined || divisor === null ? "" : `÷ ${figure(divisor)}`,
    bias && kernel ? `+ ${figure(bias)}` : "",
  ];
  const text = ends.filter(Boolean).join(" ");
  return text ? [make("span", { class: "sign kernel" }, text)] : [];
}

/**
 * How cells of each table look.
 * @param {Shown} shown  @param {Vocabulary} words  @param {boolean} answered  @returns {Record<string, CellLook>}
 */
function looksOf({ at, winner, ...shown }, words, answered) {
  const plain = () => ({ className: "", empty: words.padding });
  const won = (/** @type {number} */ row, /** @type {number} */ column) => ({
    className: winner && winner[0] === row && winner[1] === column ? "won" : "",
    empty: words.padding,
  });
  return {
    input: underWindow(shown, words),
    window: won,
    kernel: plain,
    products: plain,
    map: (row, column) => {
      const asked = at && at[0] === row && at[1] === column;
      return { className: asked ? (answered ? "told" : "asked") : "", empty: asked ? words.hidden : words.pending };
    },
  };
}

/** @param {Shown} shown  @param {Vocabulary} words  @returns {CellLook} */
function underWindow({ corner, window: cells, settings }, words) {
  const apart = dilationOf(settings.dilation);
  const touched = (/** @type {number} */ place, /** @type {number} */ axis, /** @type {number} */ size) => {
    const from = place - (corner?.[axis] ?? 0);
    return from >= 0 && from % apart[axis] === 0 && from / apart[axis] < size;
  };
  return (row, column) => {
    const plane = cells?.[0] ?? [];
    const under = Boolean(corner && touched(row, 0, plane.length) && touched(column, 1, plane[0]?.length ?? 0));
    return { className: under ? "under" : "", empty: words.padding };
  };
}

/** @param {unknown} dilation  @returns {number[]} */
function dilationOf(dilation) {
  if (Array.isArray(dilation)) return dilation;
  return typeof dilation === "number" ? [dilation, dilation] : [1, 1];
}

/** @param {Table} table  @param {Vocabulary} words */
function tableOf({ name, planes, cell }, words) {
  const tables = planes.map((plane, place) =>
    gridOf(plane, cell, planes.length > 1 ? `${words[name]}, ${words.channel(place + 1)}` : words[name]),
  );
  return make(
    "figure",
    { class: name },
    make("figcaption", {}, words[name]),
    make("div", { class: "planes" }, ...tables),
  );
}

/** @param {Plane} plane  @param {CellLook} look  @param {string} label */
export function gridOf(plane, look, label) {
  const rows = plane.map((cells, row) =>
    make(
      "tr",
      {},
      ...cells.map((value, column) => {
        const { className, empty } = look(row, column);
        if (value !== null) return make("td", { class: className }, figure(value));
        const sign = className === "asked" ? "?" : "";
        return make("td", { class: `empty ${className}` }, make("span", { "aria-hidden": "true" }, sign), quiet(empty));
      }),
    ),
  );
  return make("table", { "aria-label": label }, make("tbody", {}, ...rows));
}

/** For a screen reader alone. @param {string} text */
const quiet = (text) => make("span", { class: "unseen" }, text);
