/** The tables of im2col: windows, kernels, and what comes of them; as rows or, turned, as columns. */
import { make } from "../../page/elements.js";
import { cellAtPlace } from "../../words/cells.js";
import { figure } from "../../words/figures.js";

/** @typedef {import("./links.js").Links} Links */
/** @typedef {{ text: string, attributes: Record<string, string | boolean> }} MatrixCell */

const MOST_COLUMNS = 12;
const MOST_KERNELS = 6;

/**
 * @param {{ links: Links, rows: number[], all: number, channel: number, output: Values, title: string,
 *           upright: boolean, bias: number[] | null, _: import("../../words/language.js").Say }} told
 *   rows: places of windows in a map
 * @returns {Node[]}
 */
export function drawMatrices(told) {
  const { links, rows, all, upright, bias, title, _ } = told;
  const columns = Math.min(links.taps, MOST_COLUMNS);
  const rest = { more: links.taps > columns, above: rows[0] > 0, below: rows[rows.length - 1] < all - 1 };
  const windows = matrixTable(_("windows"), windowCells(told, columns), upright, rest, "windows");
  const results = matrixTable(_("map"), resultCells(told), upright, { ...rest, more: false }, "results");
  if (!links.weight) return [windows, operatorSign(`${title} →`), results];
  const kernels = matrixTable(_("kernels"), weightCells(told, columns), upright, { below: rest.more }, "kernels");
  const added = bias?.some((value) => value !== 0) ? [operatorSign("+ b")] : [];
  return upright
    ? [kernels, operatorSign("×"), windows, ...added, operatorSign("="), results]
    : [windows, operatorSign("×"), kernels, ...added, operatorSign("="), results];
}

/** @param {string} text */
const operatorSign = (text) => make("span", { class: "sign" }, text);

/** @param {Parameters<typeof drawMatrices>[0]} told  @param {number} columns  @returns {MatrixCell[][]} */
function windowCells({ links, rows, channel }, columns) {
  return rows.map((place) => {
    const at = outputAt(links, channel, place);
    const data = { "data-window": String(place), "data-step": String(links.stepOf(at)) };
    return links
      .of(at)
      .slice(0, columns)
      .map((link) => ({
        text: figure(links.valueOf(link)),
        attributes: { ...data, "data-place": String(link.place), class: link.place < 0 ? "padding" : "cell" },
      }));
  });
}

/** @param {Parameters<typeof drawMatrices>[0]} told  @param {number} columns  @returns {MatrixCell[][]} */
function weightCells({ links, channel }, columns) {
  const kernels = kernelsBeside(links, channel);
  return Array.from({ length: columns }, (_none, tap) =>
    kernels.map((kernel) => ({
      text: figure(links.weightOf(kernel, tap)),
      attributes: { class: "weight", "data-kernel": String(kernel) },
    })),
  );
}

/** Cells are filled as the walk comes to them. @param {Parameters<typeof drawMatrices>[0]} told
 * @returns {MatrixCell[][]} */
function resultCells({ links, rows, channel }) {
  const kernels = links.weight ? kernelsBeside(links, channel) : [channel];
  return rows.map((place) =>
    kernels.map((kernel) => ({
      text: "",
      attributes: {
        class: "made",
        tabindex: "0",
        "data-window": String(place),
        "data-kernel": String(kernel),
        "data-step": String(links.stepOf(outputAt(links, kernel, place))),
      },
    })),
  );
}

/** Kernels of the same group, the walked one among them. @param {Links} links  @param {number} channel */
function kernelsBeside(links, channel) {
  const share = links.output[0] / links.groups;
  const first = channel - (channel % share);
  const from = Math.max(first, Math.min(channel - (channel % MOST_KERNELS), first + share - MOST_KERNELS));
  return Array.from({ length: Math.min(share, MOST_KERNELS) }, (_none, offset) => from + offset);
}

/** @param {Links} links  @param {number} channel  @param {number} place  in the map */
function outputAt(links, channel, place) {
  const [, row, column] = cellAtPlace(place, links.output);
  return [channel, row, column];
}

/**
 * @param {string} name  @param {MatrixCell[][]} rows  @param {boolean} upright
 * @param {{ more?: boolean, above?: boolean, below?: boolean }} rest  what is left out  @param {string} kind
 */
function matrixTable(name, rows, upright, { more, above, below }, kind) {
  const dots = { text: "…", attributes: { class: "dots" } };
  const wide = rows.map((row) => (more ? [...row, dots] : row));
  const line = (wide[0] ?? []).map(() => dots);
  const whole = [...(above ? [line] : []), ...wide, ...(below ? [line] : [])];
  const laid = upright ? (whole[0] ?? []).map((_none, column) => whole.map((row) => row[column])) : whole;
  const body = laid.map((row) => make("tr", {}, ...row.map(({ text, attributes }) => make("td", attributes, text))));
  return make("table", { class: `matrix ${kind}` }, make("caption", {}, name), make("tbody", {}, ...body));
}
