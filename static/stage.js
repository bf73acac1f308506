/** The three panes of a step: lays them out in the element's own box and keeps them on the same step. */
import { ArithmeticPane } from "./arithmetic.js";
import { make } from "./elements.js";
import { drawMark, drawPeek, drawTrail, lightMark } from "./marks.js";
import { Pane } from "./pane.js";
import { gather } from "./painters/gather.js";
import { pointwise } from "./painters/pointwise.js";
import { rearrange } from "./painters/rearrange.js";
import { landStamps, scatter, stampedBy } from "./painters/scatter.js";
import { EASE, WIDE_FROM } from "./vocabulary.js";

/** @type {Record<StepKind, Painter>} */
const PAINTERS = { gather, scatter, pointwise, rearrange };

/** Heights of a pane's title and legend. */
const TITLE = 28;
const LEGEND = 26;

/** So many small planes are shown side by side. */
const TILES = 4;
const SMALL = 16;

/**
 * @typedef {object} StageEvents
 * @property {(index: number | null) => void} hover  a step is looked at; null: no longer
 * @property {(index: number) => void} pick  a step is chosen
 */

export class Stage {
  #input = new Pane("input", (plane) => this.#choosePlane("input", plane));
  #output = new Pane("output", (plane) => this.#choosePlane("output", plane));
  #arithmetic = new ArithmeticPane();
  node = make("div", { class: "panes" }, this.#input.node, this.#arithmetic.node, this.#output.node);
  /** @type {Step | null} */
  step = null;
  #inspected = false;
  #size = { width: 0, height: /** @type {number | null} */ (null), screen: 700 };
  #rooms = { input: { width: 100, height: 100 }, output: { width: 100, height: 100 } };
  /** @type {{ input: Mark | null, output: Mark | null, colour: string }} */
  #lit = { input: null, output: null, colour: "" };
  #glide = { row: 0, column: 0, since: 0 };
  /** @type {Float64Array | null} */
  #stamps = null;
  #landed = 0;

  /** @param {import("./player.js").Clock} clock  @param {StageEvents} events */
  constructor(clock, events) {
    this.clock = clock;
    this.events = events;
    this.#arithmetic.listen((probe) => this.#lightProbe(probe), () => this.step);
    this.#listen(this.#input);
    this.#listen(this.#output);
  }

  /** @param {Model} model  @param {Step} step  the first to be shown */
  adopt(model, step) {
    this.model = model;
    this.painter = PAINTERS[model.start.kind];
    this.step = step;
    this.#lit = { input: null, output: null, colour: "" };
    this.#stamps = model.start.kind === "scatter" ? new Float64Array(model.output.data.length) : null;
    this.#landed = 0;
    this.#arithmetic.adopt(this.painter, model);
    this.#input.adopt(model);
    this.#output.adopt(model);
    if (this.#size.width) this.fit(this.#size.width, this.#size.height, this.#size.screen);
  }

  /** @param {number} width  @param {number | null} height  null: as high as it likes  @param {number} screen  height of the viewport */
  fit(width, height, screen) {
    this.#size = { width, height, screen };
    if (!this.model || !this.painter || !this.step || width < 40) return;
    const wide = width >= WIDE_FROM;
    this.node.classList.toggle("wide", wide);
    if (wide) this.#fitWide(this.model, this.step, this.painter.share(this.model));
    else this.#fitTall(this.step);
    this.#redraw(this.step, this.#output.view?.written ?? 0);
  }

  /** @param {Model} model  @param {Step} step  @param {number} share */
  #fitWide(model, step, share) {
    const { width, height } = this.#size;
    const gap = width < 900 ? 10 : 24;
    const across = width - 2 * gap;
    const middle = Math.round(across * (width < 900 ? Math.min(0.45, share + 0.04) : share));
    const side = Math.floor((across - middle) / 2);
    const tallest = Math.max(aspect(model.input), aspect(model.output));
    const wanted = Math.max(width < 900 ? 320 : 380, Math.min(620, side * Math.min(1.3, tallest) + TITLE + LEGEND + 8));
    const inner = height ?? wanted;
    this.node.style.cssText = `gap:${gap}px;grid-template-columns:${side}px ${middle}px ${side}px;height:${inner}px`;
    this.#fitPanes(step, { width: side, height: inner - TITLE - LEGEND }, { width: middle, height: inner - TITLE });
  }

  /** Stacked in reading order; the pictures share what a phone's screen leaves. @param {Step} step */
  #fitTall(step) {
    const { width, height, screen } = this.#size;
    const most = Math.min(width, Math.max(130, ((height ?? screen - 110) - 290 - 2 * TITLE) / 2));
    this.node.style.cssText = "";
    const rows = this.painter && this.model ? this.painter.share(this.model) > 0.4 : false;
    this.#fitPanes(step, { width, height: most }, { width, height: rows ? 330 : 190, free: true });
  }

