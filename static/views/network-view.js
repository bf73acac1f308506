/** The chain of layers: as pictures with the receptive field of the walked cell, and as a table to copy. */
import { copyButton } from "../page/copying.js";
import { make } from "../page/elements.js";
import { countOf, placeOfCell } from "../words/cells.js";
import { shapeText, thousands } from "../words/figures.js";
import { inLanguage, sayIn } from "../words/language.js";
import { mapsOf } from "./chain.js";
import { askFields, boxOf } from "./field.js";

/** Columns that hold numbers. */
const NUMERIC_FROM = 2;

export class NetworkView {
  chain = make("ol", { class: "network-chain", tabindex: "0" });
  note = make("p", { class: "quiet field-note" });
  table = make("div", { class: "table-scroll", tabindex: "0" });
  tools = make("div", { class: "table-tools" });
  root = make("div", {}, this.chain, this.note, this.table, this.tools);
  /** @type {import("./chain.js").ChainMap[]} */
  #maps = [];
  /** @type {any[]} */
  #fields = [];
  /** @type {Step | null} */
  #step = null;
  #asked = new AbortController();

  /** @param {ViewEvents} events */
  constructor(events) {
    this.events = events;
  }

  /** @param {ViewScene} scene */
  adopt(scene) {
    const { opening, language } = scene;
    const _ = sayIn(language);
    this.#maps = mapsOf(scene, (layer) => this.events.layer(layer));
    this.chain.replaceChildren(...this.#maps.map(({ root }) => root));
    this.chain.setAttribute("aria-label", _("Layers, and what the walked cell sees of each map"));
    this.note.textContent = _("Framed: the part of each map that the cell of this step sees, rows × columns.");
    const rows = tableRows(opening, language);
    this.table.replaceChildren(drawnTable(rows, opening.layer, _));
    this.table.setAttribute("aria-label", _("Table of layers"));
    this.tools.replaceChildren(
      copyButton(_("Copy as Markdown"), () => markdown(rows), this.table, _),
      copyButton(_("Copy as CSV"), () => csv(rows), this.table, _),
    );
    this.#follow(this.#maps[opening.layer + 1], opening);
    this.#ask(scene);
  }

  /** The walked map is pointed at: its cells are its steps. @param {import("./chain.js").ChainMap} map
   * @param {Opening} opening */
  #follow(map, { start: { steps, output_shape: shape } }) {
    if (steps !== countOf(shape)) return;
    const stepAt = (/** @type {PointerEvent | MouseEvent} */ event) => {
      const cell = map.cellAt(event);
      return cell ? placeOfCell([this.#step?.at[0] ?? 0, ...cell], shape) : null;
    };
    map.map.addEventListener("pointermove", (event) => this.events.look(stepAt(event)));
    map.map.addEventListener("pointerleave", () => this.events.look(null));
    map.map.addEventListener("click", (event) => {
      const step = stepAt(event);
      event.stopPropagation();
      if (step !== null) this.events.seek(step);
    });
  }

  /** @param {ViewScene} scene */
  async #ask({ server, opening }) {
    this.#asked.abort();
    const asked = new AbortController();
    this.#asked = asked;
    this.#fields = [];
    const fields = await askFields(server, opening, asked.signal).catch(() => []);
    if (asked.signal.aborted) return;
    this.#fields = fields;
    if (this.#step) this.show(this.#step);
  }

  /** @param {Step} step */
  show(step) {
    this.#step = step;
    const walked = this.#fields.length;
    const [, row, column] = step.at;
    for (const [place, map] of this.#maps.entries()) {
      const field = this.#fields[walked - 1 - place];
      if (place === walked && walked) map.show({ top: row, bottom: row, left: column, right: column });
      else map.show(field ? boxOf(field, step.at) : null);
    }
  }

  close() {
    this.#asked.abort();
  }
}

/** @param {Opening} opening  @param {string} language  @returns {string[][]} headings, layers, sums */
function tableRows({ layers }, language) {
  const _ = sayIn(language);
  const sum = (/** @type {"parameters" | "multiply_adds"} */ name) =>
    String(layers.reduce((all, layer) => all + layer[name], 0));
  const pair = (/** @type {readonly number[] | null | undefined} */ sides) => (sides ? shapeText(sides) : "");
  return [
    [_("Layer"), _("Output"), _("Kernel"), _("Stride"), _("Parameters"), _("Multiply-adds"), _("Receptive field")],
    ...layers.map((layer) => [
      inLanguage(layer.title, language) || layer.operation,
      shapeText(layer.output_shape),
      pair(layer.kernel_size),
      pair(layer.stride),
      String(layer.parameters),
      String(layer.multiply_adds),
      shapeText(layer.receptive_field),
    ]),
    [_("Together"), "", "", "", sum("parameters"), sum("multiply_adds"), ""],
  ];
}

/** @param {string[][]} rows  @param {number} walked  @param {import("../words/language.js").Say} _ */
function drawnTable(rows, walked, _) {
  const [headings, ...layers] = rows;
  const cell = (/** @type {string} */ text, /** @type {number} */ column) =>
    make(
      "td",
      { class: column < NUMERIC_FROM ? "role-output" : "number" },
      /^\d+$/.test(text) ? thousands(Number(text)) : text,
    );
  return make(
    "table",
    { class: "shapes-table" },
    make("caption", { class: "hidden" }, _("Shapes are channels × rows × columns")),
    make(
      "thead",
      {},
      make(
        "tr",
        {},
        ...headings.map((heading, column) =>
          make("th", { scope: "col", class: column < NUMERIC_FROM ? false : "number" }, heading),
        ),
      ),
    ),
    make(
      "tbody",
      {},
      ...layers.map(([name, ...cells], place) =>
        make(
          "tr",
          { "aria-current": place === walked ? "true" : false, class: place === layers.length - 1 ? "sum" : false },
          make("th", { scope: "row" }, name),
          ...cells.map((text, column) => cell(text, column + 1)),
        ),
      ),
    ),
  );
}

/** @param {string[][]} rows */
function markdown(rows) {
  const line = (/** @type {string[]} */ cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  const ruled = rows[0].map((_heading, column) => (column < NUMERIC_FROM ? "---" : "---:"));
  return [line(rows[0]), line(ruled), ...rows.slice(1).map(line), ""].join("\n");
}

/** @param {string[][]} rows */
function csv(rows) {
  const quoted = (/** @type {string} */ cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return rows.map((cells) => `${cells.map(quoted).join(",")}\n`).join("");
}
