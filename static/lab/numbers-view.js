/** The step as tables of numbers: window, kernel, products, and what becomes of them. */
import { make } from "../page/elements.js";
import { _, LANG } from "../page/words.js";
import { fillTable, showLines, tableOf, write } from "../views/tokens.js";
import { figure } from "../words/figures.js";
import { directionOf, written } from "../words/formula.js";
import { spokenIn, toldIn } from "../words/language.js";
import { wordsOf } from "../words/strings.js";

/** @typedef {import("../views/tokens.js").NumberTable} NumberTable */
/** @typedef {{ caption: string, value: Value | undefined }} Total */
/** @typedef {{ tables: NumberTable[], signs?: string[], total?: Total }} Equation */

/** Between tables, in order. */
const MULTIPLIED = ["×", "="];
const MOVED = ["→"];

/** Of more channels only so many are written out. */
const MOST_CHANNELS = 8;
const MOST_IN_A_ROW = 64;

const WORDS = wordsOf(LANG);

export class NumbersView {
  place = make("p", { class: "place" }, make("b", {}), make("span", {}));
  channels = make("div", { class: "channels" });
  written = make("div", { class: "written" });
  root = make("div", {}, this.place, this.channels, this.written);
  #form = "";
  /** @type {StartLine | null} */
  #start = null;
  /** @type {ToldRule | null} */
  #rule = null;
  #names = { window: _("window"), kernel: _("kernel") };

  /** @param {ViewScene} scene */
  adopt({ opening }) {
    this.#start = opening.start;
    this.#rule = toldIn(opening.rule ?? null, spokenIn(LANG));
    this.#names = { window: _("window"), kernel: _("kernel"), ...toldIn(opening.names ?? {}, spokenIn(LANG)) };
    this.#form = "";
    this.channels.replaceChildren();
  }