  /** @param {Step} step  @param {{ width: number, height: number }} side  @param {{ width: number, height: number, free?: boolean }} middle */
  #fitPanes(step, side, middle) {
    this.#rooms = { input: side, output: side };
    this.#arithmetic.fit(step, middle);
    this.#fitPictures(step);
  }

  /** @param {Step} step */
  #fitPictures(step) {
    this.#input.fit(this.#rooms.input, this.#planesOf(this.#input, step), undefined);
    this.#output.fit(this.#rooms.output, this.#planesOf(this.#output, step), this.#partial);
  }

  /** Which planes are drawn large. @param {Pane} pane  @param {Step} step */
  #planesOf(pane, step) {
    const { painter, model } = this;
    if (!painter || !model || !pane.view) return [];
    const { grid } = pane.view;
    const all = Array.from({ length: grid.planes }, (_, plane) => plane);
    if (grid.planes <= TILES && grid.rows <= SMALL && grid.columns <= SMALL) return all;
    if (grid.wrapped) return [0];
    const mark = pane === this.#input ? painter.reads(model, step) : painter.writes(model, step);
    if (!mark.planes.length) return pane.planes.length ? pane.planes : [0];
    if (mark.planes.length <= TILES) return mark.planes;
    const rows = pane === this.#input ? this.#arithmetic.plan?.planes : null;
    return (rows ?? mark.planes).slice(0, TILES);
  }

  /**
   * @param {Step} step  @param {number} count  steps written into the map
   * @param {{ inspected: boolean, ease: boolean }} manner
   */
  show(step, count, { inspected, ease }) {
    const before = this.step;
    this.step = step;
    this.#inspected = inspected;
    if (!this.model || !this.#size.width) return;
    this.#arithmetic.show(step);
    if (!same(this.#planesOf(this.#input, step), this.#input.planes) || !same(this.#planesOf(this.#output, step), this.#output.planes)) {
      this.#reveal(count);
      this.#fitPictures(step);
    }
    if (ease && before && before !== step) this.#beginGlide(before, step);
    this.#reveal(count);
    this.#drawMarks(step);
  }

  /** @param {Step} step  @param {number} count */
  #redraw(step, count) {
    this.#reveal(count);
    this.#arithmetic.show(step);
    this.#drawMarks(step);
  }

  /** @param {number} count */
  #reveal(count) {
    const model = /** @type {Model} */ (this.model);
    const view = this.#output.view;
    if (!view) return;
    if (this.#stamps) {
      if (count < this.#landed) {
        this.#stamps.fill(0);
        this.#landed = 0;
      }
      landStamps(model, count, this.#stamps, this.#landed);
      this.#landed = count;
    }
    if (this.#stamps || view.written !== count) view.reveal(count, this.#partial);
  }

  /** Values of an output that still changes. @param {number} plane */
  #partial = (plane) => {
    const { model } = this;
    if (!this.#stamps || !model) return null;
    const [, rows, columns] = model.start.output_shape;
    const finished = this.#landed >= model.start.steps;
    const values = finished ? model.output.data : this.#stamps;
    return (/** @type {number} */ row, /** @type {number} */ column) => {
      const value = values[(plane * rows + row) * columns + column];
      return finished || value !== 0 ? value : null;
    };
  };

  /** @param {Step} before  @param {Step} after */
  #beginGlide(before, after) {
    const { painter, model } = this;
    if (!painter || !model) return;
    const [from, to] = [painter.reads(model, before), painter.reads(model, after)];
    const [row, column] = [(from.rows[0] ?? 0) - (to.rows[0] ?? 0), (from.columns[0] ?? 0) - (to.columns[0] ?? 0)];
    if ((row && column) || !same(from.planes, to.planes)) return;
    this.#glide = { row, column, since: performance.now() };
    this.clock.add(this.#ease);
  }

  #ease = () => {
    if (this.step) this.#drawMarks(this.step);
    if (performance.now() - this.#glide.since >= EASE) this.clock.delete(this.#ease);
  };

  /** @param {Step} step */
  #drawMarks(step) {
    const { painter, model } = this;
    const [input, output] = [this.#input.view, this.#output.view];
    if (!painter || !model || !input || !output) return;
    const { palette } = model;
    const rest = (1 - Math.min(1, (performance.now() - this.#glide.since) / EASE)) ** 3;
    const offset = { row: this.#glide.row * rest, column: this.#glide.column * rest };
    const reads = painter.reads(model, step);
    input.clearMarks();
    output.clearMarks();
    if (this.#lit.input) lightMark(input, this.#lit.input, this.#lit.colour);
    if (this.#lit.output) lightMark(output, this.#lit.output, this.#lit.colour);
    if (!this.#inspected) drawTrail(input, reads, palette.input);
    drawMark(input, reads, palette.input, offset);
    if (step.index >= output.written && step.output !== undefined) drawPeek(output, step.at, step.output);
    drawMark(output, painter.writes(model, step), palette.output);
  }

  /** @param {Partial<{ input: Mark | null, output: Mark | null, colour: string }>} lit */
  #light(lit) {
    const none = !lit.input && !lit.output;
    if (none && !this.#lit.input && !this.#lit.output) return;
    this.#lit = { input: null, output: null, colour: "", ...lit };
    if (this.step) this.#drawMarks(this.step);
  }

  /** @param {Probe | null} probe */
  #lightProbe(probe) {
    const { painter, model, step } = this;
    if (!probe || !painter || !model || !step) return this.#light({});
    if (probe.part === "kernel" && painter.multiplies) return this.#light({ input: painter.multiplies(model, step, probe), colour: model.palette.kernel });
    const { rows, columns, planes } = painter.reads(model, step);
    const cell = { planes: [planes[Math.min(probe.channel, planes.length - 1)]], rows: [rows[probe.row]], columns: [columns[probe.column]] };
    return this.#light(rows.length > probe.row ? { input: cell, colour: model.palette.input } : {});
  }

  /** @param {Pane} pane */
  #listen(pane) {
    const at = (/** @type {PointerEvent | MouseEvent} */ event) => {
      const box = pane.view?.node.getBoundingClientRect();
      return box ? pane.view?.atPoint(event.clientX - box.left, event.clientY - box.top) ?? null : null;
    };
    pane.node.addEventListener("pointermove", (event) => {
      if (event.pointerType !== "touch") this.#hover(pane, at(event));
    });
    pane.node.addEventListener("pointerleave", () => this.#hover(pane, null));
    pane.node.addEventListener("click", (event) => {
      const index = this.#stepAt(pane, at(event), true);
      if (index >= 0) this.events.pick(index);
    });
  }

  /** @param {Pane} pane  @param {number[] | null} at */
  #hover(pane, at) {
    const { model, painter } = this;
    if (!model || !painter) return;
    const index = this.#stepAt(pane, at, false);
    this.events.hover(index < 0 ? null : index);
    if (!at || index >= 0 || !inside(pane, at)) return this.#light({});
    if (pane === this.#input) this.#light({ output: painter.feeds(model, at), colour: model.palette.output });
    else if (model.start.kind === "scatter") this.#light({ input: stampedBy(model, at), colour: model.palette.input });
  }

  /** The step of a cell; a click on an input cell picks the middle one of those that read it. @param {Pane} pane  @param {number[] | null} at  @param {boolean} nearest */
  #stepAt(pane, at, nearest) {
    const { model, painter } = this;
    if (!at || !model || !painter || !inside(pane, at)) return -1;
    const index = painter.stepAt(model, pane.role, at);
    if (index >= 0 || !nearest || pane !== this.#input) return index < model.start.steps ? index : -1;
    const { planes, rows, columns } = painter.feeds(model, at);
    if (!rows.length || !columns.length) return -1;
    return painter.stepAt(model, "output", [planes[0], rows[rows.length >> 1], columns[columns.length >> 1]]);
  }

  /** @param {"input" | "output"} role  @param {number} plane */
  #choosePlane(role, plane) {
    const { model, painter, step } = this;
    if (!model || !painter || !step) return;
    const index = painter.stepAt(model, role, [plane, step.at[1], step.at[2]]);
    if (index >= 0 && index < model.start.steps) return this.events.pick(index);
    const { planes } = painter.feeds(model, [plane, step.at[1], step.at[2]]);
    if (planes.length === 1) this.events.pick(painter.stepAt(model, "output", [planes[0], step.at[1], step.at[2]]));
  }

  close() {
    this.clock.delete(this.#ease);
  }
}

/** @param {import("./planes.js").Picture} picture */
function aspect({ shape: [channels, height, width], border }) {
  if (height === 1) return width === 1 && channels > 1 ? 1 : 0.3;
  return (height + border.top + border.bottom) / (width + border.left + border.right);
}

/** @param {Pane} pane  @param {readonly number[]} at */
function inside({ view }, at) {
  return Boolean(view && at.every((place, axis) => place >= 0 && place < view.picture.shape[axis]));
}

/** @param {readonly number[]} one  @param {readonly number[]} other */
function same(one, other) {
  return one.length === other.length && one.every((value, place) => value === other[place]);
}
