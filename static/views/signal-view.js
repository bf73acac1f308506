/** A signal as a curve, the kernel where it stands on it, and the area of their products: one point of the result. */
import { make } from "../page/elements.js";
import { figure } from "../words/figures.js";
import { sayIn } from "../words/language.js";
import { drawn } from "./relations/shapes.js";

/** Between two values of the signal, room at both ends. */
const TAP_APART = 40;
const PLOT_EDGE = 24;

/** Heights of both plots, and the room over and under their curves. @typedef {{ high: number, over: number }} Plot */
const SIGNAL_PLOT = { high: 60, over: 6 };
const RESULT_PLOT = { high: 72, over: 24 };
const PLOT_FOOT = 18;
/** Wider pictures set their values closer. */
const WIDEST_PLOT = 900;

export class SignalView {
  #above = drawn("svg", { class: "signal-plot", "aria-hidden": "true" });
  #below = drawn("svg", { class: "signal-plot", "aria-hidden": "true" });
  #caption = make("figcaption");
  root = make("div", {});
  /** @type {ViewScene | null} */
  #scene = null;
  /** Products that were seen, so that the scale stays. @type {{ value: number }[]} */
  #range = [];

  constructor() {
    this.root.append(make("figure", {}, this.#caption, this.#above, this.#below));
  }

  /** @param {ViewScene} scene */
  adopt(scene) {
    const _ = sayIn(scene.language);
    this.#scene = scene;
    this.#range = rangeEnds([...scene.opening.steps.flatMap(productsIn), 0].map((value) => ({ value })));
    const parts = [
      ["input", _("signal")],
      ["kernel", _("kernel where it stands")],
      ["output", _("products: their area is the point below")],
    ];
    this.#caption.replaceChildren(...parts.map(([role, name]) => make("span", { class: role }, name)));
  }

  /** @param {Step} step  @param {ViewManner} manner */
  show(step, { count }) {
    if (!this.#scene) return;
    const { opening, arrays } = this.#scene;
    const { start } = opening;
    const before = start.padding?.[1][0] ?? 0;
    const reach = (start.kernel_size?.[1] ?? 1) * (start.dilation?.[1] ?? 1);
    const first = -before;
    const last = Math.max(start.input_shape[2] + (start.padding?.[1][1] ?? 0), reach) - 1;
    const apart = Math.min(TAP_APART, (WIDEST_PLOT - 2 * PLOT_EDGE) / Math.max(1, last - first));
    const at = (/** @type {number} */ place) => PLOT_EDGE + (place - first) * apart;
    const wide = at(last) + PLOT_EDGE;
    const [filter] = step.at;
    const kernel = /** @type {number[]} */ (/** @type {any} */ (start.weight)[filter].flat(9));
    const spacing = start.dilation?.[1] ?? 1;
    const left = step.corner?.[1] ?? 0;
    const taps = kernel.map((value, tap) => ({ place: left + tap * spacing, value }));
    const signal = Array.from(arrays.input, (value, place) => ({ place, value }));
    const values = productsIn(step);
    const products = taps.map(({ place }, tap) => ({ place, value: values[tap] ?? 0 }));
    this.#range.push(...products);
    const up = plotLevels([...signal, ...taps, ...this.#range], SIGNAL_PLOT);
    this.#range = rangeEnds(this.#range);
    fillPlot(this.#above, wide, SIGNAL_PLOT, [
      ...products.map(({ place, value }) => areaBar(at(place), up(0), up(value), apart)),
      axisLine(wide, up(0)),
      ...plotCurve(signal, at, up, "input"),
      ...plotCurve(taps, at, up, "kernel"),
      ...products.map(({ place, value }) => plotText(at(place), up(0) + 15, figure(value), "output")),
    ]);
    const [, , columns] = start.output_shape;
    const stride = start.stride?.[1] ?? 1;
    const middle = ((kernel.length - 1) * spacing) / 2;
    const result = Array.from({ length: columns }, (_, place) => ({
      place: place * stride - before + middle,
      value: arrays.output[filter * columns + place],
    }));
    const known = result.slice(0, Math.max(count - filter * columns, step.at[2] + 1));
    const here = result[step.at[2]];
    if (typeof step.output === "number") here.value = step.output; // the map itself may still be on its way
    const high = plotLevels([...result, { value: 0 }], RESULT_PLOT);
    const level = high(Number.isFinite(here.value) ? here.value : 0);
    fillPlot(this.#below, wide, RESULT_PLOT, [
      axisLine(wide, high(0)),
      ...result.map(({ place }, index) => plotText(at(place), RESULT_PLOT.high - 3, String(index), "quiet")),
      ...plotCurve(known, at, high, "output"),
      ...(Number.isFinite(here.value) ? [pointDot(at(here.place), level, 7, "output here")] : []),
      plotText(at(here.place), level - 12, figure(here.value), "output here"),
    ]);
  }
}

/** @param {Step} step  @returns {number[]} */
const productsIn = ({ products }) => /** @type {any} */ (products ?? []).flat(9);

/** The least and the largest of many. @param {{ value: number }[]} points */
const rangeEnds = (points) =>
  [Math.min(...points.map(({ value }) => value)), Math.max(...points.map(({ value }) => value))].map((value) => ({
    value,
  }));

/** Heights of values in a plot. @param {{ value: number }[]} points  @param {Plot} plot
 * @returns {(value: number) => number} */
function plotLevels(points, { high: whole, over }) {
  const values = points.map(({ value }) => value).filter(Number.isFinite);
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  return (value) => over + ((high - value) / (high - low || 1)) * (whole - over - PLOT_FOOT);
}

/** @param {SVGElement} picture  @param {number} wide  @param {Plot} plot  @param {SVGElement[]} parts */
function fillPlot(picture, wide, { high }, parts) {
  picture.setAttribute("viewBox", `0 0 ${wide} ${high}`);
  picture.replaceChildren(...parts);
}

/** @param {{ place: number, value: number }[]} points  @param {(place: number) => number} at
 * @param {(value: number) => number} up  @param {string} role  @returns {SVGElement[]} */
function plotCurve(points, at, up, role) {
  const known = points.filter(({ value }) => Number.isFinite(value));
  const way = known.map(({ place, value }) => `${at(place)},${up(value)}`).join(" ");
  return [
    drawn("polyline", { class: role, points: way }),
    ...known.map(({ place, value }) => pointDot(at(place), up(value), 4, role)),
  ];
}

/** @param {number} x  @param {number} y  @param {number} r  @param {string} role */
const pointDot = (x, y, r, role) => drawn("circle", { cx: x, cy: y, r, class: role });

/** @param {number} x  @param {number} zero  @param {number} end  @param {number} width */
const areaBar = (x, zero, end, width) =>
  drawn("rect", { x: x - width / 2, y: Math.min(zero, end), width, height: Math.abs(end - zero), class: "area" });

/** @param {number} wide  @param {number} y */
const axisLine = (wide, y) => drawn("line", { x1: 0, x2: wide, y1: y, y2: y, class: "axis" });

/** @param {number} x  @param {number} y  @param {string} said  @param {string} role */
const plotText = (x, y, said, role) => drawn("text", { x, y, class: role, "text-anchor": "middle" }, said);
