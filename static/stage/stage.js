/** The three panes of a step: lays them out in the element's own box and keeps them on the same step. */

import { drawFrame, sizeCanvas } from "../drawing/cells.js";
import { make } from "../page/elements.js";
import { gather } from "../painters/gather.js";
import { PANES } from "../words/vocabulary.js";
import { ArithmeticPane } from "./arithmetic.js";
import { arranged, steepnessOf, typeOf } from "./arranging.js";
import { alsoColoured, chosenPlanes } from "./chosen.js";
import { Glide } from "./glide.js";
import { drawMark, drawPeek, drawTrail, drawWinner } from "./marks.js";
import { Pane } from "./pane.js";
import { Pointing } from "./pointing.js";

/** Painters that are here; the first scene needs but one of them. @type {Record<string, Painter>} */
const PAINTERS = { gather };

/**
 * See to it that a kind of step can be painted.
 * @param {StepKind} kind  @param {string} address  of the painters that come late
 */
export async function bringPainter(kind, address) {
  if (!PAINTERS[kind]) Object.assign(PAINTERS, (await import(address)).LATE);
}

/** Milliseconds after the first step until what may come late is asked for. */
const AFTER = 900;

/** @typedef {import("./arranging.js").StageRoom} StageRoom */

export class Stage {
  #input = new Pane("input", (plane) => this.#pointing.choosePlane("input", plane));
  #output = new Pane("output", (plane) => this.#pointing.choosePlane("output", plane));
  #arithmetic = new ArithmeticPane();
  /** @type {Pointing} */
  #pointing;
  node = make("div", { class: "panes" }, this.#input.node, this.#arithmetic.node, this.#output.node);
  /** @type {Step | null} */
  step = null;
  #inspected = false;
  #calm = true;
  /** @type {StageRoom} */
  #room = { width: 0, height: null, screen: 700, narrow: false, hall: 0 };
  #side = { width: 100, height: 100, type: 1, least: 9 };
  /** @type {{ input: Mark | null, output: Mark | null, colour: string }} */
  #lit = { input: null, output: null, colour: "" };
  /** @type {Glide} */
  #glide;
  /** @type {ReturnType<NonNullable<Painter["landing"]>> | null} */
  #landing = null;
  #count = 0;
  /** The step of a new scene stands as it was laid out: who shows it next need not draw it again. */
  #laid = false;
  /** Height the panes would take if nothing held them. */
  wanted = 0;
  /** The map is shown whole, however far the walk is. */
  finished = false;
  /** Device pixels a CSS pixel that are drawn at least: more of them on paper. */
  sharpest = 1;
  /** Draws over the output's cells. @type {((output: import("./planes.js").PlaneView) => void) | null} */
  over = null;
  /** Panes to be seen. @type {readonly string[]} */
  views = PANES;
  /** Where the script of the effects lies; it comes when the first step stands. */
  later = "";
  /** @type {import("./effects.js").Effects | null} */
  effects = null;

  /** @param {import("../player/clock.js").Clock} clock  @param {import("./pointing.js").PointingEvents} events */
  constructor(clock, events) {
    this.clock = clock;
    this.#glide = new Glide(clock, () => this.step && this.#drawMarks(this.step));
    this.#pointing = new Pointing(this, events);
    this.#pointing.listen(this.#input);
    this.#pointing.listen(this.#output);
    this.#arithmetic.listen(
      (probe) => {
        this.#pointing.probed(probe);
        events.probe?.(probe);
      },
      () => this.step,
    );
  }

  /** @type {Model | undefined} */
  model;
  /** @type {Painter | undefined} */
  painter;

  get pictures() {
    return { input: this.#input, output: this.#output };
  }
  get board() {
    return this.#arithmetic;
  }

  /** What lets a slow step be felt; a stage does without it where it does not come. */
  #bring() {
    const address = this.later;
    this.later = "";
    if (!address) return;
    import(address).then(
      ({ Effects }) => {
        this.effects = new Effects(this, { drawFrame, sizeCanvas });
        if (this.step) this.#drawMarks(this.step);
      },
      () => {},
    );
  }

