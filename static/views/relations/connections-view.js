/** The layer as a network: which cells are joined, and that one weight stands in many places. */
import { make } from "../../page/elements.js";
import { cellAtPlace } from "../../words/cells.js";
import { figure, shapeText, thousands } from "../../words/figures.js";
import { sayIn } from "../../words/language.js";
import { drawGraph, lightGraph, TAP_COLOURS } from "./graph.js";
import { Links } from "./links.js";
import { nearCells } from "./near.js";
import { Pacing } from "./pacing.js";
import { sparseTable } from "./sparse.js";

/** More weights than these have no button each. */
const MOST_WEIGHTS = 32;

export class ConnectionsView {
  root = make("div", {});
  note = make("p", { class: "quiet" });
  weights = make("div", { class: "taps", role: "group" });
  pictures = make("div", { class: "pictures" });
  /** @type {Links | null} */
  #links = null;
  /** @type {import("./near.js").Near | null} */
  #near = null;
  /** @type {Step | null} */
  #step = null;
  /** What is pointed at here. @type {((edge: import("./graph.js").Edge) => boolean) | null} */
  #pointed = null;
  #pacing = new Pacing(() => this.#follow());
  #channel = -1;
  /** @type {SVGElement[]} */
  #graphs = [];

  /** @param {ViewEvents} events */
  constructor(events) {
    this.events = events;
    for (const kind of ["pointerover", "focusin"])
      this.root.addEventListener(kind, (event) => this.#point(event.target));
    this.root.addEventListener("pointerleave", () => this.#leave());
    this.root.addEventListener("focusout", () => this.#leave());
    this.root.addEventListener("click", (event) => this.#choose(event.target));
    this.root.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !this.#choose(event.target)) return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  /** @param {ViewScene} scene */
  adopt(scene) {
    this.scene = scene;
    this._ = sayIn(scene.language);
    this.#links = new Links(scene);
    this.#near = null;
    this.#channel = -1;
    this.#pointed = null;
    this.#step = null;
    this.weights.setAttribute("aria-label", this._("Weights"));
    this.root.replaceChildren(this.note, this.weights, this.pictures);
  }

  /** @param {Step} step  @param {ViewManner} manner */
  show(step, { playing }) {
    this.#step = step;
    const other = this.#nearOf(step).key !== this.#near?.key;
    if (other && playing && this.#near) this.#pacing.ask();
    else this.#follow();
  }

  /** @param {Step} step */
  #nearOf(step) {
    return nearCells(/** @type {Links} */ (this.#links), step.at);
  }

  /** The newest step, in a picture of its cells. */
  #follow() {
    const step = this.#step;
    if (!step) return;
    const near = this.#nearOf(step);
    if (near.key !== this.#near?.key) this.#draw(near);
    if (step.at[0] !== this.#channel) this.#writeWeights(step.at[0]);
    this.#light();
  }

  close() {
    this.#pacing.close();
  }

  /** @param {import("./near.js").Near} near */
  #draw(near) {
    const { scene, _ } = this;
    const links = /** @type {Links} */ (this.#links);
    if (!scene || !_) return;
    this.#near = near;
    const relations = /** @type {Relations} */ (scene.opening.relations);
    const inputs = near.inputs.map((place, index) => this.#node("x", place, index, near.whole, links.input));
    const outputs = near.outputs.map((step, index) => this.#node("y", step, index, near.whole, links.output));
    const seen = new Set(near.inputs);
    const edges = near.outputs.flatMap((output) =>
      links
        .of(cellAtPlace(output, links.output))
        .filter(({ place }) => seen.has(place))
        .map(({ tap, place }) => ({ input: place, output, tap })),
    );
    const every = near.outputs.flatMap((output) => near.inputs.map((input) => ({ input, output, tap: -1 })));
    const counts = { shared: thousands(relations.weights), dense: thousands(relations.dense) };
    const own = drawGraph({ inputs, outputs, edges, title: _("This layer as a network") });
    const dense = drawGraph({ inputs, outputs, edges: every, title: _("Fully connected, for comparison") });
    this.#graphs = [own, dense];
    const joined = relations.dense === relations.weights;
    this.pictures.replaceChildren(
      captioned(own, _("This layer: {shared} {shared|weight/weights}", counts)),
      ...(joined ? [] : [captioned(dense, _("Fully connected: {dense} {dense|weight/weights}", counts))]),
      sparseTable({ links, near, outputs, inputs, _ }),
    );
    this.note.textContent = near.whole
      ? _("Lines of one colour carry the same weight: {links} lines, {shared} weights.", {
          links: thousands(relations.links),
          shared: counts.shared,
        })
      : _("Around the walked cell: {some} of {all} outputs.", {
          some: near.outputs.length,
          all: thousands(scene.opening.start.steps),
        });
  }

  /** @param {"x" | "y"} letter  @param {number} place  @param {number} index  @param {boolean} whole
   * @param {number[]} shape */
  #node(letter, place, index, whole, shape) {
    const { scene } = this;
    const _ = /** @type {import("../../words/language.js").Say} */ (this._);
    const [channel, row, column] = cellAtPlace(place, shape);
    const name = whole ? `${letter}${index}` : `${letter}[${shape[0] > 1 ? `${channel},` : ""}${row},${column}]`;
    const { arrays } = /** @type {ViewScene} */ (scene);
    const value = (letter === "x" ? arrays.input : arrays.output)[place];
    const label = _("output, row {row}, column {column}", { row: row + 1, column: column + 1 });
    return { place, name, value: Number.isNaN(value) ? null : value, label };
  }

  /** A button for each weight of the walked kernel. @param {number} channel */
  #writeWeights(channel) {
    const links = /** @type {Links} */ (this.#links);
    this.#channel = channel;
    const taps = Array.from({ length: Math.min(links.taps, MOST_WEIGHTS) }, (_none, tap) => tap);
    this.weights.replaceChildren(
      ...taps.map((tap) =>
        make(
          "button",
          { type: "button", class: `tap tap-${tap % TAP_COLOURS}`, "data-tap": String(tap), translate: "no" },
          make("i", { "aria-hidden": "true" }),
          `w${tap} = ${figure(links.weightOf(channel, tap))}`,
        ),
      ),
      ...(links.taps > taps.length ? [`… ${shapeText([links.depth, links.rows, links.columns])}`] : []),
    );
  }

  #light() {
    const step = this.#step;
    if (!step) return;
    const lit = this.#pointed ?? (({ output }) => output === step.index);
    const walked = this.#step?.index;
    for (const graph of this.#graphs) lightGraph(graph, lit, (tap) => `w${tap}`);
    for (const row of this.pictures.querySelectorAll("tr[data-out]"))
      row.classList.toggle("lit", Number(row.getAttribute("data-out")) === walked);
    for (const cell of this.pictures.querySelectorAll("td[data-tap]")) {
      const edge = {
        input: Number(cell.getAttribute("data-in")),
        output: Number(cell.getAttribute("data-out")),
        tap: Number(cell.getAttribute("data-tap")),
      };
      cell.classList.toggle("lit", Boolean(this.#pointed?.(edge)));
    }
  }

  /** @param {EventTarget | null} target */
  #point(target) {
    const [tap, output, input] = ["tap", "out", "in"].map((name) => dataOf(target, name));
    if (tap !== null && tap >= 0) this.#pointAt((edge) => edge.tap === tap, this.#links?.probeOf(tap) ?? null, null);
    else if (output !== null) this.#pointAt((edge) => edge.output === output, null, output);
    else if (input !== null) this.#pointAt((edge) => edge.input === input, this.#inputProbe(input), null);
    else this.#leave();
  }

  /** @param {number} place  @returns {Probe} */
  #inputProbe(place) {
    const [channel, row, column] = cellAtPlace(place, /** @type {Links} */ (this.#links).input);
    return { part: "input", channel, row, column, text: [] };
  }

  /** @param {(edge: import("./graph.js").Edge) => boolean} pointed  @param {Probe | null} probe
   * @param {number | null} step */
  #pointAt(pointed, probe, step) {
    this.#pointed = pointed;
    this.events.look(step);
    this.events.probe(probe);
    this.#light();
  }

  #leave() {
    if (!this.#pointed) return;
    this.#pointed = null;
    this.events.look(null);
    this.events.probe(null);
    this.#light();
  }

  /** @param {EventTarget | null} target */
  #choose(target) {
    const output = dataOf(target, "tap") === null ? dataOf(target, "out") : null;
    if (output !== null) this.events.seek(output);
    return output !== null;
  }

  /** A weight or a cell is pointed at on the stage. @param {Probe | null} probe */
  light(probe) {
    const links = this.#links;
    if (!links) return;
    const tap = probe?.part === "kernel" ? links.tapOf(probe) : -1;
    this.#pointed = tap < 0 ? null : (edge) => edge.tap === tap;
    this.#light();
  }
}

/** @param {EventTarget | null} target  @param {string} name */
function dataOf(target, name) {
  const holder = target instanceof Element ? target.closest(`[data-${name}]`) : null;
  return holder ? Number(holder.getAttribute(`data-${name}`)) : null;
}

/** @param {Element} picture  @param {string} caption */
const captioned = (picture, caption) => make("figure", {}, picture, make("figcaption", {}, caption));