  /** @param {Step} step */
  show(step) {
    const start = this.#start;
    if (!start) return;
    const several = start.output_shape[0] > 1 || start.input_shape[0] > 1;
    write(this.place.children[0], WORDS.counter(step.index + 1, start.steps));
    write(this.place.children[1], ` · ${WORDS.place(step.at, several)}`);
    this.#showEquations(equationsOf(start, step, this.#names), (step.window?.length ?? 0) - MOST_CHANNELS);
    const { lines } = written({ start, rule: this.#rule, words: WORDS, lang: LANG }, step);
    showLines(this.written, [...lines, ...directionOf(WORDS, step)]);
  }

  /** @param {Equation[]} equations  @param {number} more  channels that are not shown */
  #showEquations(equations, more) {
    const form = equations
      .map(({ tables }) => tables.map(({ rows }) => `${rows.length}x${rows[0]?.length}`).join())
      .join(";");
    if (form !== this.#form) {
      this.#form = form;
      this.channels.replaceChildren(
        ...equations.map(built),
        ...(equations.length === MOST_CHANNELS && more > 0
          ? [make("p", { class: "quiet" }, WORDS.moreChannels(more))]
          : []),
      );
    }
    for (const [place, { tables, total }] of equations.entries()) {
      const root = this.channels.children[place];
      for (const [at, table] of [...root.querySelectorAll("table")].entries()) fillTable(table, tables[at]);
      const sum = root.querySelector(".total b");
      if (sum && total) write(sum, figure(total.value));
    }
  }
}

/** @param {Equation} equation */
function built({ tables, signs = MULTIPLIED, total }) {
  const parts = tables.flatMap((table, place) => [...(place ? [sign(signs[place - 1])] : []), tableOf(table)]);
  return make(
    "div",
    { class: "equation" },
    ...parts,
    ...(total ? [sign("→"), make("span", { class: "total" }, make("small", {}, total.caption), make("b", {}))] : []),
  );
}

/** @param {string} text */
const sign = (text) => make("span", { class: "sign", "aria-hidden": "true" }, text);

/** @typedef {{ window: string, kernel: string, [name: string]: string }} Names */

/** @param {StartLine} start  @param {Step} step  @param {Names} names  @returns {Equation[]} */
function equationsOf(start, step, names) {
  if (step.angle !== undefined) return gradientTables(start, step, names);
  if (step.sums && step.window) return productTables(start, step, names);
  if (step.window)
    return [
      {
        tables: [
          {
            caption: names.window,
            role: "input",
            rows: poolRows(step),
            marked: (row, column) => winner(step, row, column),
          },
        ],
      },
    ];
  if (start.kind === "rearrange") return [movedTables(start, step)];
  if (start.kind !== "scatter" || !step.products) return [];
  return planes(step.products)
    .slice(0, MOST_CHANNELS)
    .map((rows) => ({ tables: [{ caption: _("stamp"), role: "output", rows }] }));
}

/** A window that becomes a column, or one cell and where it goes. @param {StartLine} start  @param {Step} step
 * @returns {Equation} */
function movedTables({ kernel_size: [, wide] = [1, 1], input_shape }, { output = null, from, at }) {
  if (Array.isArray(output)) {
    const rows = Array.from({ length: output.length / wide }, (_row, row) =>
      output.slice(row * wide, (row + 1) * wide),
    );
    const column = { caption: WORDS.column, role: "output", rows: output.map((value) => [value]) };
    return { signs: MOVED, tables: [{ caption: WORDS.window, role: "input", rows }, column] };
  }
  const place = /** @type {Shape} */ (from ?? at);
  const inside = place.every((index, axis) => index >= 0 && index < input_shape[axis]);
  const source = inside
    ? { caption: `[${place.join(", ")}]`, rows: [[output]] }
    : { caption: WORDS.padding, rows: [[null]] };
  return {
    signs: MOVED,
    tables: [
      { role: "input", ...source },
      { caption: `[${at.join(", ")}]`, role: "output", rows: [[output]] },
    ],
  };
}

/** @param {StartLine} start  @param {Step} step  @param {Names} names  @returns {Equation[]} */
function productTables(start, step, names) {
  const weight = /** @type {number[][][][]} */ (start.weight)[step.at[0]] ?? [];
  const channels = planes(/** @type {any[]} */ (step.window)),
    products = planes(/** @type {any[]} */ (step.products));
  if (channels.length > 1 && channels[0].flat().length === 1)
    return [rowOfProducts(channels, weight, products, step, names)];
  return channels.slice(0, MOST_CHANNELS).map((window, channel) => ({
    tables: equation(window, weight[channel] ?? weight[0], products[channel], names, names.kernel),
    total: {
      caption: channels.length > 1 ? _("channel {number}", { number: channel + 1 }) : _("sum"),
      value: step.sums?.[channel],
    },
  }));
}

/**
 * Channels of one cell each, side by side. @param {any[]} channels  @param {any[]} weight  @param {any[]} products
 * @param {Step} step  @param {Names} names  @returns {Equation}
 */
function rowOfProducts(channels, weight, products, step, names) {
  const [window, kernel, product] = [channels, weight, products].map((planes) => [
    planes.flat(2).slice(0, MOST_IN_A_ROW),
  ]);
  const value = /** @type {number[]} */ (step.sums ?? []).reduce((sum, part) => sum + part, 0);
  return { tables: equation(window, kernel, product, names, names.kernel), total: { caption: _("sum"), value } };
}

/** @param {StartLine} start  @param {Step} step  @param {Names} names  @returns {Equation[]} */
function gradientTables(start, step, names) {
  const weight = /** @type {any[]} */ (start.weight),
    window = planes(/** @type {any[]} */ (step.window))[0];
  return ["x", "y"].map((axis, place) => ({
    tables: equation(
      window,
      weight[place],
      /** @type {any[]} */ (step.products)[place],
      names,
      `${names.kernel} ${axis}`,
    ),
    total: { caption: _("sum {axis}", { axis }), value: step.sums?.[place] },
  }));
}

/**
 * @param {any} window  @param {any} kernel  @param {any} products  @param {Names} names  @param {string} name
 * @returns {NumberTable[]}
 */
function equation(window, kernel, products, names, name) {
  return [
    { caption: names.window, role: "input", rows: window },
    { caption: name, role: "kernel", rows: kernel },
    { caption: _("products"), role: "plain", rows: products },
  ];
}

/** Channels of a window of one cell stand below each other. @param {Step} step */
function poolRows({ window = [] }) {
  const all = planes(window);
  return all.length > 1 ? all.map((rows) => rows.flat()) : all[0];
}

/** @param {any[]} nested  @returns {any[][][]} */
const planes = (nested) => (Array.isArray(nested[0]?.[0]) ? nested : [nested]);

/** @param {Step} step  @param {number} row  @param {number} column */
function winner({ argmax, channel }, row, column) {
  return argmax ? argmax[0] === row && argmax[1] === column : channel !== undefined && row === channel;
}
