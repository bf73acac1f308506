/** A sliding layer as a matrix with many empty places, times the input as a vector. */
import { make } from "../../page/elements.js";
import { cellAtPlace } from "../../words/cells.js";
import { figure } from "../../words/figures.js";
import { TAP_COLOURS } from "./graph.js";
import { Links } from "./links.js";

/** @typedef {import("./graph.js").Node2} Node2 */

/**
 * @param {{ links: Links, near: import("./near.js").Near, outputs: Node2[], inputs: Node2[],
 *           _: import("../../words/language.js").Say }} parts
 * @returns {HTMLElement}
 */
export function sparseTable({ links, near, outputs, inputs, _ }) {
  const rows = outputs.map((output) => sparseRow(links, near, output));
  const head = make(
    "tr",
    {},
    make("td", { class: "corner" }),
    ...inputs.map(({ name }) => make("th", { scope: "col" }, name)),
    make("th", { scope: "col" }, "y"),
  );
  const input = make(
    "tr",
    { class: "vector" },
    make("th", { scope: "row" }, "x"),
    ...inputs.map(({ place, value }) => make("td", { "data-in": String(place) }, figure(value))),
    make("td", {}),
  );
  const caption = make("caption", {}, _("The same as a matrix times the input"));
  return make(
    "div",
    {
      class: near.whole ? "table-scroll" : "table-scroll wide",
      tabindex: "0",
      role: "region",
      "aria-label": _("The same as a matrix times the input"),
    },
    make(
      "table",
      { class: "sparse", translate: "no" },
      caption,
      make("thead", {}, head),
      make("tbody", {}, input, ...rows),
    ),
  );
}

/** @param {Links} links  @param {import("./near.js").Near} near  @param {Node2} output */
function sparseRow(links, near, { place: step, name, value }) {
  const at = cellAtPlace(step, links.output);
  /** @type {Map<number, number[]>} */
  const taps = new Map();
  for (const { tap, place } of links.of(at)) taps.set(place, [...(taps.get(place) ?? []), tap]);
  return make(
    "tr",
    { "data-out": String(step) },
    make("th", { scope: "row" }, name),
    ...near.inputs.map((place) => {
      const [tap] = taps.get(place) ?? [];
      if (tap === undefined) return make("td", { class: "absent" });
      const data = { "data-in": String(place), "data-out": String(step), "data-tap": String(tap) };
      return make("td", { class: `tap-${tap % TAP_COLOURS}`, ...data }, figure(links.weightOf(at[0], tap)));
    }),
    make("td", { class: "made" }, value === null ? "" : figure(value)),
  );
}