  /** @param {Model} model  @param {Step} step  the first to be shown */
  adopt(model, step) {
    this.model = model;
    this.painter = PAINTERS[model.start.kind];
    [this.step, this.#count, this.#laid] = [step, step.index + 1, true];
    this.#lit = { input: null, output: null, colour: "" };
    this.#landing = this.painter.landing?.(model, () => this.step && this.#redraw(this.step, this.#count)) ?? null;
    this.#arithmetic.adopt(this.painter, model);
    this.#input.adopt(model);
    this.#output.adopt(model);
  }

  /** @param {StageRoom} room */
  fit(room) {
    this.#room = room;
    if (!this.model || !this.painter || !this.step || room.width < 40) return;
    for (const pane of [this.#input, this.#arithmetic, this.#output])
      pane.node.hidden = !PANES.some((name) => this.views.includes(name) && pane.node.classList.contains(name));
    const wishes = this.#wishesOf(this.model, this.painter, this.step);
    this.#arrange(arranged(room, this.views, wishes), this.step);
    this.#redraw(this.step, this.#count);
  }

  /** @param {Model} model  @param {Painter} painter  @param {Step} step */
  #wishesOf(model, painter, step) {
    const tallest = Math.max(steepnessOf(model.input), steepnessOf(model.output));
    const columns = Math.max(this.#columnsOf(this.#input, step), this.#columnsOf(this.#output, step));
    return {
      board: painter.board(model),
      lines: this.#room.low ? [] : this.#arithmetic.lettersOf(model, step),
      sum: this.#arithmetic.widthOf(model, step),
      picture: { steepness: tallest, columns },
    };
  }

  /** Cells across a pane, its border and all planes that are drawn large. @param {Pane} pane  @param {Step} step */
  #columnsOf(pane, step) {
    const planes = this.#planesOf(pane, step).length;
    return (pane.view?.columns ?? 1) * Math.ceil(Math.sqrt(Math.max(1, planes)));
  }

  /** @param {ReturnType<typeof arranged>} arrangement  @param {Step} step */
  #arrange({ style, deck, side, middle, wanted, tall }, step) {
    const type = typeOf(this.#room.hall);
    const least = type > 1 ? 12 * type : 9;
    if (this.node.style.cssText !== style) this.node.style.cssText = style;
    this.node.classList.toggle("deck", deck);
    this.node.classList.toggle("many", tall);
    this.node.classList.toggle("beside", middle.text > 0);
    this.#side = { ...side, type, least };
    this.#arithmetic.fit(step, middle, type);
    this.#fitPictures(step);
    this.wanted = wanted;
  }

  /** @param {Step} step */
  #fitPictures(step) {
    this.#input.fit(this.#side, this.#planesOf(this.#input, step), undefined);
    this.#output.fit(this.#side, this.#planesOf(this.#output, step), this.#partial);
  }

  /** Which planes are drawn large. @param {Pane} pane  @param {Step} step */
  #planesOf(pane, step) {
    const { painter, model } = this;
    if (!painter || !model) return [];
    const reads = pane === this.#input;
    const marked = () => (reads ? painter.reads(model, step) : painter.writes(model, step));
    return chosenPlanes(pane, marked, reads ? this.#arithmetic.plan?.planes : undefined);
  }

  /**
   * @param {Step} step  @param {number} count  steps written into the map
   * @param {{ inspected: boolean, ease: boolean, calm?: boolean }} manner  calm: slow enough to be followed
   * @param {boolean} [silent]  its numbers are written later
   */
  show(step, count, { inspected, ease, calm = ease }, silent) {
    const before = this.step;
    const alike = count === this.#count && inspected === this.#inspected && calm === this.#calm;
    const stands = this.#laid && step === before && alike;
    this.step = step;
    this.#inspected = inspected;
    this.#calm = calm;
    if (!this.model || !this.#room.width) return;
    if (this.later) setTimeout(() => this.#bring(), AFTER);
    this.#laid = false;
    if (stands) return;
    this.#arithmetic.show(step, silent);
    const panes = [this.#input, this.#output];
    if (panes.some((pane) => !same(this.#planesOf(pane, step), pane.planes))) {
      this.#reveal(count);
      this.#fitPictures(step);
    }
    if (ease && before && before !== step) {
      if (this.painter) this.#glide.begin(this.painter.reads(this.model, before), this.painter.reads(this.model, step));
      this.effects?.begin();
    }
    this.#reveal(count);
    this.#drawMarks(step);
  }

  /** A walk that rests, or goes slowly, is drawn with what its step joins. @param {boolean} calm */
  rest(calm) {
    if (calm === this.#calm) return;
    this.#calm = calm;
    if (this.step) this.#drawMarks(this.step);
  }

  /** @param {Step} step  @param {number} count */
  #redraw(step, count) {
    this.#reveal(count);
    this.#arithmetic.show(step);
    this.#drawMarks(step);
  }

  /** @param {number} walked  steps */
  #reveal(walked) {
    const view = this.#output.view;
    if (!view) return;
    const count = this.finished && this.model ? this.model.start.steps : walked;
    this.#count = count;
    this.#landing?.update(count, this.step);
    if (this.#landing || view.written !== count) this.#output.reveal(count, this.#partial);
  }

  /** Values of an output that still changes. @param {number} plane */
  #partial = (plane) => {
    const { model, painter } = this;
    const landing = this.#landing;
    if (!model || !painter) return null;
    if (landing)
      return (/** @type {number} */ row, /** @type {number} */ column) => landing.valueAt(plane, row, column);
    const { output_shape: shape, walked_shape: walked = shape } = model.start;
    if (same(walked, shape)) return null;
    return (/** @type {number} */ row, /** @type {number} */ column) =>
      painter.stepAt(model, "output", [plane, row, column]) < this.#count
        ? model.output.data[(plane * shape[1] + row) * shape[2] + column]
        : null;
  };

  /** @param {Step} step */
  #drawMarks(step) {
    const { painter, model } = this;
    const [input, output] = [this.#input.view, this.#output.view];
    if (!painter || !model || !input || !output) return;
    const { palette } = model;
    const { offset } = this.#glide;
    const reads = alsoColoured(painter.reads(model, step), model.input.coloured);
    const writes = painter.writes(model, step);
    const shown = this.#calm ? { step, reads, writes, offset } : null;
    input.clearMarks();
    output.clearMarks();
    if (shown) this.effects?.under(shown);
    if (this.#lit.input) this.effects?.light(input, this.#lit.input, this.#lit.colour);
    if (this.#lit.output) this.effects?.light(output, this.#lit.output, this.#lit.colour);
    if (!this.#inspected) drawTrail(input, reads, palette.input);
    drawMark(input, reads, palette.input, offset);
    if (model.start.kind === "gather") drawWinner(input, reads, step, palette.output);
    if (step.index >= output.written && typeof step.output === "number") drawPeek(output, step.at, step.output);
    this.over?.(output);
    drawMark(output, writes, palette.output);
    this.effects?.over(shown);
  }

  /**
   * Light cells on either side; nothing takes the light away.
   * @param {Partial<{ input: Mark | null, output: Mark | null, colour: string }>} lit
   */
  light(lit) {
    const none = !lit.input && !lit.output;
    if (none && !this.#lit.input && !this.#lit.output) return;
    this.#lit = { input: null, output: null, colour: "", ...lit };
    if (this.step) this.#drawMarks(this.step);
  }

  /** Light what something meets that is pointed at elsewhere. @param {Probe | null} probe */
  probe(probe) {
    this.#pointing.probed(probe);
  }

  close() {
    this.#glide.close();
    this.effects?.close();
  }
}

/** @param {readonly number[]} one  @param {readonly number[]} other */
function same(one, other) {
  return one.length === other.length && one.every((value, place) => value === other[place]);
}
