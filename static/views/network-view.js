/** What the layers do to shapes: sizes, parameters, work, receptive field, and the formula with its numbers put in. */
import { make } from "../page/elements.js";
import { shapeText, thousands } from "../words/figures.js";
import { inLanguage, sayIn } from "../words/language.js";

export class NetworkView {
  table = make("div", { class: "table-scroll" });
  formula = make("div", { class: "size-formula" });
  warnings = make("ul", { class: "warnings" });
  root = make("div", {}, this.formula, this.warnings, this.table);

  /** @param {ViewScene} scene */
  adopt({ opening, language }) {
    const _ = sayIn(language);
    const headings = [_("Layer"), _("Input"), _("Output"), _("Parameters"), _("Multiply-adds"), _("Receptive field")];
    this.table.replaceChildren(
      make(
        "table",
        { class: "shapes-table" },
        make("caption", { class: "hidden" }, _("Shapes are channels × rows × columns")),
        make(
          "thead",
          {},
          make(
            "tr",
            {},
            ...headings.map((heading, place) =>
              make("th", { scope: "col", class: place > 2 ? "number" : false }, heading),
            ),
          ),
        ),
        make(
          "tbody",
          {},
          ...opening.layers.map((layer, place) => layerRow(layer, place === opening.layer, language)),
          total(opening.layers, _),
        ),
      ),
    );
    const { formula } = /** @type {any} */ (opening.layers[opening.layer]);
    this.formula.hidden = !formula;
    if (formula) this.formula.replaceChildren(sizeLine(_("rows"), formula.rows), sizeLine(_("columns"), formula.cols));
    this.warnings.replaceChildren(...opening.warnings.map((warning) => make("li", {}, inLanguage(warning, language))));
  }

  show() {}
}

/** @param {any} layer  @param {boolean} walked  @param {string} language */
function layerRow(layer, walked, language) {
  return make(
    "tr",
    { "aria-current": walked ? "true" : false },
    make("th", { scope: "row" }, inLanguage(layer.title, language) || layer.operation),
    make("td", { class: "role-input" }, shapeText(layer.input_shape)),
    make("td", { class: "role-output" }, shapeText(layer.output_shape)),
    ...[thousands(layer.parameters), thousands(layer.multiply_adds), shapeText(layer.receptive_field)].map((text) =>
      make("td", { class: "number" }, text),
    ),
  );
}

/** @param {any[]} layers  @param {import("../words/language.js").Say} _ */
function total(layers, _) {
  const sum = (/** @type {string} */ name) => thousands(layers.reduce((all, layer) => all + layer[name], 0));
  return make(
    "tr",
    { class: "sum" },
    make("th", { scope: "row" }, _("Together")),
    make("td", {}),
    make("td", {}),
    make("td", { class: "number" }, sum("parameters")),
    make("td", { class: "number" }, sum("multiply_adds")),
    make("td", {}),
  );
}

/** @param {string} name  @param {string} text */
function sizeLine(name, text) {
  return make(
    "p",
    {},
    make("span", { class: "quiet" }, name),
    " ",
    make("code", { translate: "no" }, text.replaceAll("*", "·").replaceAll("-", "−")),
  );
}
