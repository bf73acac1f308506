/** The chain of layers: as a strip of maps, and as a table to copy. */
import { copyButton } from "../page/copying.js";
import { make } from "../page/elements.js";
import { shapeText, thousands } from "../words/figures.js";
import { inLanguage, sayIn } from "../words/language.js";
import { TensorBoxes } from "./chain/boxes.js";
import { LinkTable } from "./chain/link-table.js";
import { ChainStrip } from "./chain/strip.js";

/** Columns that hold numbers. */
const NUMERIC_FROM = 2;

export class NetworkView {
  /** @param {ViewEvents} events */
  constructor(events) {
    this.strip = new ChainStrip(events);
    this.links = new LinkTable(events);
    this.boxes = new TensorBoxes();
    this.note = make("p", { class: "quiet field-note" });
    this.table = make("div", { class: "table-scroll", tabindex: "0" });
    this.tools = make("div", { class: "table-tools" });
    this.root = make("div", {}, this.strip.root, this.links.root, this.note, this.boxes.root, this.table, this.tools);
  }

  /** @param {ViewScene} scene */
  adopt(scene) {
    const { opening, language } = scene;
    const _ = sayIn(language);
    this.strip.adopt(scene);
    this.links.adopt(scene);
    this.boxes.adopt(scene);
    this.note.textContent = _("Framed: what the cell of this step, or the one you point at, sees of each map.");
    const rows = tableRows(opening, language);
    this.table.replaceChildren(drawnTable(rows, opening.layer, _));
    this.table.setAttribute("aria-label", _("Table of layers"));
    this.tools.replaceChildren(
      copyButton(_("Copy as Markdown"), () => markdown(rows), this.table, _),
      copyButton(_("Copy as CSV"), () => csv(rows), this.table, _),
    );
  }

  /** @param {Step} step */
  show(step) {
    this.strip.show(step);
    this.links.show(step);
    this.boxes.show(step);
  }

  close() {
    this.strip.close();
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
